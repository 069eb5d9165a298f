import { expect } from "@open-wc/testing";
import { announceResult, type VerifiedResult } from "../../src/elements/result-channel.ts";
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

/** The events of the contract: the message that causes each, its class, its fields, whether it is cancelable. */
const table = [
  {
    type: "dintero-session",
    Class: classes.SessionEvent,
    message: { type: "SessionUpdated", session },
    fields: { session, reason: "updated" },
    cancelable: false,
  },
  {
    type: "dintero-payment",
    Class: classes.PaymentEvent,
    message: { type: "SessionPaymentAuthorized", ...paid, href: here("paid") },
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
    message: { type: "SessionPaymentOnHold", ...paid },
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
    message: { type: "SessionPaymentError", error: "authorization", href: here("failed") },
    fields: { reason: "authorization", href: here("failed") },
    cancelable: true,
  },
  {
    type: "dintero-cancel",
    Class: classes.CancelEvent,
    message: { type: "SessionCancel", href: here("cancelled") },
    fields: { href: here("cancelled") },
    cancelable: true,
  },
  {
    type: "dintero-session-not-found",
    Class: classes.SessionNotFoundEvent,
    message: { type: "SessionNotFound" },
    fields: {},
    cancelable: true,
  },
  {
    type: "dintero-session-not-found",
    Class: classes.SessionNotFoundEvent,
    message: { type: "SessionLoaded", session: { id: "without an order" } },
    fields: {},
    cancelable: true,
  },
  {
    type: "dintero-session-locked",
    Class: classes.SessionLockedEvent,
    message: { type: "SessionLocked", pay_lock_id: "lock-1" },
    fields: { payLockId: "lock-1" },
    cancelable: false,
  },
  {
    type: "dintero-session-lock-failed",
    Class: classes.SessionLockFailedEvent,
    message: { type: "SessionLockFailed" },
    fields: {},
    cancelable: false,
  },
  {
    type: "dintero-payment-type",
    Class: classes.PaymentTypeEvent,
    message: { type: "ActivePaymentProductType", payment_product_type: "vipps" },
    fields: { paymentProductType: "vipps" },
    cancelable: false,
  },
  {
    type: "dintero-validate-session",
    Class: classes.ValidateSessionEvent,
    message: { type: "ValidateSession", session },
    fields: { session },
    cancelable: false,
  },
] as const;

function expectPlain(event: Event, Class: new (...args: never[]) => Event, cancelable: boolean): void {
  expect(event).to.be.instanceOf(Class);
  expect(event.constructor).to.equal(Class);
  expect(event.bubbles, "bubbles").to.equal(true);
  expect(event.composed, "composed").to.equal(true);
  expect(event.cancelable, "cancelable").to.equal(cancelable);
  expect(event).to.not.have.property("detail");
}

describe("every event has its class, its fields and its flags", () => {
  afterEach(clear);

  for (const { type, Class, message, fields, cancelable } of table) {
    it(`${type}, after ${message.type}`, async () => {
      const { element, page } = await mountReady({ validateSession: true });
      element.addEventListener(type, (event) => event.preventDefault());
      element.addEventListener("dintero-validate-session", (event) => event.respondWith(true));
      const event = nextEvent(element, type);
      page.send(message);
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
    { message: "SessionPaymentAuthorized", type: "dintero-payment", state: "paid", panel: "" },
    { message: "SessionPaymentOnHold", type: "dintero-payment", state: "on-hold", panel: "" },
    {
      message: "SessionPaymentError",
      type: "dintero-payment-error",
      state: "failed",
      panel: en.failedTitle,
    },
    { message: "SessionCancel", type: "dintero-cancel", state: "cancelled", panel: en.cancelledTitle },
  ] as const;

  for (const { message, type, state, panel } of outcomes) {
    it(`of ${type} (${state}) goes to its href`, async () => {
      const { element, page } = await mountReady();
      page.send({ type: message, href: here(state) });
      await wentTo(state);
      expect(element.state).to.equal(state);
    });

    it(`of ${type} (${state}) does not happen when it is prevented`, async () => {
      const { element, page } = await mountReady();
      element.addEventListener(type, (event) => event.preventDefault());
      page.send({ type: message, href: here(state) });
      await reached(element, state);
      await page.opened(2);
      expect(location.hash).to.equal("");
      expect(panelText(element)).to.equal("");
    });

    it(`of ${type} (${state}) without an href shows ${panel ? `"${panel}"` : "the result page"}`, async () => {
      const { element, page } = await mountReady();
      page.send({ type: message });
      await reached(element, state);
      expect(panelText(element)).to.contain(panel);
      if (panel) expect(panelText(element)).to.contain(en.startAgain);
    });
  }

  it("of dintero-session-not-found shows the expired panel, and no button without an endpoint", async () => {
    const { element, page } = await mountReady();
    page.send({ type: "SessionNotFound" });
    await reached(element, "expired");
    expect(panelText(element)).to.contain(en.expiredTitle);
    expect(element.shadowRoot!.querySelectorAll(".front button")).to.have.length(0);
  });

  it("of dintero-session-not-found offers a new session where there is an endpoint", async () => {
    const ids = ["T12345678.first", "T12345678.second"];
    const { element, page } = await mountReady({
      sessionId: null,
      fetchSession: async () => ids.shift()!,
    });
    page.send({ type: "SessionNotFound", sid: "T12345678.first" });
    await reached(element, "expired");
    element.shadowRoot!.querySelector<HTMLElement>(".front button")!.click();
    await reached(element, "loading");
    expect((await page.opened()).searchParams.get("sid")).to.equal("T12345678.second");
  });

  it("of dintero-session-not-found offers a new session also where a session-id is set", async () => {
    const { element, page } = await mountReady({ fetchSession: async () => "T12345678.second" });
    page.send({ type: "SessionNotFound" });
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

describe("an outcome is dispatched exactly once", () => {
  afterEach(clear);

  const outcomeTypes = ["dintero-payment", "dintero-payment-error", "dintero-cancel"];
  const messages = {
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
  /** Resolves when a channel opened before the announcement has received it: the element has too. */
  const announced = (): Promise<unknown> => {
    const channel = new BroadcastChannel("dintero-checkout");
    return new Promise((resolve) => channel.addEventListener("message", resolve, { once: true })).finally(
      () => channel.close(),
    );
  };

  for (const [state, message] of Object.entries(messages) as [VerifiedResult["status"], object][]) {
    it(`${state}: the frame reports it twice, and another tab does too`, async () => {
      const { element, page, sid } = await mountReady();
      const events = record(element);
      page.send({ ...message }, { ...message });
      await reached(element, state);
      await page.opened(2);
      const received = announced();
      announce(sid, state);
      await received;
      expect(events.map(({ type }) => type).filter((type) => outcomeTypes.includes(type))).to.have.length(1);
    });

    it(`${state}: two other tabs report it, with no href to follow`, async () => {
      const { element, sid } = await mountReady();
      const events = record(element) as classes.PaymentEvent[];
      const received = announced();
      announce(sid, state);
      announce(sid, state);
      await received;
      await reached(element, state);
      const last = announced();
      announce(sid, state);
      await last;
      expect(events).to.have.length(1);
      expect(events[0]!.href).to.equal(null);
      expect(element.frame === null).to.equal(true);
      expect(panelText(element)).to.contain(
        {
          paid: en.paidElsewhere,
          "on-hold": en.onHoldElsewhere,
          failed: en.failedElsewhere,
          cancelled: en.cancelledElsewhere,
        }[state],
      );
    });
  }

  it("another outcome after the first changes nothing", async () => {
    const { element, page, sid } = await mountReady();
    const events = record(element);
    page.send(messages.cancelled, messages.paid, messages.failed);
    await reached(element, "cancelled");
    const received = announced();
    announce(sid, "paid");
    await received;
    expect(events).to.have.length(1);
    expect(element.state).to.equal("cancelled");
  });

  it("after it no session event is dispatched any more", async () => {
    const { element, page } = await mountReady();
    const events = record(element);
    page.send(messages.paid);
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

  it("another tab's result for another session is ignored", async () => {
    const { element, page } = await mountReady();
    const events = record(element);
    const received = announced();
    announce("T12345678.another", "paid");
    await received;
    await handled(element, page);
    expect(events).to.have.length(1);
    expect(element.state).to.equal("ready");
  });

  it("another tab's result without a session id is matched by the merchant reference", async () => {
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

  it("removed and put back after paying, it stays paid and dispatches nothing", async () => {
    const { element, page } = await mountReady();
    page.send(messages.paid);
    await reached(element, "paid");
    element.remove();
    await Promise.resolve();
    const events = record(element);
    document.body.append(element);
    await element.updateComplete;
    expect(element.state).to.equal("paid");
    expect(events).to.have.length(0);
  });

  it("dispatches the state before the outcome, and after an unsafe href only the error", async () => {
    const { element, page } = await mountReady();
    const order: string[] = [];
    for (const type of ["dintero-state", "dintero-payment", "dintero-error"])
      element.addEventListener(type, () => order.push(type));
    const error = nextEvent(element, "dintero-error");
    page.send({ ...messages.paid, href: "javascript:document.body.remove()" });
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
