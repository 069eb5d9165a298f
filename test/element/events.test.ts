import { expect } from "@open-wc/testing";
import { announceResult, type VerifiedResult } from "../../src/shared/result-channel.ts";
import * as classes from "../../src/index.ts";
import { checkout as en } from "../../src/messages/en.ts";
import {
  clear,
  handled,
  here,
  mount,
  mountFake,
  mountReady,
  nextEvent,
  panelText,
  reached,
  record,
  session,
  wentTo,
} from "../support/checkout.ts";
import { merchantUrl } from "../support/env.ts";

const paid = { transaction_id: "transaction-1", merchant_reference: "order-001" };

/** The contract's table: what makes it, its class, its fields, whether it can be prevented. */
const table = [
  {
    type: "dintero-session",
    Class: classes.SessionEvent,
    says: { type: "SessionUpdated", session },
    fields: { session, reason: "updated" },
    cancelable: false,
  },
  {
    type: "dintero-payment",
    Class: classes.PaymentEvent,
    says: { type: "SessionPaymentAuthorized", ...paid, href: here("paid") },
    fields: {
      status: "authorized",
      transactionId: "transaction-1",
      merchantReference: "order-001",
      href: here("paid"),
    },
    cancelable: true,
  },
  {
    type: "dintero-payment",
    Class: classes.PaymentEvent,
    says: { type: "SessionPaymentOnHold", ...paid },
    fields: {
      status: "on-hold",
      transactionId: "transaction-1",
      merchantReference: "order-001",
      href: null,
    },
    cancelable: true,
  },
  {
    type: "dintero-payment-error",
    Class: classes.PaymentErrorEvent,
    says: { type: "SessionPaymentError", error: "authorization", href: here("failed") },
    fields: { reason: "authorization", href: here("failed") },
    cancelable: true,
  },
  {
    type: "dintero-cancel",
    Class: classes.CancelEvent,
    says: { type: "SessionCancel", href: here("cancelled") },
    fields: { href: here("cancelled") },
    cancelable: true,
  },
  {
    type: "dintero-session-not-found",
    Class: classes.SessionNotFoundEvent,
    says: { type: "SessionNotFound" },
    fields: {},
    cancelable: true,
  },
  {
    type: "dintero-session-not-found",
    Class: classes.SessionNotFoundEvent,
    says: { type: "SessionLoaded", session: { id: "without an order" } },
    fields: {},
    cancelable: true,
  },
  {
    type: "dintero-session-locked",
    Class: classes.SessionLockedEvent,
    says: { type: "SessionLocked", pay_lock_id: "lock-1" },
    fields: { payLockId: "lock-1" },
    cancelable: false,
  },
  {
    type: "dintero-session-lock-failed",
    Class: classes.SessionLockFailedEvent,
    says: { type: "SessionLockFailed" },
    fields: {},
    cancelable: false,
  },
  {
    type: "dintero-payment-type",
    Class: classes.PaymentTypeEvent,
    says: { type: "ActivePaymentProductType", payment_product_type: "vipps" },
    fields: { paymentProductType: "vipps" },
    cancelable: false,
  },
  {
    type: "dintero-validate-session",
    Class: classes.ValidateSessionEvent,
    says: { type: "ValidateSession", session },
    fields: { session },
    cancelable: false,
  },
] as const;

function expectPlain(event: Event, Class: new (...given: never[]) => Event, cancelable: boolean): void {
  expect(event).to.be.instanceOf(Class);
  expect(event.constructor).to.equal(Class);
  expect(event.bubbles, "bubbles").to.equal(true);
  expect(event.composed, "composed").to.equal(true);
  expect(event.cancelable, "cancelable").to.equal(cancelable);
  expect(event).to.not.have.property("detail");
}

describe("every event has its class, its fields and its flags", () => {
  afterEach(clear);

  for (const { type, Class, says, fields, cancelable } of table) {
    it(`${type}, after ${says.type}`, async () => {
      const { element, page } = await mountReady({ validateSession: true });
      element.addEventListener(type, (event) => event.preventDefault());
      element.addEventListener("dintero-validate-session", (event) => event.respondWith(true));
      const event = nextEvent(element, type);
      page.send(says);
      expectPlain(await event, Class, cancelable);
      for (const [name, value] of Object.entries(fields)) {
        expect((await event) as unknown as Record<string, unknown>, name).to.have.deep.property(name, value);
      }
    });
  }

  it("dintero-redirect", async () => {
    const element = mount({ sessionId: "T12345678.redirect", mode: "redirect", trigger: "load" });
    element.addEventListener("dintero-redirect", (event) => event.preventDefault());
    const event = await nextEvent(element, "dintero-redirect");
    expectPlain(event, classes.RedirectEvent, true);
    expect(event.url).to.equal("https://checkout.dintero.com/v1/view/T12345678.redirect");
  });

  it("dintero-error", async () => {
    const element = mount({ sessionId: "../../etc" });
    const event = await nextEvent(element, "dintero-error");
    expectPlain(event, classes.CheckoutErrorEvent, true);
    expect(event.error).to.be.instanceOf(classes.DinteroCheckoutError);
    expect(event.error.code).to.equal("invalid-session-id");
    expect(element.error).to.equal(event.error);
  });

  it("dintero-state", async () => {
    const element = mount({ sessionId: "T12345678.state", checkoutUrl: "ftp://example.com" });
    const event = await nextEvent(element, "dintero-state");
    expectPlain(event, classes.StateEvent, false);
    expect(event.state).to.equal("error");
    expect(event.previousState).to.equal("idle");
  });

  it("dintero-address-callback", () => {
    expectPlain(new classes.AddressCallbackEvent(session, () => {}), classes.AddressCallbackEvent, false);
  });

  it("reaches the document out of a shadow root", async () => {
    const host = document.createElement("div");
    document.body.append(host);
    const shadow = host.attachShadow({ mode: "closed" });
    const box = document.createElement("div");
    shadow.append(box);
    const seen = nextEvent(document, "dintero-error");
    mount({ sessionId: "../../etc" }, box);
    expect((await seen).target).to.equal(host);
  });

  it("shows each state as a custom state too", async () => {
    const { element, page } = await mountReady();
    expect(element.matches(":state(ready)")).to.equal(true);
    page.send({ type: "SessionLocked", pay_lock_id: "lock-1" });
    await reached(element, "locked");
    expect(element.matches(":state(locked)")).to.equal(true);
    expect(element.matches(":state(ready)")).to.equal(false);
  });
});

describe("the default action", () => {
  afterEach(clear);

  const outcomes = [
    { says: "SessionPaymentAuthorized", type: "dintero-payment", state: "paid", panel: "" },
    { says: "SessionPaymentOnHold", type: "dintero-payment", state: "on-hold", panel: "" },
    {
      says: "SessionPaymentError",
      type: "dintero-payment-error",
      state: "failed",
      panel: en.failedTitle,
    },
    { says: "SessionCancel", type: "dintero-cancel", state: "cancelled", panel: en.cancelledTitle },
  ] as const;

  for (const { says, type, state, panel } of outcomes) {
    it(`of ${type} (${state}) goes to its href`, async () => {
      const { element, page } = await mountReady();
      page.send({ type: says, href: here(state) });
      await wentTo(state);
      expect(element.state).to.equal(state);
    });

    it(`of ${type} (${state}) does not happen when it is prevented`, async () => {
      const { element, page } = await mountReady();
      element.addEventListener(type, (event) => event.preventDefault());
      page.send({ type: says, href: here(state) });
      await reached(element, state);
      await page.opened(2);
      expect(location.hash).to.equal("");
      expect(panelText(element)).to.equal("");
    });

    it(`of ${type} (${state}) without an href shows ${panel ? `"${panel}"` : "the result page"}`, async () => {
      const { element, page } = await mountReady();
      page.send({ type: says });
      await reached(element, state);
      expect(panelText(element)).to.contain(panel);
      if (panel) expect(panelText(element)).to.contain(en.startAgain);
    });
  }

  it("of dintero-session-not-found shows the expired panel, and no way to start again without an endpoint", async () => {
    const { element, page } = await mountReady();
    page.send({ type: "SessionNotFound" });
    await reached(element, "expired");
    expect(panelText(element)).to.contain(en.expiredTitle);
    expect(element.shadowRoot!.querySelectorAll(".front button")).to.have.length(0);
  });

  it("of dintero-session-not-found offers a new session where there is an endpoint", async () => {
    const made = ["T12345678.first", "T12345678.second"];
    const { element, page } = await mountReady({
      sessionId: null,
      fetchSession: async () => made.shift()!,
    });
    page.send({ type: "SessionNotFound", sid: "T12345678.first" });
    await reached(element, "expired");
    element.shadowRoot!.querySelector<HTMLElement>(".front button")!.click();
    await reached(element, "loading");
    expect((await page.opened()).searchParams.get("sid")).to.equal("T12345678.second");
  });

  it("of dintero-session-not-found does not happen when it is prevented", async () => {
    const { element, page } = await mountReady();
    element.addEventListener("dintero-session-not-found", (event) => event.preventDefault());
    page.send({ type: "SessionNotFound" });
    await reached(element, "expired");
    expect(panelText(element)).to.equal("");
  });

  it("of dintero-redirect goes to its url", async () => {
    mount({
      fetchSession: async () => ({ id: "T12345678.redirect", url: here("leaving") }),
      mode: "redirect",
      trigger: "load",
    });
    await wentTo("leaving");
  });

  it("of dintero-redirect does not happen when it is prevented", async () => {
    const element = mount({
      fetchSession: async () => ({ id: "T12345678.redirect", url: here("leaving") }),
      mode: "redirect",
      trigger: "load",
    });
    element.addEventListener("dintero-redirect", (event) => event.preventDefault());
    await nextEvent(element, "dintero-redirect");
    await element.updateComplete;
    expect(location.hash).to.equal("");
  });

  it("of dintero-error shows the error panel", async () => {
    const element = mount({ endpoint: merchantUrl("session", { status: 500 }) });
    await reached(element, "error");
    expect(panelText(element)).to.contain(en.errorTitle);
  });

  it("of dintero-error does not happen when it is prevented", async () => {
    const element = mount({ endpoint: merchantUrl("session", { status: 500 }) });
    element.innerHTML = "<p>Fallback</p>";
    element.addEventListener("dintero-error", (event) => event.preventDefault());
    await reached(element, "error");
    expect(panelText(element)).to.equal("");
    expect(element.querySelector("p")!.checkVisibility()).to.equal(false);
  });
});

describe("an outcome is told exactly once", () => {
  afterEach(clear);

  const outcomeTypes = ["dintero-payment", "dintero-payment-error", "dintero-cancel"];
  const said = {
    paid: { type: "SessionPaymentAuthorized", ...paid },
    "on-hold": { type: "SessionPaymentOnHold", ...paid },
    failed: { type: "SessionPaymentError", error: "failed" },
    cancelled: { type: "SessionCancel" },
  } as const;
  const announce = (sessionId: string, status: VerifiedResult["status"]): void =>
    announceResult({
      status,
      sessionId,
      merchantReference: "order-001",
      transactionId: status === "paid" || status === "on-hold" ? "transaction-1" : null,
    });
  /** Resolves when a channel opened before the announcement has heard it: so has the element. */
  const announced = (): Promise<unknown> => {
    const channel = new BroadcastChannel("dintero-checkout");
    return new Promise((resolve) => channel.addEventListener("message", resolve, { once: true })).finally(
      () => channel.close(),
    );
  };

  for (const [state, message] of Object.entries(said) as [VerifiedResult["status"], object][]) {
    it(`${state}: the frame says it twice, and another tab as well`, async () => {
      const { element, page, sid } = await mountReady();
      const events = record(element);
      page.send({ ...message }, { ...message });
      await reached(element, state);
      await page.opened(2);
      const heard = announced();
      announce(sid, state);
      await heard;
      expect(events.map(({ type }) => type).filter((type) => outcomeTypes.includes(type))).to.have.length(1);
    });

    it(`${state}: two other tabs say it, with no href to follow`, async () => {
      const { element, sid } = await mountReady();
      const events = record(element) as classes.PaymentEvent[];
      const heard = announced();
      announce(sid, state);
      announce(sid, state);
      await heard;
      await reached(element, state);
      const last = announced();
      announce(sid, state);
      await last;
      expect(events).to.have.length(1);
      expect(events[0]!.href).to.equal(null);
      expect(element.frame === null).to.equal(true);
      expect(panelText(element)).to.contain(
        state === "failed"
          ? en.failedElsewhere
          : state === "cancelled"
            ? en.cancelledElsewhere
            : en.paidElsewhere,
      );
    });
  }

  it("another outcome after the first changes nothing", async () => {
    const { element, page, sid } = await mountReady();
    const events = record(element);
    page.send(said.cancelled, said.paid, said.failed);
    await reached(element, "cancelled");
    const heard = announced();
    announce(sid, "paid");
    await heard;
    expect(events).to.have.length(1);
    expect(element.state).to.equal("cancelled");
  });

  it("after it nothing of the session is told any more", async () => {
    const { element, page } = await mountReady();
    const events = record(element);
    page.send(said.paid);
    await reached(element, "paid");
    await page.opened(2);
    page.send(
      { type: "SessionUpdated", session },
      { type: "SessionLocked", pay_lock_id: "lock-1" },
      { type: "ActivePaymentProductType", payment_product_type: "vipps", mid: "last" },
    );
    await page.receives({ ack: "last" });
    expect(events.map(({ type }) => type)).to.deep.equal(["dintero-payment"]);
  });

  it("another tab's result about another session is not ours", async () => {
    const { element, page } = await mountReady();
    const events = record(element);
    const heard = announced();
    announce("T12345678.another", "paid");
    await heard;
    await handled(element, page);
    expect(events).to.have.length(1);
    expect(element.state).to.equal("ready");
  });

  it("another tab's result without a session id is ours by the merchant reference", async () => {
    const { element } = await mountReady();
    const event = nextEvent(element, "dintero-payment");
    announceResult({
      status: "paid",
      sessionId: null,
      merchantReference: "order-001",
      transactionId: "transaction-1",
    });
    expect((await event).transactionId).to.equal("transaction-1");
    expect((await event).merchantReference).to.equal("order-001");
  });

  it("taken away and put back after paying, it stays paid and tells nothing", async () => {
    const { element, page } = await mountReady();
    page.send(said.paid);
    await reached(element, "paid");
    element.remove();
    await Promise.resolve();
    const events = record(element);
    document.body.append(element);
    await element.updateComplete;
    expect(element.state).to.equal("paid");
    expect(events).to.have.length(0);
  });

  it("tells the state before the outcome, and nothing after an unsafe href but the error", async () => {
    const { element, page } = await mountReady();
    const order: string[] = [];
    for (const type of ["dintero-state", "dintero-payment", "dintero-error"])
      element.addEventListener(type, () => order.push(type));
    const error = nextEvent(element, "dintero-error");
    page.send({ ...said.paid, href: "javascript:document.body.remove()" });
    expect((await error).error.code).to.equal("unsafe-href");
    expect(order).to.deep.equal(["dintero-state", "dintero-payment", "dintero-error"]);
    expect(element.state).to.equal("paid");
    await element.updateComplete;
    expect(panelText(element)).to.equal("");
  });
});

// mountFake() alone, without a session, is what a shopper sees while the checkout loads.
describe("an outcome before the session was shown", () => {
  afterEach(clear);

  it("counts", async () => {
    const { element, page } = await mountFake();
    const event = nextEvent(element, "dintero-payment");
    page.send({ type: "SessionPaymentAuthorized", ...paid });
    await event;
    expect(element.state).to.equal("paid");
  });
});
