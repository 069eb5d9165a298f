import { createDinteroClient, createSessionHandler, createStatusHandler } from "../../src/server/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { scenarios, type ScenarioName } from "../../src/sandbox/scenarios/scenarios.ts";

/** A whole shop inside the page: the sandbox, which the static hosted page uses as well, and the merchant's server. */
export const sandbox = createSandbox({ account: "T00000000" });
Object.assign(globalThis, { dinteroSandbox: sandbox });

const client = createDinteroClient({
  ...{ accountId: sandbox.accountId, clientId: sandbox.clientId, clientSecret: sandbox.clientSecret },
  ...{ apiUrl: "http://sandbox.localhost", checkoutUrl: "http://sandbox.localhost" },
  fetch: sandbox.fetch,
});

/** The address of the hosted page as static files, for `checkout-url`. */
export const checkoutUrl = new URL("sandbox", document.baseURI).href;

/** The id of a session that the static hosted page plays by itself. */
export const session = (scenario: ScenarioName | `${ScenarioName}.now`): string => `T00000000.${scenario}`;

/** What the endpoint does: create a session, which may have expired, or fail. */
export type Plays = "paid" | "expired" | "sold-out" | "broken" | "broken once" | "nothing";

/** The address of the endpoint, for `endpoint`. */
export const endpoint = (plays: Plays): string => `/api/checkout?${new URLSearchParams({ plays })}`;

const price = 29990;
let calls = 0;

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
  updateSession: async (request) => ({ order: order(await quantityIn(request)) }),
});

const status = createStatusHandler({ client, onError: () => {} });

async function answer(request: Request): Promise<Response> {
  const url = new URL(request.url);
  if (url.pathname === "/api/checkout/status") return status(request);
  const response = await checkout(request);
  if (!response.ok || request.method === "PUT") return response;
  const { id } = (await response.json()) as { id: string };
  if (url.searchParams.get("plays") === "expired")
    scenarios.expired.prepare(sandbox, sandbox.sessions.require(id));
  // A page that is gone takes its sandbox with it: the redirect goes to a session that plays by itself.
  return Response.json({ id, url: `${checkoutUrl}/?sid=${session("paid")}` });
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

/** Starts every story anew. Other stories of the page keep their sessions. */
export function resetShop(): void {
  calls = 0;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}
