import { expect } from "@open-wc/testing";
import type { DinteroCheckoutError, Session } from "../../src/index.ts";
import {
  clear,
  handled,
  mount,
  mountFake,
  mountReady,
  mountTag,
  nextEvent,
  reached,
  record,
  session,
} from "../support/checkout.ts";
import { merchantUrl, requests, sandboxUrl } from "../support/env.ts";
import { FakeCheckout } from "../support/fake-checkout.ts";
import { holdTimers } from "../support/held-timers.ts";
import { appears, backdrop, popOut } from "../support/pop-out.ts";

const locks = { type: "SessionLocked", pay_lock_id: "lock-1" };
const updates = { type: "SessionUpdated", session };

/** The error that a promise rejects with. */
async function rejected(promise: Promise<unknown>): Promise<DinteroCheckoutError> {
  try {
    await promise;
  } catch (error) {
    return error as DinteroCheckoutError;
  }
  throw new Error("It did not reject.");
}

type Ready = Awaited<ReturnType<typeof mountReady>>;

/** Answers for the checkout in the `nth` update. */
async function playUpdate({ page }: Pick<Ready, "page">, nth = 1): Promise<void> {
  await page.receives({ type: "LockSession" }, nth);
  page.send(locks);
  await page.receives({ type: "RefreshSession" }, nth);
  page.send(updates);
}

describe("methods before there is a checkout", () => {
  afterEach(clear);

  for (const method of ["lockSession", "refreshSession", "updateSession"] as const) {
    it(`${method}() rejects with not-ready`, async () => {
      const element = mount({ sessionId: "T12345678.abc", trigger: "manual" });
      await element.updateComplete;
      expect((await rejected(element[method]())).code).to.equal("not-ready");
      element.remove();
      expect((await rejected(element[method]())).code).to.equal("not-ready");
    });
  }

  it("setActivePaymentProductType() throws not-ready", () => {
    const element = mount({ sessionId: "T12345678.abc", trigger: "manual" });
    expect(() => element.setActivePaymentProductType("vipps"))
      .to.throw()
      .with.property("code", "not-ready");
  });
});

describe("lockSession() and refreshSession()", () => {
  afterEach(clear);

  const questions = [
    { method: "lockSession", posts: "LockSession" },
    { method: "refreshSession", posts: "RefreshSession" },
  ] as const;
  for (const { method, posts } of questions) {
    it(`${method}() rejects with timeout when no answer comes`, async () => {
      const opened = await mountReady({ timeout: 54_321 });
      const timers = holdTimers(54_321);
      try {
        const failed = rejected(opened.element[method]());
        await opened.page.receives({ type: posts });
        timers.elapse();
        expect((await failed).code).to.equal("timeout");
        expect((await failed).retryable).to.equal(true);
      } finally {
        timers.release();
      }
    });

    it(`${method}() rejects with aborted when the element is removed`, async () => {
      const { element, page } = await mountReady();
      const failed = rejected(element[method]());
      await page.receives({ type: posts });
      element.remove();
      expect((await failed).code).to.equal("aborted");
    });

    it(`${method}() rejects with aborted when it starts over`, async () => {
      const { element, page } = await mountReady();
      const failed = rejected(element[method]());
      await page.receives({ type: posts });
      element.restart();
      expect((await failed).code).to.equal("aborted");
    });
  }

  it("the state follows the session's lock", async () => {
    const { element, page } = await mountReady();
    page.send({ type: "SessionUpdated", session: { ...session, pay_lock: { id: "lock-1" } } });
    await reached(element, "locked");
    page.send(updates);
    await reached(element, "ready");
  });

  it("a refresh that finds no order left is session-not-found", async () => {
    const { element, page } = await mountReady();
    const failed = rejected(element.refreshSession());
    await page.receives({ type: "RefreshSession" });
    page.send({ type: "SessionUpdated", session: {} });
    expect((await failed).code).to.equal("session-not-found");
    expect(element.state).to.equal("expired");
  });
});

describe("updateSession()", () => {
  afterEach(clear);

  it("locks, updates and refreshes, in this order", async () => {
    const opened = await mountReady();
    const order: string[] = [];
    opened.element.addEventListener("dintero-session-locked", () => order.push("locked"));
    opened.element.addEventListener("dintero-session", () => order.push("shown"));
    const updated = opened.element.updateSession(async () => void order.push("updated"));
    await playUpdate(opened);
    expect(await updated).to.deep.equal(session);
    expect(order).to.deep.equal(["locked", "updated", "shown"]);
    expect(opened.element.state).to.equal("ready");
  });

  it("without an argument sends PUT with the payload to the endpoint", async () => {
    const endpoint = merchantUrl("session");
    const element = mount({ endpoint, checkoutUrl: sandboxUrl(), payload: { cart: 1 } });
    await reached(element, "ready");
    const id = element.session!.id!;
    element.payload = { order: { amount: 100, items: [] } };
    const order = (amount: number) => ({
      order: {
        amount,
        vat_amount: 0,
        items: [{ id: "a", line_id: "1", description: "A", quantity: 1, amount, vat_amount: 0, vat: 0 }],
      },
    });
    element.payload = order(4200);
    const updated = await element.updateSession();
    expect(updated.order.amount).to.equal(4200);
    const put = (await requests(endpoint)).filter(({ method }) => method === "PUT");
    expect(put).to.have.length(1);
    expect(new URL(put[0]!.url, location.href).searchParams.get("session_id")).to.equal(id);
    expect(JSON.parse(put[0]!.body)).to.deep.equal(order(4200));
    expect(element.state).to.equal("ready");
    expect(element.session!.order.amount).to.equal(4200);
  });

  it("merges calls made while one runs into one more run", async () => {
    const opened = await mountReady();
    const { element, page } = opened;
    const ran: string[] = [];
    const update = (name: string) => () => void ran.push(name);
    const last = update("third");
    const all = [
      element.updateSession(update("first")),
      element.updateSession(update("second")),
      element.updateSession(last),
      element.updateSession(last),
    ];
    await playUpdate(opened, 1);
    await playUpdate(opened, 2);
    await Promise.all(all);
    expect(ran).to.deep.equal(["first", "second", "third"]);
    expect(page.received({ type: "LockSession" })).to.have.length(2);
    const again = element.updateSession(update("fourth"));
    await playUpdate(opened, 3);
    await again;
    expect(ran).to.have.length(4);
  });

  it("sends one PUT for calls made while one runs", async () => {
    const endpoint = merchantUrl("session");
    const element = mount({ endpoint, checkoutUrl: sandboxUrl() });
    await reached(element, "ready");
    await Promise.all([element.updateSession(), element.updateSession(), element.updateSession()]);
    const put = (await requests(endpoint)).filter(({ method }) => method === "PUT");
    expect(put).to.have.length(2);
  });

  it("refreshes after a failed update, so that paying comes back, and can be repeated", async () => {
    const opened = await mountReady();
    const cause = new Error("stock is down");
    const failed = rejected(opened.element.updateSession(() => Promise.reject(cause)));
    await playUpdate(opened);
    expect((await failed).code).to.equal("update-failed");
    expect((await failed).cause).to.equal(cause);
    expect(opened.element.state).to.equal("ready");
    const again = opened.element.updateSession(() => {});
    await playUpdate(opened, 2);
    await again;
  });

  it("stays locked after a failed update when the lock stays, and rejects with the first failure", async () => {
    const { element, page } = await mountReady();
    const failed = rejected(
      element.updateSession(() => {
        throw new TypeError("a bug in the page");
      }),
    );
    await page.receives({ type: "LockSession" });
    page.send(locks);
    await page.receives({ type: "RefreshSession" });
    page.send({ type: "SessionUpdated", session: { ...session, pay_lock: { id: "lock-1" } } });
    expect((await failed).code).to.equal("update-failed");
    expect(element.state).to.equal("locked");
  });

  it("does not update what could not be locked", async () => {
    const { element, page } = await mountReady();
    let ran = false;
    const failed = rejected(element.updateSession(() => void (ran = true)));
    await page.receives({ type: "LockSession" });
    page.send({ type: "SessionLockFailed" });
    expect((await failed).code).to.equal("lock-failed");
    expect(ran).to.equal(false);
    expect(page.received({ type: "RefreshSession" })).to.have.length(0);
  });

  for (const method of ["lockSession", "updateSession"] as const) {
    it(`${method}() rejects with session-not-found when the session is gone before it is locked`, async () => {
      const { element, page } = await mountReady();
      const failed = rejected(element[method]());
      await page.receives({ type: "LockSession" });
      page.send({ type: "SessionNotFound" });
      expect((await failed).code).to.equal("session-not-found");
      expect(element.state).to.equal("expired");
    });
  }

  it("rejects with session-not-found when the session is gone", async () => {
    const { element, page } = await mountReady();
    const failed = rejected(element.updateSession(() => {}));
    await page.receives({ type: "LockSession" });
    page.send(locks);
    await page.receives({ type: "RefreshSession" });
    page.send({ type: "SessionNotFound" });
    expect((await failed).code).to.equal("session-not-found");
    expect(element.state).to.equal("expired");
  });

  it("rejects with no-session-source without an endpoint and without an argument", async () => {
    const opened = await mountReady();
    const failed = rejected(opened.element.updateSession());
    await playUpdate(opened);
    expect((await failed).code).to.equal("no-session-source");
  });

  it("rejects with update-failed, its status and the answer, when the PUT is refused", async () => {
    const endpoint = merchantUrl("session");
    const element = mount({ endpoint, checkoutUrl: sandboxUrl() });
    await reached(element, "ready");
    element.payload = { order: { amount: 1.5 } };
    const error = await rejected(element.updateSession());
    expect(error.code).to.equal("update-failed");
    expect(error.status).to.be.a("number");
    // Dintero keeps the lock until an update succeeds.
    expect(element.state).to.equal("locked");
    element.payload = {};
    await element.updateSession();
    expect(element.state).to.equal("ready");
  });

  it("rejects with timeout when the update never ends, and refreshes", async () => {
    const opened = await mountReady({ timeout: 54_321 });
    const timers = holdTimers(54_321);
    try {
      let began!: () => void;
      const running = new Promise<void>((resolve) => (began = resolve));
      const failed = rejected(
        opened.element.updateSession(() => {
          began();
          return new Promise(() => {});
        }),
      );
      await opened.page.receives({ type: "LockSession" });
      opened.page.send(locks);
      await running;
      timers.elapse();
      await opened.page.receives({ type: "RefreshSession" });
      opened.page.send(updates);
      expect((await failed).code).to.equal("timeout");
      expect(timers.running).to.equal(0);
    } finally {
      timers.release();
    }
  });

  it("rejects with aborted when the element is removed, and all that waited with it", async () => {
    const { element, page } = await mountReady();
    const first = rejected(element.updateSession(() => new Promise(() => {})));
    const second = rejected(element.updateSession(() => {}));
    await page.receives({ type: "LockSession" });
    page.send(locks);
    await reached(element, "locked");
    element.remove();
    expect((await first).code).to.equal("aborted");
    expect((await second).code).to.be.oneOf(["aborted", "not-ready"]);
  });
});

describe("start(), restart() and setActivePaymentProductType()", () => {
  afterEach(clear);

  it("start() starts once, however often it is called", async () => {
    let sessions = 0;
    const opening = mountFake({
      sessionId: null,
      trigger: "manual",
      fetchSession: async () => `T12345678.${++sessions}`,
    });
    const element = document.querySelector("dintero-checkout")!;
    await element.updateComplete;
    expect(sessions).to.equal(0);
    element.start();
    element.start();
    element.start();
    const { page } = await opening;
    element.start();
    page.send({ type: "SessionLoaded", session });
    await reached(element, "ready");
    element.start();
    await handled(element, page);
    expect(sessions).to.equal(1);
    expect(element.state).to.equal("ready");
  });

  for (const method of ["start", "restart"] as const) {
    it(`${method}() right after the insertion opens one frame`, async () => {
      const checkout = new FakeCheckout();
      const element = mountTag({ "session-id": "T00000000.abc", "checkout-url": checkout.url });
      const states: string[] = [];
      element.addEventListener("dintero-state", ({ state }) => states.push(state));
      element[method]();
      await reached(element, "ready");
      expect(await checkout.requests()).to.have.length(1);
      expect(states).to.deep.equal(["loading", "ready"]);
      checkout.stop();
    });
  }

  it("restart() requests a new session where there is an endpoint, although a session-id is set", async () => {
    let sessions = 0;
    const { element, page, sid } = await mountReady({ fetchSession: async () => `T12345678.${++sessions}` });
    expect(sessions).to.equal(0);
    element.restart();
    const shown = async (): Promise<string | null> => (await page.opened()).searchParams.get("sid");
    expect(await shown()).to.equal("T12345678.1");
    element.language = "sv";
    expect(await shown()).to.equal("T12345678.1");
    element.sessionId = `${sid}-next`;
    expect(await shown()).to.equal(`${sid}-next`);
    expect(sessions).to.equal(1);
  });

  it("start() and restart() start nothing while the element is not on the page", async () => {
    let sessions = 0;
    const element = mount({ fetchSession: async () => `T12345678.${++sessions}`, trigger: "manual" });
    await element.updateComplete;
    element.remove();
    await Promise.resolve();
    element.start();
    element.restart();
    const fresh = document.createElement("dintero-checkout");
    fresh.fetchSession = element.fetchSession;
    fresh.start();
    expect(sessions).to.equal(0);
    expect(element.state).to.equal("idle");
    expect(fresh.state).to.equal("idle");
  });

  it("start() tries again after an error", async () => {
    const endpoint = merchantUrl("session", { status: 500, times: 1 });
    const element = mount({ endpoint, checkoutUrl: sandboxUrl() });
    await reached(element, "error");
    element.start();
    await reached(element, "ready");
    expect(element.error === null).to.equal(true);
  });

  it("restart() requests a new session when there is an endpoint", async () => {
    const endpoint = merchantUrl("session");
    const element = mount({ endpoint, checkoutUrl: sandboxUrl() });
    await reached(element, "ready");
    const first = element.session!.id;
    const shown = new Promise<Session>((resolve) =>
      element.addEventListener("dintero-session", ({ session: next }) => resolve(next), { once: true }),
    );
    element.restart();
    expect((await shown).id).to.not.equal(first);
    expect(await requests(endpoint)).to.have.length(2);
  });

  it("restart() shows the given session again when there is none", async () => {
    const { element, page, sid } = await mountReady();
    element.restart();
    expect((await page.opened()).searchParams.get("sid")).to.equal(sid);
  });

  it("restart() starts over after the end", async () => {
    const { element, page } = await mountReady();
    page.send({ type: "SessionPaymentAuthorized", transaction_id: "t", merchant_reference: "order-001" });
    await reached(element, "paid");
    element.start();
    expect(element.state).to.equal("paid");
    element.restart();
    await page.opened();
    expect(element.state).to.equal("loading");
    const event = nextEvent(element, "dintero-session");
    page.send({ type: "SessionLoaded", session });
    await event;
  });

  it("setActivePaymentProductType() reaches the frame, and clears the choice without an argument", async () => {
    const { element, page } = await mountReady();
    element.setActivePaymentProductType("vipps");
    const { origin } = await page.receives({
      type: "SetActivePaymentProductType",
      payment_product_type: "vipps",
    });
    expect(origin).to.equal(location.origin);
    element.setActivePaymentProductType();
    const { message } = await page.receives({ type: "SetActivePaymentProductType" }, 2);
    expect(message["payment_product_type"]).to.equal(undefined);
  });
});

describe("with a pop-out window open", () => {
  afterEach(clear);

  it("an update goes through the window", async () => {
    const { element, open, inWindow } = await popOut();
    await open();
    const events = record(element);
    let ran = false;
    const updated = element.updateSession(() => void (ran = true));
    await inWindow.receives({ type: "LockSession" });
    inWindow.send({ ...locks, context: "popOut" });
    await inWindow.receives({ type: "RefreshSession" });
    inWindow.send({ ...updates, context: "popOut" });
    expect(await updated).to.deep.equal(session);
    expect(ran).to.equal(true);
    expect(events.map(({ type }) => type)).to.deep.equal(["dintero-session-locked", "dintero-session"]);
  });

  it("a payment in the window is dispatched, and the window closes", async () => {
    const { element, open, inWindow } = await popOut();
    const { popUp } = await open();
    const event = nextEvent(element, "dintero-payment");
    element.addEventListener("dintero-payment", (payment) => payment.preventDefault());
    inWindow.send({
      type: "SessionPaymentAuthorized",
      transaction_id: "transaction-1",
      merchant_reference: "order-001",
      href: new URL("#paid", location.href).href,
      context: "popOut",
    });
    expect((await event).transactionId).to.equal("transaction-1");
    expect(popUp.closed).to.equal(true);
    expect(document.querySelectorAll("#dintero-checkout-sdk-backdrop")).to.have.length(0);
  });

  it("a window that opens after the element was removed is closed, and the page is left uncovered", async () => {
    const { element, click, inWindow } = await popOut();
    const { popUp } = await click();
    element.remove();
    await Promise.resolve();
    inWindow.send({ type: "AppLoaded", context: "popOut" });
    await appears(backdrop);
    await appears(() => !backdrop());
    expect(popUp.closed).to.equal(true);
  });
});
