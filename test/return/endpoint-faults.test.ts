import { expect } from "@open-wc/testing";
import { merchantUrl, requests } from "../support/env.ts";
import { answer, arriveWith, claim, Clock, leave, open, OtherTab, shown, ResultLog } from "./support.ts";

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

  describe("an endpoint in trouble", () => {
    const troubles: [string, Record<string, string | number>][] = [
      ["is down", { status: 503 }],
      ["does not have the transaction yet", { status: 404 }],
      ["answers a page instead of JSON", { body: "html" }],
      ["answers nothing", { body: "empty" }],
      ["answers an unknown status", { answer: JSON.stringify(answer("PAID")) }],
      ["answers a number", { answer: "7" }],
      ["answers null", { answer: "null" }],
      [
        "answers about another order",
        { answer: JSON.stringify(answer("paid", { merchantReference: "order-2" })) },
      ],
      ["answers without an order", { answer: JSON.stringify(answer("paid", { merchantReference: null })) }],
      [
        "answers about another transaction",
        { answer: JSON.stringify(answer("paid", { transactionId: "other" })) },
      ],
    ];
    for (const [trouble, steer] of troubles) {
      it(`that ${trouble} never counts as paid, and is requested again`, async () => {
        arriveWith(claim);
        const endpoint = merchantUrl("status", steer);
        const element = await open({ endpoint });
        await clock.pass();
        await clock.paused();
        clock.expire(120_000);
        expect(await shown(element, "Check again")).to.contain("We have no answer yet");
        expect(results.statuses).to.deep.equal(["pending"]);
        expect(await tab.settled()).to.deep.equal([]);
        expect((await requests(endpoint)).length).to.equal(2);
        expect(location.search, "nothing is final").to.contain("transaction_id");
      });
    }

    for (const status of [400, 401, 403]) {
      it(`that refuses with ${status} is not requested again`, async () => {
        arriveWith({ ...claim, transaction_id: "forged" });
        const endpoint = merchantUrl("status", { status });
        const element = await open({ endpoint });
        await shown(element, "Check again");
        expect(results.statuses).to.deep.equal(["pending"]);
        expect((await requests(endpoint)).length).to.equal(1);
      });
    }

    it("that never answers times out after 15 seconds and is requested again", async () => {
      arriveWith(claim);
      const endpoint = merchantUrl("status", { hang: 1 });
      const element = await open({ endpoint });
      await shown(element, "Waiting for confirmation");
      while ((await requests(endpoint)).length === 0);
      clock.expire(15_000);
      await clock.paused();
      expect((await requests(endpoint)).length).to.equal(1);
      clock.expire(120_000);
      await shown(element, "Check again");
    });

    it("that has no valid address is named in the console, and the shopper sees a panel", async () => {
      arriveWith(claim);
      const logged: unknown[] = [];
      const { error } = console;
      console.error = (text) => logged.push(text);
      const element = await open({ endpoint: "http://" });
      await shown(element, "Check again");
      console.error = error;
      expect(logged).to.deep.equal(['<dintero-return> endpoint="http://" is not a valid address.']);
    });
  });
});
