// A page that the browser prerenders may never be visited: no request is sent to the endpoint before it is.
import { expect } from "@open-wc/testing";
import { requests } from "../support/env.ts";
import { endPrerendering, prerender, settled, visit } from "../support/prerendering.ts";
import { answer, arriveWith, claim, endpointOf, leave, next, open, OtherTab, ResultLog } from "./support.ts";

describe("<dintero-return> on a page that is prerendered", () => {
  let results: ResultLog;
  beforeEach(() => {
    results = new ResultLog();
    prerender();
  });
  afterEach(() => {
    endPrerendering();
    results.stop();
    leave();
  });

  it("sends its request at the visit, and not before", async () => {
    arriveWith(claim);
    const endpoint = endpointOf(answer("paid"));
    const tab = new OtherTab();
    const element = await open({ endpoint });
    await settled();
    expect(await requests(endpoint)).to.deep.equal([]);
    expect(results.statuses).to.deep.equal([]);
    const result = next(element, "dintero-result");
    visit();
    await result;
    expect(results.statuses).to.deep.equal(["paid"]);
    expect(await requests(endpoint)).to.have.length(1);
    expect(await tab.settled()).to.have.length(1);
    tab.close();
  });

  it("keeps the address and dispatches nothing before the visit", async () => {
    arriveWith({ error: "cancelled", merchant_reference: "order-1" });
    const element = await open();
    await settled();
    expect(results.statuses).to.deep.equal([]);
    expect(location.search).to.contain("error=cancelled");
    const result = next(element, "dintero-result");
    visit();
    await result;
    expect(results.statuses).to.deep.equal(["cancelled"]);
  });
});
