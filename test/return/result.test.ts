import { expect } from "@open-wc/testing";
import type { ResultEvent } from "../../src/result-event.ts";
import { merchantUrl, requests } from "../support/env.ts";
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
  Told,
} from "./support.ts";

describe("<dintero-return>", () => {
  let told: Told;
  let tab: OtherTab;
  let clock: Clock;

  beforeEach(() => {
    told = new Told();
    tab = new OtherTab();
    clock = new Clock();
  });

  afterEach(() => {
    clock.restore();
    told.stop();
    tab.close();
    leave();
  });

  describe("asking the endpoint", () => {
    it("asks for the transaction and reference of the address, and shows what it says", async () => {
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

    it("lets the event bubble out of shadow roots, and cannot be prevented", async () => {
      arriveWith(claim);
      await open({ endpoint: endpointOf(answer("paid")) });
      const event = await next(document, "dintero-result");
      expect(event.composed).to.equal(true);
      expect(event.cancelable).to.equal(false);
    });

    for (const status of ["failed", "cancelled"]) {
      it(`shows ${status} when the endpoint says so`, async () => {
        arriveWith({ ...claim, error: "authorization" });
        const element = await open({ endpoint: endpointOf(answer(status)), "retry-href": "/cart" });
        await next(element, "dintero-result");
        expect(element.matches(`:state(${status})`)).to.equal(true);
        await shown(element, "Back to cart");
        expect(element.shadowRoot!.querySelector("a")!.href).to.equal(new URL("/cart", location.href).href);
      });
    }

    it("asks again with pauses from half a second to five while it is pending", async () => {
      arriveWith(claim);
      const pending = Array.from({ length: 9 }, () => answer("pending"));
      const element = await open({ endpoint: endpointOf(...pending, answer("paid")) });
      const paid = next(element, "dintero-result");
      for (let round = 0; round < 9; round++) await clock.pass();
      await paid;
      expect(told.statuses).to.deep.equal(["paid"]);
      expect(clock.pauses[0]).to.equal(500);
      expect(clock.pauses).to.deep.equal([...clock.pauses].sort((a, b) => a - b));
      expect(clock.pauses.at(-1)).to.equal(5000);
    });

    it("says after two minutes that it does not know, once, and asks again when told to", async () => {
      arriveWith(claim);
      const endpoint = endpointOf(answer("pending"), answer("pending"), answer("pending"), answer("paid"));
      const element = await open({ endpoint });
      expect(await shown(element, "Waiting for confirmation")).not.to.contain("Check again");
      await clock.paused();
      clock.expire(120_000);
      expect(await shown(element, "Check again")).to.contain("We have no answer yet");
      expect(told.statuses).to.deep.equal(["pending"]);
      expect(told.events[0]!.verified).to.equal(false);
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
      expect(told.statuses, "pending is told once").to.deep.equal(["pending"]);
      expect(element.shadowRoot!.activeElement!.getAttribute("part")).to.equal("message");

      element.shadowRoot!.querySelector("button")!.click();
      await clock.pass();
      await clock.pass();
      await shown(element, "Payment received");
      expect(told.statuses).to.deep.equal(["pending", "paid"]);
    });

    it("shows that it is on hold, asks on, and tells when that changes", async () => {
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
      expect(told.statuses).to.deep.equal(["on-hold", "paid"]);
      expect((await tab.settled()).map(({ status }) => status)).to.deep.equal(["on-hold", "paid"]);
      expect(location.search).not.to.contain("transaction_id");
    });

    it("offers to check again when it stays on hold, and tells nothing more", async () => {
      arriveWith(claim);
      const element = await open({ endpoint: endpointOf(answer("on-hold")) });
      await clock.paused();
      clock.expire(120_000);
      await shown(element, "Check again");
      expect(element.matches(":state(on-hold)")).to.equal(true);
      expect(told.statuses).to.deep.equal(["on-hold"]);
    });
  });

  describe("an endpoint in trouble", () => {
    const troubles: [string, Record<string, string | number>][] = [
      ["is down", { status: 503 }],
      ["does not know the transaction yet", { status: 404 }],
      ["answers a page instead of JSON", { body: "html" }],
      ["answers nothing", { body: "empty" }],
      ["answers an unknown status", { answer: JSON.stringify(answer("PAID")) }],
      ["answers a number", { answer: "7" }],
      ["answers null", { answer: "null" }],
      [
        "speaks of another order",
        { answer: JSON.stringify(answer("paid", { merchantReference: "order-2" })) },
      ],
      ["speaks of no order", { answer: JSON.stringify(answer("paid", { merchantReference: null })) }],
      [
        "speaks of another transaction",
        { answer: JSON.stringify(answer("paid", { transactionId: "other" })) },
      ],
    ];
    for (const [trouble, steer] of troubles) {
      it(`that ${trouble} never makes a payment, and is asked again`, async () => {
        arriveWith(claim);
        const endpoint = merchantUrl("status", steer);
        const element = await open({ endpoint });
        await clock.pass();
        await clock.paused();
        clock.expire(120_000);
        expect(await shown(element, "Check again")).to.contain("We have no answer yet");
        expect(told.statuses).to.deep.equal(["pending"]);
        expect(await tab.settled()).to.deep.equal([]);
        expect((await requests(endpoint)).length).to.equal(2);
        expect(location.search, "nothing is final").to.contain("transaction_id");
      });
    }

    for (const status of [400, 401, 403]) {
      it(`that refuses with ${status} is not asked again`, async () => {
        arriveWith({ ...claim, transaction_id: "forged" });
        const endpoint = merchantUrl("status", { status });
        const element = await open({ endpoint });
        await shown(element, "Check again");
        expect(told.statuses).to.deep.equal(["pending"]);
        expect((await requests(endpoint)).length).to.equal(1);
      });
    }

    it("that never answers is given up after 15 seconds and asked again", async () => {
      arriveWith(claim);
      const endpoint = merchantUrl("status", { hang: 1 });
      const element = await open({ endpoint });
      await shown(element, "Waiting for confirmation");
      clock.expire(15_000);
      await clock.paused();
      expect((await requests(endpoint)).length).to.equal(1);
      clock.expire(120_000);
      await shown(element, "Check again");
    });

    it("that has no valid address is named in the console, and the shopper is told", async () => {
      arriveWith(claim);
      const said: unknown[] = [];
      const { error } = console;
      console.error = (text) => said.push(text);
      const element = await open({ endpoint: "http://" });
      await shown(element, "Check again");
      console.error = error;
      expect(said).to.deep.equal(['<dintero-return>: endpoint="http://" is no address']);
    });
  });

  describe("an address that cannot be verified", () => {
    for (const [error, status, text] of [
      ["cancelled", "cancelled", "The payment was cancelled"],
      ["authorization", "failed", "The payment was not approved"],
      ["failed", "failed", "The payment was not approved"],
      ["<img src=x onerror=alert(1)>", "failed", "The payment was not approved"],
    ] as const) {
      it(`with error=${error} and no transaction is shown at once as ${status}, and stays in this tab`, async () => {
        arriveWith({ merchant_reference: "order-1", error });
        const endpoint = endpointOf(answer("paid"));
        const element = await open({ endpoint });
        await shown(element, text);
        expect(told.statuses).to.deep.equal([status]);
        expect(element.result).to.deep.equal({
          status,
          verified: false,
          transactionId: null,
          merchantReference: "order-1",
        });
        expect(await requests(endpoint)).to.deep.equal([]);
        expect(await tab.settled()).to.deep.equal([]);
        expect(element.shadowRoot!.querySelector("img")).to.equal(null);
      });
    }

    it("without endpoint is shown as it claims, unverified, and other tabs hear nothing", async () => {
      arriveWith(claim);
      const element = await open();
      await shown(element, "Payment received");
      expect(element.result!.verified).to.equal(false);
      expect(await tab.settled()).to.deep.equal([]);
    });

    it("that claims nothing says so, without a button that could not help", async () => {
      const element = await open({ endpoint: endpointOf(answer("paid")) });
      await shown(element, "We have no answer yet");
      expect(element.shadowRoot!.querySelector("button")).to.equal(null);
      expect(told.statuses).to.deep.equal(["pending"]);
      expect(element.result).to.deep.equal({
        status: "pending",
        verified: false,
        transactionId: null,
        merchantReference: null,
      });
    });

    it("is asked about when the endpoint comes later", async () => {
      arriveWith(claim);
      const element = await open();
      await shown(element, "Payment received");
      element.endpoint = endpointOf(answer("failed"));
      await shown(element, "The payment was not approved");
      expect(told.events.map(({ status, verified }) => [status, verified])).to.deep.equal([
        ["paid", false],
        ["failed", true],
      ]);
    });
  });

  describe("after a final status", () => {
    it("takes its parameters out of the address and leaves everything else as it is", async () => {
      const state = { router: { page: 3 } };
      arriveWith({ lang: "nb & nn", ...claim, error: "failed", empty: "" }, { hash: "#thanks", state });
      const before = location.href;
      const length = history.length;
      const element = await open({ endpoint: endpointOf(answer("paid")) });
      await next(element, "dintero-result");
      expect(location.href).to.equal(
        before.replace("&transaction_id=T00000001.tx&merchant_reference=order-1&error=failed", ""),
      );
      expect(location.href).to.contain("lang=nb+%26+nn").and.to.contain("#thanks");
      expect(history.state).to.deep.equal(state);
      expect(history.length).to.equal(length);
    });

    it("leaves the address of a page alone that a router went to meanwhile", async () => {
      arriveWith(claim);
      const element = await open({ endpoint: endpointOf(answer("pending"), answer("paid")) });
      await clock.paused();
      arriveWith({ error: "of-another-page" });
      await clock.pass();
      await next(element, "dintero-result");
      expect(location.search).to.contain("error=of-another-page");
    });

    it("shows the same after a reload, asks nobody and tells nobody", async () => {
      arriveWith(claim);
      const first = await open({ endpoint: endpointOf(answer("paid")) });
      await next(first, "dintero-result");
      first.remove();
      const endpoint = endpointOf(answer("failed"));
      const second = await open({ endpoint });
      await shown(second, "Payment received");
      expect(second.result).to.deep.equal(first.result);
      expect(told.statuses).to.deep.equal(["paid"]);
      expect(await requests(endpoint)).to.deep.equal([]);
      expect((await tab.settled()).length).to.equal(1);
    });

    it("tells nobody again when the same address is opened again", async () => {
      arriveWith(claim);
      await next(await open({ endpoint: endpointOf(answer("paid")) }), "dintero-result");
      arriveWith(claim);
      const element = await open({ endpoint: endpointOf(answer("paid")) });
      await shown(element, "Payment received");
      expect(told.statuses).to.deep.equal(["paid"]);
      expect((await tab.settled()).length).to.equal(1);
      expect(location.search).not.to.contain("transaction_id");
    });

    it("tells of the next order on the same page", async () => {
      arriveWith(claim);
      await next(await open({ endpoint: endpointOf(answer("paid")) }), "dintero-result");
      arriveWith({ transaction_id: "T00000001.tx2", merchant_reference: "order-2" });
      const other = answer("failed", { transactionId: "T00000001.tx2", merchantReference: "order-2" });
      await shown(await open({ endpoint: endpointOf(other) }), "The payment was not approved");
      expect(told.statuses).to.deep.equal(["paid", "failed"]);
    });

    it("does not take the word of the last order for a forged reference", async () => {
      arriveWith(claim);
      await next(await open({ endpoint: endpointOf(answer("paid")) }), "dintero-result");
      arriveWith({ ...claim, merchant_reference: "order-2" });
      const endpoint = merchantUrl("status", { status: 400 });
      await shown(await open({ endpoint }), "We have no answer yet");
      expect((await requests(endpoint)).length).to.equal(1);
    });

    it("tells each time the shopper comes back from cancelling", async () => {
      for (let time = 0; time < 2; time++) {
        arriveWith({ merchant_reference: "order-1", error: "cancelled" });
        await shown(await open(), "The payment was cancelled");
      }
      expect(told.statuses).to.deep.equal(["cancelled", "cancelled"]);
    });

    it("works where storage is blocked, and with rubbish in it", async () => {
      const key = `dintero-return:${location.href}`;
      for (const rubbish of ["{", "null", '{"status":"<b>"}', "7"]) {
        sessionStorage.setItem(key, rubbish);
        await shown(await open(), "We have no answer yet");
      }
      const { getItem, setItem } = Storage.prototype;
      Storage.prototype.getItem = Storage.prototype.setItem = () => {
        throw new DOMException("Blocked.", "SecurityError");
      };
      arriveWith(claim);
      await shown(await open({ endpoint: endpointOf(answer("paid")) }), "Payment received");
      Object.assign(Storage.prototype, { getItem, setItem });
    });
  });

  it("tells the other tabs what the endpoint confirmed, with the session", async () => {
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
