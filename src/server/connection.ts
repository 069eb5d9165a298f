import type { QueryValue } from "../dintero/transaction-query.ts";
import type { ClientSettings } from "./client-options.ts";
import { DinteroError } from "./errors.ts";
import { createRedactors, type Redactors } from "./redactors.ts";
import { accountAddress, requestToken } from "./request-token.ts";
import { createSender } from "./send.ts";
import { createTokenSource } from "./token-source.ts";
import { withTimeout } from "./with-timeout.ts";

/** One call of Dintero's checkout API. */
interface DinteroCall {
  readonly method: string;
  /** Below `{checkoutUrl}/v1`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, QueryValue>> | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Whether a repeat does no harm. If not, it is repeated only where Dintero certainly did not process it. */
  readonly repeatable: boolean;
  /** Whether a 2xx answer makes sense. Default: any JSON, or nothing. */
  isValid?(answer: unknown): boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Calls Dintero with a token, and once more with a new one when the token is rejected. */
export type Connection = (call: DinteroCall) => Promise<unknown>;

/** For session creation and update: amounts that do not add up are refused. */
export const strictAmounts = { "dintero-feature-toggles": "strict-session-amounts" };

export function createConnection(settings: ClientSettings): Connection {
  const { checkoutUrl, clientId, clientSecret, budget, systemHeaders } = settings;
  const send = createSender(settings);
  const tokens = createTokenSource({
    key: `dintero-token:${accountAddress(settings)}:${clientId}`,
    store: settings.tokenStore,
    timeout: budget,
    requestToken: () => requestToken(send, { ...settings, headers: systemHeaders }),
  });

  let latest: { readonly token: string; readonly redactors: Redactors } | undefined;
  /** Kept for the token in use: making them takes longer than using them. */
  function redactorsFor(token: string): Redactors {
    if (latest?.token !== token) {
      const secrets = [clientSecret, `${clientId}:${clientSecret}`, token];
      latest = { token, redactors: createRedactors(secrets) };
    }
    return latest.redactors;
  }

  return async ({ method, path, query, body, headers, repeatable, isValid = () => true, signal }) => {
    const deadline = performance.now() + budget;
    const tokenBy = (work: () => Promise<string>) =>
      withTimeout({ timeout: deadline - performance.now(), signal }, work);
    const sendWith = (token: string) =>
      send({
        method,
        url: `${checkoutUrl}/v1${path}${queryString(query)}`,
        authorization: `Bearer ${token}`,
        headers: { ...systemHeaders, ...headers },
        body,
        deadline,
        repeatable,
        isValid,
        redactors: redactorsFor(token),
        signal,
      });

    const token = tokens.atHand ?? (await tokenBy(() => tokens.get()));
    try {
      return await sendWith(token);
    } catch (error) {
      if (!(error instanceof DinteroError) || error.code !== "unauthorized") throw error;
      const renewed = await tokenBy(() => tokens.renew(token));
      if (renewed === token) throw error;
      return sendWith(renewed);
    }
  };
}

function queryString(query: DinteroCall["query"] = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) if (one !== undefined) parameters.append(name, String(one));
  }
  const text = String(parameters);
  return text && `?${text}`;
}
