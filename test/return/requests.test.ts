import { expect } from "@open-wc/testing";
import type { ResultEvent } from "../../src/return/result-event.ts";
import { requests } from "../support/env.ts";
import {
  answer,
  arriveWith,
  claim,
  Clock,
  endpointOf,
  leave,
  next,
  open,
  OtherTab,
  shown,
  ResultLog,
} from "./support.ts";

describe("<dintero-return>", () => {
  let results: ResultLog;
  let tab: OtherTab;
  let clock: Clock;

  beforeEach(() => {
    results = new ResultLog();
    tab = new OtherTab();
    clock = new Clock();
  });

  afterEach(() => {
    clock.restore();
    results.stop();
    tab.close();
    leave();
  });

  describe("requests to the endpoint", () => {
    it("requests the status of the address's transaction and reference, and shows it", async () => {
      arriveWith(claim);
      const endpoint = endpointOf(answer("paid"));
      const element = await open({ endpoint });
      const event = (await next(element, "dintero-result")) as ResultEvent;
      const { status, verified, transactionId, merchantReference } = event;
      expect({ status, verified, transactionId, merchantReference }).to.deep.equal({
        status: "paid",
        verified: true,
        transactionId: "T00000001.tx",
        merchantReference: "order-1",
      });
      expect(element.result).to.deep.equal({ status, verified, transactionId, merchantReference });
      expect(await shown(element, "Payment received")).to.equal("Payment received Thank you for your order.");
      expect(element.matches(":state(paid)")).to.equal(true);
      const [request, ...more] = await requests(endpoint);
      expect(more).to.deep.equal([]);
      expect(request!.method).to.equal("GET");
      const query = new URL(request!.url, location.href).searchParams;
      expect(query.get("transaction_id")).to.equal("T00000001.tx");
      expect(query.get("merchant_reference")).to.equal("order-1");
    });

    it("lets the event bubble out of shadow roots, and the event is not cancelable", async () => {
      arriveWith(claim);
      await open({ endpoint: endpointOf(answer("paid")) });
      const event = await next(document, "dintero-result");
      expect(event.composed).to.equal(true);
      expect(event.cancelable).to.equal(false);
    });

    for (const status of ["failed", "cancelled"]) {
      it(`shows ${status} when the endpoint answers so`, async () => {
        arriveWith({ ...claim, error: "authorization" });
        const element = await open({ endpoint: endpointOf(answer(status)), "retry-href": "/cart" });
        await next(element, "dintero-result");
        expect(element.matches(`:state(${status})`)).to.equal(true);
        await shown(element, "Back to cart");
        expect(element.shadowRoot!.querySelector("a")!.href).to.equal(new URL("/cart", location.href).href);
      });
    }

    it("polls with pauses from half a second to five while it is pending", async () => {
      arriveWith(claim);
      const pending = Array.from({ length: 9 }, () => answer("pending"));
      const element = await open({ endpoint: endpointOf(...pending, answer("paid")) });
      const paid = next(element, "dintero-result");
      for (let round = 0; round < 9; round++) await clock.pass();
      await paid;
      expect(results.statuses).to.deep.equal(["paid"]);
      expect(clock.pauses[0]).to.equal(500);
      expect(clock.pauses).to.deep.equal([...clock.pauses].sort((a, b) => a - b));
      expect(clock.pauses.at(-1)).to.equal(5000);
    });

    it("reports pending once after two minutes, and requests again when the button is clicked", async () => {
      arriveWith(claim);
      const endpoint = endpointOf(answer("pending"), answer("pending"), answer("pending"), answer("paid"));
      const element = await open({ endpoint });
      expect(await shown(element, "Waiting for confirmation")).not.to.contain("Check again");
      await clock.paused();
      clock.expire(120_000);
      expect(await shown(element, "Check again")).to.contain("We have no answer yet");
      expect(results.statuses).to.deep.equal(["pending"]);
      expect(results.events[0]!.verified).to.equal(false);
      expect(element.matches(":state(pending)")).to.equal(true);

      const button = element.shadowRoot!.querySelector("button")!;
      button.focus();
      button.click();
      await element.updateComplete;
      expect(element.shadowRoot!.querySelector("button")).to.equal(null);
      expect(element.shadowRoot!.activeElement!.getAttribute("part")).to.equal("message");
      await clock.pass(); // left over from the first round
      await clock.paused();
      clock.expire(120_000);
      await shown(element, "Check again");
      expect(results.statuses, "pending is dispatched once").to.deep.equal(["pending"]);
      expect(element.shadowRoot!.activeElement!.getAttribute("part")).to.equal("message");

      element.shadowRoot!.querySelector("button")!.click();
      await clock.pass();
      await clock.pass();
      await shown(element, "Payment received");
      expect(results.statuses).to.deep.equal(["pending", "paid"]);
    });

    it("shows that it is on hold, keeps polling, and dispatches when that changes", async () => {
      arriveWith(claim);
      const element = await open({
        endpoint: endpointOf(answer("on-hold"), answer("on-hold"), answer("paid")),
      });
      await shown(element, "The payment is being reviewed");
      expect(element.matches(":state(on-hold)")).to.equal(true);
      expect(location.search, "it is not final").to.contain("transaction_id");
      await clock.pass();
      await clock.pass();
      await shown(element, "Payment received");
      expect(results.statuses).to.deep.equal(["on-hold", "paid"]);
      expect((await tab.settled()).map(({ status }) => status)).to.deep.equal(["on-hold", "paid"]);
      expect(location.search).not.to.contain("transaction_id");
    });

    it("offers to check again when it stays on hold, and dispatches nothing more", async () => {
      arriveWith(claim);
      const element = await open({ endpoint: endpointOf(answer("on-hold")) });
      await clock.paused();
      clock.expire(120_000);
      await shown(element, "Check again");
      expect(element.matches(":state(on-hold)")).to.equal(true);
      expect(results.statuses).to.deep.equal(["on-hold"]);
    });
  });

  it("sends the other tabs a result without a session too: they know it by its reference", async () => {
    arriveWith(claim);
    await next(await open({ endpoint: endpointOf(answer("paid", { sessionId: "" })) }), "dintero-result");
    const [result] = await tab.settled();
    expect(result).to.include({ status: "paid", sessionId: null, merchantReference: "order-1" });
  });

  it("sends the other tabs what the endpoint confirmed, with the session", async () => {
    arriveWith(claim);
    await next(await open({ endpoint: endpointOf(answer("cancelled")) }), "dintero-result");
    expect(await tab.settled()).to.deep.equal([
      {
        type: "result",
        status: "cancelled",
        sessionId: "T00000001.session",
        merchantReference: "order-1",
        transactionId: "T00000001.tx",
      },
    ]);
  });
});
