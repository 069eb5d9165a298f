// A page that the browser prerenders may never be visited: no request is sent to the endpoint before it is.
import { expect } from "@open-wc/testing";
import { requests } from "../support/env.ts";
import { answer, arriveWith, claim, endpointOf, leave, next, open, OtherTab, ResultLog } from "./support.ts";

function visit(): void {
  Reflect.deleteProperty(document, "prerendering");
  document.dispatchEvent(new Event("prerenderingchange"));
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve));
  await fetch("/support/env.json");
}

describe("<dintero-return> on a page that is prerendered", () => {
  let results: ResultLog;
  beforeEach(() => {
    results = new ResultLog();
    Object.defineProperty(document, "prerendering", { value: true, configurable: true });
  });
  afterEach(() => {
    Reflect.deleteProperty(document, "prerendering");
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
