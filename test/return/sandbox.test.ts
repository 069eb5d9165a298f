import { expect } from "@open-wc/testing";
import { merchantUrl, sandboxUrl } from "../support/env.ts";
import { mount, reached, record } from "../support/checkout.ts";
import { arriveWith, Clock, leave, open, OtherTab, shown, ResultLog } from "./support.ts";

// The companion's real status handler in front of the sandbox, as in a shop.
describe("<dintero-return> with a real server", () => {
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
    for (const checkout of document.querySelectorAll("dintero-checkout")) checkout.remove();
  });

  /** Creates a session at the shop's server. */
  async function session(): Promise<string> {
    const answer = await fetch(merchantUrl("session"), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    return ((await answer.json()) as { id: string }).id;
  }

  /** Runs `action` on the session, and resolves with the parameters of the return url. */
  async function perform(id: string, action: string, body: unknown = {}): Promise<Record<string, string>> {
    const answer = await fetch(`${sandboxUrl()}/_sandbox/sessions/${id}/${action}`, {
      method: "POST",
      body: JSON.stringify(body),
    });
    const { outcome } = (await answer.json()) as { outcome: { href: string } };
    return Object.fromEntries(new URL(outcome.href).searchParams);
  }

  const endpoint = () => merchantUrl("status");

  it("shows a payment as paid and sends the other tabs the session id", async () => {
    const id = await session();
    const claim = await perform(id, "pay");
    arriveWith(claim);
    await shown(await open({ endpoint: endpoint() }), "Payment received");
    const [{ verified, transactionId, merchantReference }] = results.events as [(typeof results.events)[0]];
    expect(verified).to.equal(true);
    const [result] = await tab.settled();
    expect(result).to.deep.include({ status: "paid", sessionId: id, transactionId, merchantReference });
  });

  it("shows a payment on hold, and its result later", async () => {
    const id = await session();
    arriveWith(await perform(id, "hold"));
    const element = await open({ endpoint: endpoint() });
    await shown(element, "The payment is being reviewed");
    await clock.paused();
    await perform(id, "release", { status: "AUTHORIZED" });
    await clock.pass();
    await shown(element, "Payment received");
    expect(results.statuses).to.deep.equal(["on-hold", "paid"]);
  });

  it("shows a payment that was declined, and one that was cancelled", async () => {
    arriveWith(await perform(await session(), "pay", { outcome: "declined" }));
    await shown(await open({ endpoint: endpoint() }), "The payment was not approved");
    leave();
    arriveWith(await perform(await session(), "cancel"));
    await shown(await open({ endpoint: endpoint() }), "The payment was cancelled");
    expect(results.statuses).to.deep.equal(["failed", "cancelled"]);
  });

  it("never shows a forged transaction as paid", async () => {
    const claim = await perform(await session(), "pay");
    const [paid, unpaid] = [claim["transaction_id"]!, "order-of-mine"];
    for (const forged of [
      { transaction_id: "T12345678.forged", merchant_reference: unpaid },
      { transaction_id: "P12345678.forged", merchant_reference: unpaid },
      { transaction_id: paid, merchant_reference: unpaid },
      { transaction_id: "../../x", merchant_reference: unpaid },
      { transaction_id: "<b>", merchant_reference: unpaid },
    ]) {
      leave();
      arriveWith(forged);
      const element = await open({ endpoint: endpoint() });
      await Promise.race([clock.paused(), shown(element, "Check again")]);
      clock.expire(120_000);
      await shown(element, "Check again");
      element.remove();
    }
    expect(new Set(results.statuses)).to.deep.equal(new Set(["pending"]));
    expect(await tab.settled()).to.deep.equal([]);
  });

  it("finishes a <dintero-checkout> of the same session in another tab, once, and leaves others alone", async () => {
    clock.restore();
    const [mine, other] = [await session(), await session()];
    const [first, stranger] = [mine, other].map((sessionId) =>
      mount({ sessionId, checkoutUrl: sandboxUrl() }),
    ) as [ReturnType<typeof mount>, ReturnType<typeof mount>];
    await Promise.all([reached(first, "ready"), reached(stranger, "ready")]);
    const events = record(first);
    // registered before the payment: the element's own frame may report it at once
    const stay = new Promise<void>((resolve) =>
      first.addEventListener("dintero-payment", (event) => (event.preventDefault(), resolve()), {
        once: true,
      }),
    );
    const claim = await perform(mine, "pay");
    arriveWith(claim);
    await shown(await open({ endpoint: endpoint() }), "Payment received");
    await stay;
    await reached(first, "paid");
    await tab.settled();
    expect(events.filter(({ type }) => type === "dintero-payment").length).to.equal(1);
    expect(results.statuses).to.deep.equal(["paid"]);
    expect(stranger.state).to.equal("ready");
  });
});
