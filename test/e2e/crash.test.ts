import { rm } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import { RunningShop, startSandbox, type Program } from "./shop.ts";

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Sends the requests of a browser: adds a T-shirt to a cart and opens the checkout. Returns the session's id. */
async function openCheckout({ url }: RunningShop): Promise<string> {
  const headers = { origin: url };
  const body = new URLSearchParams({ product: "blue-t-shirt" });
  const added = await fetch(`${url}/cart`, { method: "POST", body, headers, redirect: "manual" });
  const cookie = added.headers.get("set-cookie")?.split(";")[0] ?? "";
  const answer = await fetch(`${url}/api/checkout`, {
    method: "POST",
    body: "{}",
    headers: { ...headers, cookie, "content-type": "application/json" },
  });
  return ((await answer.json()) as { id: string }).id;
}

// Four starts and fifty payments.
test("when the shop is killed during fifty payments and callbacks, each order is paid exactly once in the end", async () => {
  const sandbox: { program: Program; env: Record<string, string> } = await startSandbox();
  ends.push(() => sandbox.program.end());
  let shop = await RunningShop.start(sandbox.env);
  const { folder, url } = shop;
  ends.push(
    () => shop.kill(),
    () => rm(folder, { recursive: true, force: true }),
  );
  const sessions: string[] = [];
  for (let count = 0; count < 50; count++) sessions.push(await openCheckout(shop));
  expect(new Set(sessions).size).toBe(50);

  // Three crashes, each during payments and callbacks.
  const payments = sessions.map(async (id, index) => {
    await new Promise((resolve) => setImmediate(resolve));
    return shop.control(`/sessions/${id}/pay`, { index });
  });
  for (const paid of [5, 15, 30]) {
    await expect
      .poll(() => count(shop, "paid"), { interval: 5, timeout: 120_000 })
      .toBeGreaterThanOrEqual(paid);
    await shop.kill("SIGKILL");
    shop = await RunningShop.start({ ...sandbox.env, PORT: new URL(url).port }, folder);
  }
  await Promise.all(payments);
  // Callbacks that failed while the shop was down are still to be delivered.
  await shop.control("/deliveries/hurry", {});
  await expect.poll(() => count(shop, "paid"), { timeout: 120_000 }).toBe(50);

  const atDintero = new Map(
    (await shop.payments()).map(({ session, transaction }) => [session.id, transaction]),
  );
  for (const order of shop.orders()) {
    const transaction = atDintero.get(order.sessions[0]!.id);
    expect(order).toMatchObject({ status: "paid", transactionId: transaction?.id, extras: [] });
    expect(order.sessions).toHaveLength(1);
    expect(order.history.filter(({ text }) => text.startsWith("Paid"))).toHaveLength(1);
    expect(transaction?.status).toBe("AUTHORIZED");
  }
  expect(new Set(shop.orders().map(({ transactionId }) => transactionId)).size).toBe(50);
}, 400_000);

function count(shop: RunningShop, status: string): number {
  return shop.orders().filter((order) => order.status === status).length;
}
