/** What the test runner passes to the tests: the sandbox has another origin than the page. */
export interface Env {
  /** Origin of the sandbox, for `checkout-url`; null if `npm run build` has not been run. */
  readonly sandbox: string | null;
  readonly accountId: string | null;
  /** Origin of the checkout that a test drives, see fake-checkout.mjs. */
  readonly fakeCheckout: string;
  /** Whether prototype.js is installed, see libraries.mjs. */
  readonly prototype: boolean;
}

export const env = (await (await fetch("/support/env.json")).json()) as Env;

/** Origin of the sandbox. Throws when there is none. */
export function sandboxUrl(): string {
  if (!env.sandbox) throw new Error("There is no sandbox: run `npm run build` first.");
  return env.sandbox;
}

/**
 * Address of the merchant's endpoint on the page's own origin, steered by query parameters
 * (see test/support/merchant.mjs). Each call has a `key` of its own, for `requests()`.
 */
export function merchantUrl(
  path: "session" | "status" = "session",
  steer: Record<string, string | number> = {},
): string {
  const query = new URLSearchParams({ key: crypto.randomUUID() });
  for (const [name, value] of Object.entries(steer)) query.set(name, String(value));
  return `/merchant/${path}?${query}`;
}

export interface LoggedRequest {
  readonly method: string;
  readonly url: string;
  readonly path: string;
  readonly body: string;
  readonly headers: Record<string, string>;
  /** The page gave up before the answer was sent. */
  readonly aborted: boolean;
}

/** The requests made so far to an address of `merchantUrl()`. */
export async function requests(url: string): Promise<LoggedRequest[]> {
  const key = new URL(url, location.href).searchParams.get("key") ?? "";
  return (await (await fetch(`/merchant/log?key=${encodeURIComponent(key)}`)).json()) as LoggedRequest[];
}

/** How many of these requests would have created a session. */
export const posts = (log: readonly LoggedRequest[]): number =>
  log.filter(({ method }) => method === "POST").length;
