import { expect } from "@open-wc/testing";
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
        expect(results.statuses).to.deep.equal([status]);
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

    for (const error of ["capture", "captured"]) {
      it(`with error=${error} and a transaction is authorized: nobody is invited to pay again`, async () => {
        arriveWith({ ...claim, error });
        const element = await open({ retryHref: "/cart" });
        await shown(element, "Payment received");
        expect(element.result!.status).to.equal("paid");
        expect(element.result!.verified).to.equal(false);
        expect(element.shadowRoot!.querySelector("a")).to.equal(null);
      });
    }

    it("without an endpoint is shown as it claims, unverified, and nothing is sent to other tabs", async () => {
      arriveWith(claim);
      const element = await open();
      await shown(element, "Payment received");
      expect(element.result!.verified).to.equal(false);
      expect(await tab.settled()).to.deep.equal([]);
    });

    it("without a claim is shown as pending, with no button, as checking again could not help", async () => {
      const element = await open({ endpoint: endpointOf(answer("paid")) });
      await shown(element, "We have no answer yet");
      expect(element.shadowRoot!.querySelector("button")).to.equal(null);
      expect(results.statuses).to.deep.equal(["pending"]);
      expect(element.result).to.deep.equal({
        status: "pending",
        verified: false,
        transactionId: null,
        merchantReference: null,
      });
    });

    it("is verified when the endpoint is set later", async () => {
      arriveWith(claim);
      const element = await open();
      await shown(element, "Payment received");
      element.endpoint = endpointOf(answer("failed"));
      await shown(element, "The payment was not approved");
      expect(results.events.map(({ status, verified }) => [status, verified])).to.deep.equal([
        ["paid", false],
        ["failed", true],
      ]);
    });
  });

  describe("after a final status", () => {
    it("removes its parameters from the address and leaves everything else as it is", async () => {
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

    for (const query of [
      "transaction%5Fid=T00000001.tx&merchant_reference=order-1",
      "transaction_id=T00000001.tx&merchant%5freference=order-1",
      "%74ransaction_id=T00000001.tx&%6d%65rchant_reference=order-1&%65rror=capture",
    ]) {
      it(`removes its parameters however they are spelled: ${query}`, async () => {
        arriveWith({});
        const plain = location.href;
        history.replaceState(
          null,
          "",
          `${plain}${location.search ? "&" : "?"}a%5Fb=%5F&${query}&?error=mine`,
        );
        const element = await open({ endpoint: endpointOf(answer("paid")) });
        await next(element, "dintero-result");
        expect(location.href).to.equal(`${plain}${new URL(plain).search ? "&" : "?"}a%5Fb=%5F&?error=mine`);
      });
    }

    it("does not change the address of a page that a router went to in the meantime", async () => {
      arriveWith(claim);
      const element = await open({ endpoint: endpointOf(answer("pending"), answer("paid")) });
      await clock.paused();
      arriveWith({ error: "of-another-page" });
      await clock.pass();
      await next(element, "dintero-result");
      expect(location.search).to.contain("error=of-another-page");
    });

    it("shows the same after a reload, without a request, an event or a message to other tabs", async () => {
      arriveWith(claim);
      const first = await open({ endpoint: endpointOf(answer("paid")) });
      await next(first, "dintero-result");
      first.remove();
      const endpoint = endpointOf(answer("failed"));
      const second = await open({ endpoint });
      await shown(second, "Payment received");
      expect(second.result).to.deep.equal(first.result);
      expect(results.statuses).to.deep.equal(["paid"]);
      expect(await requests(endpoint)).to.deep.equal([]);
      expect((await tab.settled()).length).to.equal(1);
    });

    it("reports nothing again when the same address is opened again", async () => {
      arriveWith(claim);
      await next(await open({ endpoint: endpointOf(answer("paid")) }), "dintero-result");
      arriveWith(claim);
      const element = await open({ endpoint: endpointOf(answer("paid")) });
      await shown(element, "Payment received");
      expect(results.statuses).to.deep.equal(["paid"]);
      expect((await tab.settled()).length).to.equal(1);
      expect(location.search).not.to.contain("transaction_id");
    });

    it("dispatches the result of the next order on the same page", async () => {
      arriveWith(claim);
      await next(await open({ endpoint: endpointOf(answer("paid")) }), "dintero-result");
      arriveWith({ transaction_id: "T00000001.tx2", merchant_reference: "order-2" });
      const other = answer("failed", { transactionId: "T00000001.tx2", merchantReference: "order-2" });
      await shown(await open({ endpoint: endpointOf(other) }), "The payment was not approved");
      expect(results.statuses).to.deep.equal(["paid", "failed"]);
    });

    it("does not use the last order's result for a forged reference", async () => {
      arriveWith(claim);
      await next(await open({ endpoint: endpointOf(answer("paid")) }), "dintero-result");
      arriveWith({ ...claim, merchant_reference: "order-2" });
      const endpoint = merchantUrl("status", { status: 400 });
      await shown(await open({ endpoint }), "We have no answer yet");
      expect((await requests(endpoint)).length).to.equal(1);
    });

    it("dispatches each time the shopper comes back from cancelling", async () => {
      for (let time = 0; time < 2; time++) {
        arriveWith({ merchant_reference: "order-1", error: "cancelled" });
        await shown(await open(), "The payment was cancelled");
      }
      expect(results.statuses).to.deep.equal(["cancelled", "cancelled"]);
    });

    it("works with blocked storage, and with invalid data in it", async () => {
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
});
