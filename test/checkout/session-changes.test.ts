// dintero-session says what differs from the session that was shown before.
import { expect } from "@open-wc/testing";
import type { Session, SessionChange } from "../../src/index.ts";
import { clear, mountFake, nextEvent } from "../support/checkout.ts";

const order = {
  amount: 10000,
  currency: "NOK",
  items: [{ id: "shirt", line_id: "1", quantity: 1, amount: 10000 }],
  shipping_address: { postal_code: "0150", country: "NO" },
  discount_codes: [],
};

const rows: readonly (readonly [what: string, update: Record<string, unknown>, changes: SessionChange[]])[] =
  [
    ["nothing", {}, []],
    ["only the order of the fields", { shipping_address: { country: "NO", postal_code: "0150" } }, []],
    ["an empty field left out", { discount_codes: undefined, shipping_option: null }, []],
    ["the currency, which is not in the list", { currency: "SEK" }, []],
    ["the amount", { amount: 9000 }, ["amount"]],
    ["an item's quantity", { items: [{ ...order.items[0], quantity: 2 }] }, ["items"]],
    ["an item more", { items: [...order.items, { id: "socks", line_id: "2" }] }, ["items"]],
    ["the address", { shipping_address: { postal_code: "5003", country: "NO" } }, ["shipping_address"]],
    ["a first billing address", { billing_address: { country: "NO" } }, ["billing_address"]],
    [
      "a shipping option, and the amount with it",
      { amount: 19900, shipping_option: { id: "post", amount: 9900 } },
      ["amount", "shipping_option"],
    ],
    ["a discount code", { discount_codes: ["SUMMER"] }, ["discount_codes"]],
  ];

describe("what has changed in a session", () => {
  afterEach(clear);

  for (const [what, update, changes] of rows) {
    it(`${what}: [${changes.join(", ")}]`, async () => {
      const { element, page } = await mountFake();
      const loaded = nextEvent(element, "dintero-session");
      page.send({ type: "SessionLoaded", session: { id: "one", order } });
      expect((await loaded).changes).to.deep.equal([]);
      const updated = nextEvent(element, "dintero-session");
      page.send({ type: "SessionUpdated", session: { id: "one", order: { ...order, ...update } } });
      expect((await updated).changes).to.deep.equal(changes);
    });
  }

  it("is nothing for the first of another session", async () => {
    const { element, page } = await mountFake();
    const first = nextEvent(element, "dintero-session");
    page.send({ type: "SessionLoaded", session: { id: "one", order } });
    await first;
    element.sessionId = "T12345678.another";
    await element.updateComplete;
    await page.opened();
    const second = nextEvent(element, "dintero-session");
    page.send({ type: "SessionLoaded", session: { id: "another", order: { ...order, amount: 1 } } });
    expect((await second).changes).to.deep.equal([]);
  });

  it("counts a value as changed that is nested without end", async () => {
    const { element, page } = await mountFake();
    const endless: Record<string, unknown> = {};
    endless["self"] = endless;
    const session = { id: "one", order: { ...order, items: [endless] } } as unknown as Session;
    const loaded = nextEvent(element, "dintero-session");
    page.send({ type: "SessionLoaded", session });
    await loaded;
    const updated = nextEvent(element, "dintero-session");
    page.send({ type: "SessionUpdated", session });
    expect((await updated).changes).to.deep.equal(["items"]);
  });
});
