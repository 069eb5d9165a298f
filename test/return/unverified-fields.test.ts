// Only what the endpoint answered is verified: what it leaves out is not taken from the address, which anybody can write.
import { expect } from "@open-wc/testing";
import { arriveWith, claim, endpointOf, leave, next, open, OtherTab, ResultLog } from "./support.ts";

describe("an answer that leaves fields out", () => {
  let results: ResultLog;
  let tab: OtherTab;
  beforeEach(() => {
    results = new ResultLog();
    tab = new OtherTab();
    arriveWith(claim);
  });
  afterEach(() => {
    results.stop();
    tab.close();
    leave();
  });

  const [transactionId, merchantReference] = ["T00000001.tx", "order-1"];
  const nothing = { transactionId: null, merchantReference: null };
  for (const [name, fields, expected, reachesOthers] of [
    ["a status alone", {}, nothing, false],
    ["a status and the transaction", { transactionId }, { ...nothing, transactionId }, false],
    ["an empty session id", { transactionId, sessionId: "" }, { ...nothing, transactionId }, false],
    ["a status and the session", { sessionId: "T00000001.session" }, nothing, true],
    ["a status and the reference", { merchantReference }, { ...nothing, merchantReference }, true],
  ] as const) {
    it(`${name}: ${reachesOthers ? "other tabs get that" : "other tabs get nothing"}`, async () => {
      const dispatched = next(document, "dintero-result");
      const element = await open({ endpoint: endpointOf({ status: "paid", ...fields }) });
      await dispatched;
      const result = { status: "paid", verified: true, ...expected };
      expect(element.result).to.deep.equal(result);
      expect(results.events.map(({ merchantReference }) => merchantReference)).to.deep.equal([
        expected.merchantReference,
      ]);
      const messages = await tab.settled();
      expect(messages).to.deep.equal(
        reachesOthers ? [{ type: "result", status: "paid", sessionId: null, ...expected, ...fields }] : [],
      );
    });
  }

  it("the same address opened again shows it, without a request", async () => {
    const endpoint = endpointOf({ status: "paid" });
    const dispatched = next(document, "dintero-result");
    (await open({ endpoint }), await dispatched);
    arriveWith(claim);
    const again = await open({ endpoint });
    await again.updateComplete;
    expect(again.result).to.deep.equal({ status: "paid", verified: true, ...nothing });
    expect(results.statuses).to.deep.equal(["paid"]);
  });
});
