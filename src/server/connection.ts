import type { DinteroClientOptions } from "./client.ts";
import { must, type DinteroError } from "./errors.ts";
import { base64 } from "./redact.ts";
import { createSender, type Call, type Json } from "./send.ts";
import { createTokenSource } from "./token.ts";
import { within } from "./within.ts";

/** What all attempts may take, in ms, so that the shopper's 15 s hold. */
const patience = 12_000;

/** Checks the options and returns the one way to call Dintero: with a token, renewed once when it is refused. */
export function createConnection({
  accountId,
  clientId,
  clientSecret,
  apiUrl = "https://api.dintero.com",
  checkoutUrl = "https://checkout.dintero.com",
  fetch,
  timeout = 0,
  retries = 2,
  tokenStore: store,
  system,
  now = Date.now,
}: DinteroClientOptions) {
  checkAccountId(accountId);
  for (const [name, value] of Object.entries({ clientId, clientSecret })) {
    // Text read from a file often ends with a line break.
    must(value && value.trim() === value, name, "given and trimmed");
  }
  const account = `${checkAddress("apiUrl", apiUrl)}/v1/accounts/${accountId}`;
  const checkout = checkAddress("checkoutUrl", checkoutUrl);
  const budget = Math.max(patience, timeout * (retries + 1));
  must(budget < 2 ** 31, "timeout", "milliseconds");
  const credentials = `${clientId}:${clientSecret}`;
  const headers: Record<string, string> = {
    "content-type": "application/json",
    "dintero-feature-toggles": "strict-session-amounts",
  };
  for (const [name, value] of Object.entries<string | undefined>({ ...system })) {
    must(/^[ -~]*$/.test(value as string), `system.${name}`, "ASCII");
    // pluginName becomes dintero-system-plugin-name: the case of a header does not matter.
    if (value) headers[`dintero-system-${name.replace(/[NV]/, "-$&")}`] = value;
  }
  const send = createSender(fetch, headers, [clientSecret, credentials], timeout, retries);

  const token = createTokenSource(`dintero-token:${account}:${clientId}`, store, now, budget, () =>
    send("POST", `${account}/auth/token`, `Basic ${base64(credentials)}`, Date.now() + budget, {
      body: { grant_type: "client_credentials", audience: account },
      // A token that is no header value would be quoted in the error of `fetch`.
      accept: ({ access_token }) => typeof access_token === "string" && /^[!-~]+$/.test(access_token),
    }),
  );

  return async function call(method: string, path: string, call?: Call): Promise<Json> {
    const deadline = Date.now() + budget;
    for (let rejected: string | undefined; ;) {
      const bearer = await within(deadline - Date.now(), call?.signal, () => token(rejected));
      try {
        return await send(method, `${checkout}/v1${path}`, `Bearer ${bearer}`, deadline, call);
      } catch (error) {
        if (rejected || (error as DinteroError).code !== "unauthorized") throw error;
        rejected = bearer;
      }
    }
  };
}

/** Also for the options of a callback. */
export function checkAccountId(accountId: string): void {
  must(/^[TP]\d{8}$/.test(accountId), "accountId", "T or P and 8 digits");
}

function checkAddress(name: string, value: string): string {
  must(/^https?:\/\/[^?#@]+(?<!\/v1\/?)$/.test(value), name, "http(s), without /v1");
  return value.replace(/\/$/, "");
}
