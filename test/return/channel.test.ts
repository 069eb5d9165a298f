import { expect } from "@open-wc/testing";
import { announceResult, listenForResults, type VerifiedResult } from "../../src/shared/result-channel.ts";
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
  let heard: VerifiedResult[];

  beforeEach(() => {
    tab = new OtherTab();
    heard = [];
    listening = new AbortController();
    listenForResults((said) => heard.push(said), listening.signal);
  });

  afterEach(() => {
    listening.abort();
    tab.close();
  });

  it("carries a verified result", async () => {
    announceResult(result);
    await tab.settled();
    expect(heard).to.deep.equal([result]);
  });

  it("is left when the signal aborts, and not joined when it has", async () => {
    listening.abort();
    listenForResults((said) => heard.push(said), listening.signal);
    announceResult(result);
    await tab.settled();
    expect(heard).to.deep.equal([]);
  });

  it("hands on nothing of another shape", async () => {
    const channel = new BroadcastChannel("dintero-checkout");
    const sound = { type: "result", ...result };
    for (const said of [
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
      channel.postMessage(said);
    }
    channel.postMessage({ ...sound, sessionId: null, extra: "<b>" });
    channel.close();
    await tab.settled();
    expect(heard).to.deep.equal([{ ...result, sessionId: null }]);
  });

  it("does nothing where there is no BroadcastChannel, or where it is forbidden", async () => {
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
    expect(heard).to.deep.equal([]);
  });
});
