import type { QueryValue } from "../../dintero/transaction-query.ts";
import type { ClientSettings } from "../client-options.ts";
import { DinteroError } from "../errors.ts";
import { withTimeout } from "../with-timeout.ts";
import { createSender, type AnswerContext } from "./attempts.ts";
import { createRedactor } from "./redact.ts";
import { accountAddress, createTokens, requestToken } from "./tokens.ts";

/** One call of Dintero's checkout API. */
interface DinteroRequest<T> {
  readonly method: string;
  /** Below `checkoutUrl`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, QueryValue>> | undefined;
  /** JSON text. */
  readonly body?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Whether a repeat does no harm. If not, it is repeated only where Dintero certainly did not process it. */
  readonly repeatable: boolean;
  /** Reads the JSON of a 2xx answer (undefined: it was empty). What it throws makes the answer an invalid one. */
  parse(content: unknown, context: AnswerContext): T;
  readonly signal?: AbortSignal | undefined;
}

/** Calls Dintero with a token, and once more with a new one when the token is rejected. */
export type Connection = <T>(request: DinteroRequest<T>) => Promise<T>;

/** How long, in ms, calls fail at once after a fresh token was rejected: each would cost a token request. */
const pauseAfterRejection = 60_000;

export function createConnection(settings: ClientSettings): Connection {
  const { checkoutUrl, clientId, clientSecret, budget, systemHeaders } = settings;
  const send = createSender(settings);
  const tokens = createTokens({
    key: `dintero-token:${accountAddress(settings)}:${clientId}`,
    store: settings.tokenStore,
    timeout: budget,
    requestToken: () => requestToken(send, settings),
  });
  let latest: { readonly token: string; readonly redact: (text: string) => string } | undefined;
  /** Made where it is needed, and kept for the token in use: making one takes longer than using it. */
  function redactorFor(token: string): (text: string) => string {
    if (latest?.token !== token) latest = { token, redact: createRedactor([clientSecret, token]) };
    return latest.redact;
  }

  /** On the clock of `performance.now()`. */
  let rejectedAt = -Infinity;

  return async (request) => {
    const { method, path, query, headers, signal } = request;
    const url = `${checkoutUrl}${path}${queryString(query)}`;
    const deadline = performance.now() + budget;
    const sendWith = (token: string) =>
      send({
        ...request,
        url,
        authorization: `Bearer ${token}`,
        headers: { ...systemHeaders, ...headers },
        deadline,
        redact: (text) => redactorFor(token)(text),
      });
    const inTime = (work: () => Promise<string>) =>
      withTimeout({ timeout: deadline - performance.now(), signal }, work);

    if (performance.now() - rejectedAt < pauseAfterRejection)
      throw stillRejected(redactorFor("")(`${method} ${url}`));
    const token = tokens.atHand ?? (await inTime(tokens.get));
    try {
      return await sendWith(token);
    } catch (error) {
      if (!isRejection(error)) throw error;
      // Others may have found out meanwhile.
      if (performance.now() - rejectedAt < pauseAfterRejection) throw error;
      const renewed = await inTime(() => tokens.renew(token));
      try {
        if (renewed === token) throw error;
        return await sendWith(renewed);
      } catch (again) {
        if (again instanceof DinteroError && again.code === "unauthorized") rejectedAt = performance.now();
        throw again;
      }
    }
  };
}

/** Integrations renew the token after 403 as well: what an expired one is answered with is not documented. */
function isRejection(error: unknown): boolean {
  return error instanceof DinteroError && (error.code === "unauthorized" || error.code === "forbidden");
}

function stillRejected(call: string): DinteroError {
  const message = `${call}: not sent, because Dintero rejected a fresh token within the last minute: check the credentials`;
  return new DinteroError("unauthorized", message, { status: 401 });
}

function queryString(query: DinteroRequest<unknown>["query"] = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) if (one !== undefined) parameters.append(name, String(one));
  }
  const text = String(parameters);
  return text && `?${text}`;
}
