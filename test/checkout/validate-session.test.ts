import { expect } from "@open-wc/testing";
import type { Answer, ValidateSessionEvent } from "../../src/index.ts";
import { checkout as en } from "../../src/messages/en.ts";
import { clear, handled, mountReady, nextEvent, reached, session } from "../support/checkout.ts";
import { order } from "../support/fake-checkout.ts";
import { faultyCheckouts } from "../support/faults.ts";
import { holdTimers } from "../support/held-timers.ts";

type Respond = (event: ValidateSessionEvent) => void;

/** Collects the warnings on the console until `stop()`. */
function warnings(): { readonly texts: string[]; stop(): void } {
  const { warn } = console;
  const texts: string[] = [];
  console.warn = (...parts: unknown[]) => texts.push(parts.map(String).join(" "));
  return { texts, stop: () => void (console.warn = warn) };
}

/** Sends `ValidateSession` once, and resolves with the answer that the frame gets. */
async function validate(respond: Respond | null) {
  const opened = await mountReady({ validateSession: true });
  if (respond) opened.element.addEventListener("dintero-validate-session", respond);
  opened.page.send({ type: "ValidateSession", session });
  const { message } = await opened.page.receives({ type: "ValidationResult" });
  return { ...opened, message };
}

describe("validate-session", () => {
  let console_: ReturnType<typeof warnings>;
  beforeEach(() => {
    console_ = warnings();
  });
  afterEach(async () => {
    console_.stop();
    await clear();
  });

  const answers: [string, Answer | PromiseLike<Answer>, boolean, string?][] = [
    ["true", true, true],
    ["a promise of true", Promise.resolve(true), true],
    ["false", false, false, en.validationFailed],
    ["a message", "Sold out", false, "Sold out"],
    ["an empty message", "", false, en.validationFailed],
    ["a promise of false", Promise.resolve(false), false, en.validationFailed],
    ["a promise of a message", Promise.resolve("Sold out"), false, "Sold out"],
    ["a promise of nothing", Promise.resolve(undefined as unknown as Answer), false, en.validationFailed],
    ["something that is only truthy", 1 as unknown as Answer, false, en.validationFailed],
    ["an object that is not an answer", { success: true } as unknown as Answer, false, en.validationFailed],
  ];
  for (const [name, answer, success, message] of answers) {
    it(`${success ? "lets the payment go ahead" : "refuses"} after ${name}`, async () => {
      const result = await validate((event) => event.respondWith(answer));
      expect(result.message["success"]).to.equal(success);
      expect(result.message["clientValidationError"]).to.equal(message);
      await reached(result.element, "ready");
    });
  }

  it("refuses after a rejection, and logs the reason", async () => {
    const { message } = await validate((event) =>
      event.respondWith(Promise.reject(new Error("stock is down"))),
    );
    expect(message["success"]).to.equal(false);
    expect(message["clientValidationError"]).to.equal(en.validationFailed);
    expect(console_.texts.join()).to.contain("stock is down");
  });

  it("refuses when no listener answers, and logs the reason", async () => {
    const { message } = await validate(null);
    expect(message["success"]).to.equal(false);
    expect(message["clientValidationError"]).to.equal(en.validationFailed);
    expect(console_.texts.join()).to.contain("respondWith()");
  });

  it("refuses when the listener throws", async () => {
    const stop = new AbortController();
    addEventListener("error", (event) => event.preventDefault(), { signal: stop.signal });
    const { onerror } = window;
    window.onerror = () => true;
    const { message } = await validate(() => {
      throw new Error("a bug in the page");
    });
    window.onerror = onerror;
    stop.abort();
    expect(message["success"]).to.equal(false);
  });

  it("refuses after 30 s of silence, and an answer that comes later changes nothing", async () => {
    const timers = holdTimers(30_000);
    try {
      const { element, page } = await mountReady({ validateSession: true });
      let answer!: (value: boolean) => void;
      const late = new Promise<boolean>((resolve) => (answer = resolve));
      element.addEventListener("dintero-validate-session", (event) => event.respondWith(late));
      page.send({ type: "ValidateSession", session });
      await reached(element, "validating");
      expect(timers.running).to.equal(1);
      expect(page.received({ type: "ValidationResult" })).to.have.length(0);
      timers.elapse();
      const { message } = await page.receives({ type: "ValidationResult" });
      expect(message["success"]).to.equal(false);
      expect(message["clientValidationError"]).to.equal(en.validationFailed);
      expect(console_.texts.join()).to.contain("30000 ms");
      answer(true);
      page.send({ type: "SessionUpdated", session, mid: "later" });
      await page.receives({ ack: "later" });
      expect(page.received({ type: "ValidationResult" })).to.have.length(1);
    } finally {
      timers.release();
    }
  });

  it("leaves no timer behind", async () => {
    const timers = holdTimers(30_000);
    try {
      await validate((event) => event.respondWith(true));
      expect(timers.running).to.equal(0);
    } finally {
      timers.release();
    }
  });

  it("is validating until the page answers", async () => {
    const { element, page } = await mountReady({ validateSession: true });
    let answer!: (value: boolean) => void;
    element.addEventListener("dintero-validate-session", (event) =>
      event.respondWith(new Promise((resolve) => (answer = resolve))),
    );
    page.send({ type: "ValidateSession", session });
    await reached(element, "validating");
    answer(true);
    await reached(element, "ready");
  });

  it("validates the session in the frame's message, else the last one received", async () => {
    const newest = { ...session, order: { ...session.order, amount: 100 } };
    const { element, page } = await mountReady({ validateSession: true });
    let event = nextEvent(element, "dintero-validate-session");
    page.send({ type: "ValidateSession", session: newest });
    expect((await event).session.order.amount).to.equal(100);
    event = nextEvent(element, "dintero-validate-session");
    page.send({ type: "ValidateSession" });
    expect((await event).session.order.amount).to.equal(29990);
  });

  it("takes the first answer and throws InvalidStateError at the second", async () => {
    let thrown: unknown;
    const { message } = await validate((event) => {
      event.respondWith("Sold out");
      try {
        event.respondWith(true);
      } catch (error) {
        thrown = error;
      }
    });
    expect(message["success"]).to.equal(false);
    expect(thrown).to.be.instanceOf(DOMException);
    expect((thrown as DOMException).name).to.equal("InvalidStateError");
  });

  it("throws InvalidStateError after the dispatch: a late answer does not count", async () => {
    let kept!: ValidateSessionEvent;
    const { message } = await validate((event) => void (kept = event));
    expect(message["success"]).to.equal(false);
    expect(() => kept.respondWith(true))
      .to.throw(DOMException)
      .with.property("name", "InvalidStateError");
  });

  it("answers in the shopper's language", async () => {
    const { checkout: messages } = await import("../../src/messages/sv.ts");
    const { element, page } = await mountReady({ validateSession: true, language: "sv" });
    element.addEventListener("dintero-validate-session", (event) => event.respondWith(false));
    page.send({ type: "ValidateSession", session });
    const { message } = await page.receives({ type: "ValidationResult" });
    expect(message["clientValidationError"]).to.equal(messages.validationFailed);
  });

  it("sends no answer to a frame that is gone", async () => {
    const { element, page } = await mountReady({ validateSession: true });
    let answer!: (value: boolean) => void;
    element.addEventListener("dintero-validate-session", (event) =>
      event.respondWith(new Promise((resolve) => (answer = resolve))),
    );
    page.send({ type: "ValidateSession", session });
    await reached(element, "validating");
    element.restart();
    await page.opened();
    answer(true);
    page.send({ type: "SessionLoaded", session });
    await reached(element, "ready");
    await handled(element, page);
    expect(page.received({ type: "ValidationResult" })).to.have.length(0);
  });

  it("logs no warning when the page answers", async () => {
    await validate((event) => event.respondWith(true));
    expect(console_.texts).to.deep.equal([]);
  });

  it("is announced to the frame only when the attribute is set", async () => {
    const { url } = await mountReady();
    expect(url.searchParams.has("client_side_validation")).to.equal(false);
    await clear();
    const validating = await mountReady({ validateSession: true });
    expect(validating.url.searchParams.get("client_side_validation")).to.equal("true");
  });
});

describe("address-callback with an SDK that does not support it", () => {
  it("warns once and carries on", async () => {
    const console_ = warnings();
    try {
      const { element, page, url } = await mountReady({ addressCallback: true });
      expect(url.searchParams.has("client_side_address_callback")).to.equal(false);
      page.send({ type: "AddressCallback", session });
      await handled(element, page);
      expect(element.state).to.equal("ready");
      expect(console_.texts).to.have.length(1);
      expect(console_.texts[0]).to.contain("address-callback");
    } finally {
      console_.stop();
      await clear();
    }
  });
});

describe("a payment that was refused", () => {
  const open = faultyCheckouts();

  const refusals: [string, Respond | null, string?][] = [
    ["a message", (event) => event.respondWith("Out of stock"), "Out of stock"],
    ["false", (event) => event.respondWith(false)],
    ["no answer", null],
    ["a rejected promise", (event) => event.respondWith(Promise.reject(new Error("down")))],
    ["an object", (event) => event.respondWith({ ok: true } as unknown as Answer)],
    ["undefined", (event) => event.respondWith(undefined as unknown as Answer)],
    [
      "an answer after the dispatch",
      (event) => void Promise.resolve().then(() => expect(() => event.respondWith(true)).to.throw()),
    ],
  ];
  for (const [name, respond, result] of refusals) {
    it(`with ${name} can be tried again`, async () => {
      const { element, checkout, shows, recovers } = await open({ attributes: { "validate-session": "" } });
      if (respond) element.addEventListener("dintero-validate-session", respond, { once: true });
      checkout.send({ type: "ValidateSession", session: { order } });
      const { message } = await checkout.receives({ type: "ValidationResult" });
      expect(message["success"]).to.equal(false);
      expect(message["clientValidationError"]).to.equal(result ?? en.validationFailed);
      await reached(element, "ready");
      await shows({ state: "ready", event: "validate-session", text: "", sessions: 1 });

      element.addEventListener("dintero-validate-session", (event) => event.respondWith(true), {
        once: true,
      });
      checkout.send({ type: "ValidateSession", session: { order } });
      const again = await checkout.receives({ type: "ValidationResult" }, 2);
      expect(again.message["success"]).to.equal(true);
      await recovers({ sessions: 1 });
    });
  }
});
