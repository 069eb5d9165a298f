import { describe, expect, test } from "vitest";
import { createOrder, createSandbox, decline, pay } from "../../src/sandbox/index.ts";
import { merchant, order, type Body } from "./merchant.ts";

/** Three transactions, a minute apart: a card in NOK, Swish in SEK, a card that was declined. */
async function three() {
  let now = Date.parse("2026-01-01T12:00:00Z");
  const sandbox = createSandbox({ now: () => now });
  const call = await merchant(sandbox);
  const create = (fields: object) =>
    createOrder(sandbox, { order: { ...order, ...fields }, customer: { customer_id: "c-1" } });
  const address = { first_name: "Ola", last_name: "Nordmann", phone_number: "+4740000000" };
  const card = await pay(
    await create({ merchant_reference: "a", store: { id: "oslo" }, billing_address: address }),
  );
  now += 60_000;
  const swish = await pay(
    await create({ merchant_reference: "b", currency: "SEK", merchant_reference_2: "B2" }),
    {
      payment_product_type: "swish.swish",
    },
  );
  now += 60_000;
  const declined = await decline(await create({ merchant_reference: "c" }));
  const names = new Map([
    [card.id, "card"],
    [swish.id, "swish"],
    [declined.id, "declined"],
  ]);
  const list = async (query: string) => {
    const { status, body } = await call("GET", `/transactions${query}`);
    return status === 200 ? (body as Body[]).map(({ id }) => names.get(id as string)) : (body as Body);
  };
  return { sandbox, list, call, card, swish, declined };
}

describe("GET /transactions", () => {
  test("answers an array, newest first", async () => {
    const { list } = await three();
    expect(await list("")).toEqual(["declined", "swish", "card"]);
  });

  test.each([
    ["id", (t: Three) => `?id=${t.card.id}`, ["card"]],
    ["session_id", (t: Three) => `?session_id=${t.swish.session_id}`, ["swish"]],
    ["status, which may repeat", () => "?status=AUTHORIZED&status=DECLINED", ["declined", "card"]],
    ["payment_product", () => "?payment_product=swish", ["swish"]],
    ["payment_product_type", () => "?payment_product_type=dintero_psp.creditcard", ["declined", "card"]],
    ["card_brand", () => "?card_brand=Visa", ["declined", "card"]],
    ["store_id", () => "?store_id=oslo", ["card"]],
    ["currency", () => "?currency=SEK", ["swish"]],
    ["merchant_reference", () => "?merchant_reference=a", ["card"]],
    ["merchant_reference_2", () => "?merchant_reference_2=B2", ["swish"]],
    ["customer_id", () => "?customer_id=c-1&currency=SEK", ["swish"]],
    ["amount", () => "?amount=29990&merchant_reference=c", ["declined"]],
    ["amount.gte and amount.lte", () => "?amount.gte=29991", []],
    ["amount.lte", () => "?amount.lte=29990&limit=1", ["declined"]],
    ["created_at.gte", () => "?created_at.gte=2026-01-01T12:01:00Z", ["declined", "swish"]],
    ["created_at.lte", () => "?created_at.lte=2026-01-01T12:00:00Z", ["card"]],
    ["captured_at.gte", () => "?captured_at.gte=2026-01-01T12:00:00Z", ["swish"]],
    ["refunded_at.lte", () => "?refunded_at.lte=2027-01-01T12:00:00Z", []],
    ["search by reference", () => "?search=b2", ["swish"]],
    ["search by name", () => "?search=ola+nordmann", ["card"]],
    ["search by phone", () => `?search=${encodeURIComponent("+4740000000")}`, ["card"]],
  ] as [string, (t: Three) => string, string[]][])("filters by %s", async (_, query, found) => {
    const opened = await three();
    expect(await opened.list(query(opened))).toEqual(found);
  });

  test("pages have a limit, and start after a given transaction", async () => {
    const { list, declined, swish } = await three();
    expect(await list("?limit=2")).toEqual(["declined", "swish"]);
    expect(await list(`?limit=2&starting_after=${declined.id}`)).toEqual(["swish", "card"]);
    expect(await list(`?starting_after=${swish.id}`)).toEqual(["card"]);
  });

  test("a page has ten transactions without a limit", async () => {
    const sandbox = createSandbox();
    const call = await merchant(sandbox);
    for (let i = 0; i < 11; i++) await pay(await createOrder(sandbox));
    expect((await call("GET", "/transactions")).body).toHaveLength(10);
    expect((await call("GET", "/transactions?limit=100")).body).toHaveLength(11);
  });

  test.each([
    ["?limit=0", "from 1 to 100"],
    ["?limit=101", "from 1 to 100"],
    ["?limit=ten", "from 1 to 100"],
    ["?starting_after=T12345678.unknown", "starting_after"],
    ["?created_at.gte=yesterday", "created_at.gte must be a time"],
    ["?amount.gte=much", "amount.gte must be a whole number"],
    ["?colour=blue", "There is no filter colour"],
  ])("%s is refused with 400", async (query, message) => {
    const { list } = await three();
    expect(((await list(query)) as Body).error.message).toContain(message);
  });

  test("transactions of another account are not listed", async () => {
    const { sandbox } = await three();
    const other = await merchant(sandbox, "P00000000");
    expect((await other("GET", "/transactions")).body).toEqual([]);
  });
});

type Three = Awaited<ReturnType<typeof three>>;
