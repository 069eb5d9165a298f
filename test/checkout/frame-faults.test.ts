// What the page and the shopper get when the frame fails, or ends the session in an unusual way; and the recovery.
import { mountTag, panelButton, reached } from "../support/checkout.ts";
import { sandboxUrl } from "../support/env.ts";
import { type Circumstances, faultyCheckouts, retry, retryOrFullPage, text } from "../support/faults.ts";
import { loaded, type Message } from "../support/fake-checkout.ts";

const silentFirst = (nth: number): readonly Message[] => (nth === 1 ? [] : [loaded()]);
const failed = text("failedTitle", "failedText", "startAgain");
const cancelled = text("cancelledTitle", "cancelledText", "startAgain");
const unreachable = {
  state: "error",
  event: "error",
  code: "frame-unreachable",
  text: retryOrFullPage,
  sessions: 1,
} as const;

describe("faults of the frame", () => {
  const open = faultyCheckouts();

  for (const frame of ["500", "404", "hang", "reset", "denied"]) {
    it(`a document that fails (${frame}) is frame-unreachable, and the button loads it again`, async () => {
      const { checkout, shows, clickButton, recovers } = await open({ frame, elapses: "frame" });
      await shows(unreachable);
      await checkout.recover();
      clickButton();
      await recovers({ sessions: 1 });
    });
  }

  const silences: [string, Circumstances, string][] = [
    ["is silent", { onOpened: silentFirst }, retryOrFullPage],
    ["is silent, in mode embed", { onOpened: silentFirst, attributes: { mode: "embed" } }, retry],
    [
      "only sends its height",
      { onOpened: (nth) => [{ type: "HeightChanged", height: 300 }, ...silentFirst(nth)] },
      retryOrFullPage,
    ],
  ];
  for (const [name, circumstances, panel] of silences) {
    it(`a frame that ${name} is frame-unreachable, and the button loads it again`, async () => {
      const { shows, clickButton, recovers } = await open({ ...circumstances, elapses: "frame" });
      await shows({ ...unreachable, text: panel });
      clickButton();
      await recovers({ sessions: 1 });
    });
  }

  it("an address where nothing listens is frame-unreachable, and another one starts over", async () => {
    const { element, checkout, shows, recovers } = await open({
      elapses: "frame",
      attributes: { "checkout-url": "http://127.0.0.1:9" },
    });
    await shows(unreachable);
    element.setAttribute("checkout-url", checkout.url);
    await recovers({ sessions: 1 });
  });

  it("a frame that loads after all, behind the panel, is shown", async () => {
    const { checkout, shows, recovers } = await open({ elapses: "frame", onOpened: () => [] });
    await shows(unreachable);
    checkout.send(loaded());
    await recovers({ sessions: 1 });
  });

  const outcomes = {
    paid: { type: "SessionPaymentAuthorized", transaction_id: "t", merchant_reference: "m" },
    failed: { type: "SessionPaymentError", error: "failed" },
  };
  for (const [state, outcome] of Object.entries(outcomes)) {
    it(`a frame that sends every message twice has ${state} once`, async () => {
      const { element, checkout, shows, recovers } = await open();
      element.addEventListener("dintero-payment", (event) => event.preventDefault());
      checkout.send(outcome, outcome, { type: "SessionCancel" }, outcome);
      await reached(element, "paid", "failed");
      await checkout.opened(2);
      checkout.send(outcome, { ...loaded() });
      if (state === "paid") await shows({ state: "paid", event: "payment", text: "", sessions: 1 });
      else await shows({ state: "failed", event: "payment-error", text: failed, sessions: 1 });
      element.restart();
      await recovers({ sessions: 2 });
    });
  }

  it("a shopper who cancels, with nowhere to go, can start again", async () => {
    const { checkout, shows, clickButton, recovers } = await open();
    checkout.send({ type: "SessionCancel" });
    await shows({ state: "cancelled", event: "cancel", text: cancelled, sessions: 1 });
    clickButton();
    await recovers({ sessions: 2 });
  });

  it("an outcome whose href is a script is unsafe-href, and nobody goes there", async () => {
    const { checkout, shows, clickButton, recovers } = await open();
    checkout.send({ type: "SessionCancel", href: "javascript:alert(1)" });
    await shows({ state: "cancelled", event: "error", code: "unsafe-href", text: cancelled, sessions: 1 });
    clickButton();
    await recovers({ sessions: 2 });
  });

  it("a second pop-out is pop-out-conflict, until the first one is gone", async () => {
    mountTag({ "session-id": "T00000000.one", mode: "pop-out", "checkout-url": sandboxUrl() });
    const { element, shows, recovers } = await open({
      endpoint: null,
      attributes: { "session-id": "T00000000.two", mode: "pop-out" },
    });
    await shows({ state: "error", event: "error", code: "pop-out-conflict", text: retry, sessions: 0 });
    document.querySelector("dintero-checkout")!.remove();
    await Promise.resolve();
    panelButton(element)!.click();
    await recovers({ sessions: 0 });
  });
});
