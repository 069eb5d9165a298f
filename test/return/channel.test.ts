import { expect } from "@open-wc/testing";
import { announceResult, listenForResults, type VerifiedResult } from "../../src/elements/result-channel.ts";
import { OtherTab } from "./support.ts";

const result: VerifiedResult = {
  status: "paid",
  sessionId: "T00000001.session",
  merchantReference: "order-1",
  transactionId: "T00000001.tx",
};

describe("the channel between the tabs of a shop", () => {
  let tab: OtherTab;
  let listening: AbortController;
  let received: VerifiedResult[];

  beforeEach(() => {
    tab = new OtherTab();
    received = [];
    listening = new AbortController();
    listenForResults((message) => received.push(message), listening.signal);
  });

  afterEach(() => {
    listening.abort();
    tab.close();
  });

  it("carries a verified result", async () => {
    announceResult(result);
    await tab.settled();
    expect(received).to.deep.equal([result]);
  });

  it("is closed when the signal aborts, and not opened when it already has", async () => {
    listening.abort();
    listenForResults((message) => received.push(message), listening.signal);
    announceResult(result);
    await tab.settled();
    expect(received).to.deep.equal([]);
  });

  it("ignores messages of another shape", async () => {
    const channel = new BroadcastChannel("dintero-checkout");
    const sound = { type: "result", ...result };
    for (const message of [
      null,
      undefined,
      "paid",
      7,
      [],
      {},
      new Map(),
      result,
      { ...sound, type: "error" },
      { ...sound, status: "pending" },
      { ...sound, status: "PAID" },
      { ...sound, status: ["paid"] },
      { ...sound, sessionId: undefined },
      { ...sound, sessionId: "" },
      { ...sound, sessionId: 1 },
      { ...sound, sessionId: "x".repeat(257) },
      { ...sound, transactionId: {} },
      { ...sound, merchantReference: ["order-1"] },
      { ...sound, sessionId: null, merchantReference: null },
    ]) {
      channel.postMessage(message);
    }
    channel.postMessage({ ...sound, sessionId: null, extra: "<b>" });
    channel.close();
    await tab.settled();
    expect(received).to.deep.equal([{ ...result, sessionId: null }]);
  });

  it("does nothing without BroadcastChannel, or when it is forbidden", async () => {
    const real = window.BroadcastChannel;
    for (const none of [
      undefined,
      class {
        constructor() {
          throw new DOMException("Opaque origin.", "SecurityError");
        }
      },
    ]) {
      window.BroadcastChannel = none as unknown as typeof BroadcastChannel;
      announceResult(result);
      listenForResults(() => {}, new AbortController().signal);
    }
    window.BroadcastChannel = real;
    await tab.settled();
    expect(received).to.deep.equal([]);
  });
});
