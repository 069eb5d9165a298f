// An answer about another transaction or order does not count, whatever type its ids have.
import { expect } from "@open-wc/testing";
import { answer, arriveWith, claim, Clock, endpointOf, leave, next, open, ResultLog } from "./support.ts";

describe("<dintero-return>, answers about something else", () => {
  let clock: Clock;
  let results: ResultLog;
  beforeEach(() => {
    clock = new Clock();
    results = new ResultLog();
  });
  afterEach(() => {
    clock.restore();
    results.stop();
    leave();
  });

  for (const field of ["transactionId", "merchantReference"]) {
    for (const value of ["another", 7, null, true, ["order-1"], {}]) {
      it(`${field} ${JSON.stringify(value)}: paid is not trusted, and the next answer counts`, async () => {
        arriveWith(claim);
        const endpoint = endpointOf(answer("paid", { [field]: value }), answer("failed"));
        const element = await open({ endpoint });
        const result = next(element, "dintero-result");
        await clock.pass();
        await result;
        expect(results.statuses).to.deep.equal(["failed"]);
        expect(element.result).to.include({ status: "failed", verified: true });
      });
    }
  }
});
