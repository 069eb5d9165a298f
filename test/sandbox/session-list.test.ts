import { describe, expect, test } from "vitest";
import { createSandbox, pay } from "../../src/sandbox/index.ts";
import { merchant, order, session } from "./merchant.ts";

async function two() {
  let now = Date.parse("2026-01-01T12:00:00Z");
  const sandbox = createSandbox({ now: () => now });
  const call = await merchant(sandbox);
  const create = async (reference: string, more = {}, headers = {}) => {
    const body = { ...session, order: { ...order, merchant_reference: reference, ...more } };
    return (await call("POST", "/sessions-profile", body, headers)).body.id as string;
  };
  const paid = await create("cart-1", { store: { id: "oslo" } });
  const { id: transaction } = await pay(sandbox.sessions.get(paid)!);
  now += 60_000;
  const open = await create(
    "cart-2",
    { merchant_reference_2: "2", billing_address: { first_name: "Ola", last_name: "Nordmann" } },
    { "Dintero-System-Plugin-Name": "Shop.Plugin" },
  );
  const names = { [paid]: "paid", [open]: "open" };
  const list = async (query: string) => {
    const { status, body } = await call("GET", `/sessions${query}`);
    return status === 200 ? body.map(({ id }: { id: string }) => names[id]) : body.error.code;
  };
  return { call, list, paid, open, transaction };
}
type Two = Awaited<ReturnType<typeof two>>;

describe("GET /sessions", () => {
  test("answers an array of sessions, newest first, a page at a time", async () => {
    const { list, open } = await two();
    expect(await list("")).toEqual(["open", "paid"]);
    expect(await list("?limit=1")).toEqual(["open"]);
    expect(await list(`?starting_after=${open}`)).toEqual(["paid"]);
  });

  test.each([
    ["search by reference", () => "?search=cart-2", ["open"]],
    ["search by the second reference", () => "?search=2", ["open"]],
    ["search by name", () => "?search=ola+nordmann", ["open"]],
    ["id", ({ paid }: Two) => `?id=${paid}`, ["paid"]],
    ["transaction_id", ({ transaction }: Two) => `?transaction_id=${transaction}`, ["paid"]],
    ["store_id, which may repeat", () => "?store_id=oslo&store_id=bergen", ["paid"]],
    ["created_at.gte", () => "?created_at.gte=2026-01-01T12:01:00Z", ["open"]],
    ["created_at.lte", () => "?created_at.lte=2026-01-01T12:00:00Z", ["paid"]],
    ["payment_operation", () => "?payment_operation=recurring_purchase", []],
    [
      "initiating_system.dintero_system_plugin_name",
      () => "?initiating_system.dintero_system_plugin_name=Shop.Plugin",
      ["open"],
    ],
    ["a time that is none", () => "?created_at.gte=today", "invalid_query"],
    ["a filter that is not documented", () => "?colour=red", "invalid_query"],
  ])("sessions are filtered by %s", async (_, query, expected) => {
    const given = await two();
    expect(await given.list(query(given))).toEqual(expected);
  });

  test("another account's sessions are not listed", async () => {
    const sandbox = createSandbox();
    await (
      await merchant(sandbox)
    )("POST", "/sessions-profile", session);
    const other = await merchant(sandbox, "P00000000");
    expect((await other("GET", "/sessions")).body).toEqual([]);
  });
});

describe("below the account", () => {
  test("the payment calls answer at /accounts/{account}/payments as well", async () => {
    const sandbox = createSandbox();
    const call = await merchant(sandbox);
    const base = "/accounts/T12345678/payments";
    const { id } = (await call("POST", `${base}/sessions-profile`, session)).body;
    const transaction = await pay(sandbox.sessions.get(id)!);
    expect((await call("GET", `${base}/sessions/${id}`)).body.id).toBe(id);
    expect((await call("GET", `${base}/transactions/${transaction.id}`)).body.status).toBe("AUTHORIZED");
    const captured = await call("POST", `${base}/transactions/${transaction.id}/capture`, { amount: 29990 });
    expect(captured.body.status).toBe("CAPTURED");
    expect((await call("GET", `${base}/card-tokens`)).body).toEqual([]);
    expect((await call("GET", `${base}/admin/session/profiles/default`)).status).toBe(200);
  });

  test("a token of another account is refused with 403", async () => {
    const call = await merchant(createSandbox());
    expect((await call("GET", "/accounts/P00000000/payments/sessions")).status).toBe(403);
  });
});
