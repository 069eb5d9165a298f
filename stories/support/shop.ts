import { createDinteroClient, createSessionHandler, createStatusHandler } from "../../src/server/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import type { Scenario } from "../../src/sandbox/page/scenarios.ts";

/** A whole shop inside the page: the sandbox, and the merchant's server in front of it. */
export const sandbox = createSandbox({ account: "T00000000" });

const client = createDinteroClient({
  ...{ accountId: sandbox.accountId, clientId: sandbox.clientId, clientSecret: sandbox.clientSecret },
  ...{ apiUrl: "http://sandbox.localhost", checkoutUrl: "http://sandbox.localhost" },
  fetch: sandbox.fetch,
});

/** The address of the hosted page as static files, for `checkout-url`. */
export const checkoutUrl = new URL("sandbox", document.baseURI).href;

/** The id of a session that the static hosted page plays by itself. */
export const session = (scenario: `${Scenario}` | `${Scenario}.now`): string => `T00000000.${scenario}`;

/** What the endpoint does: create a session that plays a scenario, or fail. */
export type Plays = Scenario | "sold-out" | "broken" | "broken once" | "nothing";

/** The address of the endpoint, for `endpoint`. */
export const endpoint = (plays: Plays): string => `/api/checkout?${new URLSearchParams({ plays })}`;

const price = 29990;
let calls = 0;
/** The static hosted page reads its updated order here. */
const orders = globalThis as { sandboxOrders?: Record<string, unknown> };
/** Sessions of the sandbox by the id that the static page plays. */
const created = new Map<string, string>();

function order(quantity: number) {
  const amount = price * quantity;
  const vat_amount = amount / 5;
  const item = {
    id: "item-1",
    line_id: "1",
    description: "Blue T-Shirt",
    quantity,
    amount,
    vat_amount,
    vat: 25,
  };
  return { amount, vat_amount, currency: "NOK", merchant_reference: "order-001", items: [item] };
}

const quantityIn = async (request: Request): Promise<number> => {
  const { quantity } = (await request.json()) as { quantity?: unknown };
  return typeof quantity === "number" && quantity > 0 ? Math.min(Math.round(quantity), 9) : 1;
};

const checkout = createSessionHandler({
  client,
  onError: () => {},
  async createSession(request) {
    const plays = new URL(request.url).searchParams.get("plays");
    if (plays === "nothing") await new Promise(() => {});
    if (plays === "broken" || (plays === "broken once" && calls++ === 0))
      throw new Error("The shop is down.");
    if (plays === "sold-out") {
      const error = { code: "sold-out", message: "The Blue T-Shirt in M has just sold out." };
      return Response.json({ error }, { status: 409 });
    }
    const return_url = new URL("/thanks", request.url).href;
    return { url: { return_url }, order: order(await quantityIn(request)), profile_id: "default" };
  },
  async updateSession(request, sessionId) {
    const record = sandbox.sessions.find(sessionId);
    // The element has locked the static page's session, not this one.
    if (record) sandbox.sessions.lock(record);
    return { order: order(await quantityIn(request)) };
  },
});

const status = createStatusHandler({ client, onError: () => {} });

async function answer(request: Request): Promise<Response> {
  const url = new URL(request.url);
  if (url.pathname === "/api/checkout/status") return status(request);
  const plays = url.searchParams.get("plays") ?? "paid";
  if (request.method === "PUT") {
    const id = created.get(url.searchParams.get("session_id") ?? "");
    if (id) url.searchParams.set("session_id", id);
    const response = await checkout(new Request(url, request));
    const changed = id && sandbox.sessions.find(id);
    if (response.ok && changed) orders.sandboxOrders = { [`T00000000.${plays}`]: changed.session.order };
    return response;
  }
  const response = await checkout(request);
  if (!response.ok) return response;
  const { id } = (await response.json()) as { id: string };
  const shown = `T00000000.${plays === "broken once" ? "paid" : plays}`;
  created.set(shown, id);
  return Response.json({ id: shown, url: `${checkoutUrl}/?sid=${shown}` });
}

/** Answers the page's requests to `/api/` as the merchant's server would. */
export function openShop(): void {
  const realFetch = globalThis.fetch.bind(globalThis);
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { origin, pathname } = new URL(request.url);
    if (origin !== location.origin || !pathname.startsWith("/api/")) return realFetch(input, init);
    return Promise.race([answer(request), aborted(request.signal)]);
  };
}

/** Starts every story with an empty shop. */
export function resetShop(): void {
  calls = 0;
  orders.sandboxOrders = {};
  created.clear();
  sandbox.reset();
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}
