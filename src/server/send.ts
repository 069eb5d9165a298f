import { DinteroError, type DinteroErrorCode, type DinteroErrorDetails } from "./errors.ts";
import { redactor } from "./redact.ts";
import { pause, within } from "./within.ts";

/** A request to Dintero and how long to try. */
export interface Outgoing {
  readonly fetch: typeof fetch;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Never to be seen in an error or an answer. */
  readonly secrets: readonly string[];
  /** Moves money: repeated only where Dintero certainly did not act. */
  readonly money?: boolean | undefined;
  /** Milliseconds for one attempt. */
  readonly timeout: number;
  /** Attempts after the first. */
  readonly retries: number;
  /** When all attempts end, in ms since the epoch. */
  readonly deadline: number;
  readonly signal?: AbortSignal | undefined;
}

export type Json = Readonly<Record<string, unknown>>;

/** An attempt that failed, and whether another may follow. */
interface Failure {
  readonly error: DinteroError;
  readonly repeat: boolean;
  /** Milliseconds that Dintero asks us to wait. */
  readonly retryAfter?: number | undefined;
}

type Outcome = { readonly answer: Json } | Failure;

const codes: Readonly<Record<number, DinteroErrorCode>> = {
  401: "unauthorized",
  403: "forbidden",
  404: "not-found",
  429: "rate-limited",
};

/** Sends a request, again where that helps and cannot do harm, and resolves to the JSON object that Dintero answers. */
export async function send(request: Outgoing): Promise<Json> {
  const { deadline, signal, retries } = request;
  for (let attempt = 0; ; attempt++) {
    const ms = Math.min(request.timeout, deadline - Date.now());
    const outcome = await within(ms, signal, (inner) => exchange(request, inner)).catch((error: unknown) =>
      unanswered(request, error),
    );
    if ("answer" in outcome) return outcome.answer;
    // Jitter, so that what failed together does not come back together.
    const wait = outcome.retryAfter ?? 200 * 2 ** attempt * (0.5 + Math.random());
    if (!outcome.repeat || attempt >= retries || Date.now() + wait >= deadline) throw outcome.error;
    await pause(wait, signal);
  }
}

async function exchange(request: Outgoing, signal: AbortSignal): Promise<Outcome> {
  const { fetch, method, headers, body, money, secrets } = request;
  // A redirect is not followed: it could take the credentials elsewhere.
  const init: RequestInit = { method, headers, signal, redirect: "manual" };
  if (body !== undefined) init.body = body;
  const response = await fetch(request.url, init);
  const { ok, status } = response;
  // What looks like a short secret in a good answer is more likely a word of the shop's.
  const hide = redactor(ok ? secrets.filter((secret) => secret.length >= 16) : secrets);
  const answer = parse(await response.text(), hide);
  if (ok && answer) return { answer };
  const said = (answer?.["error"] ?? {}) as Json;
  const code =
    ok || status < 400 ? "invalid-answer" : (codes[status] ?? (status < 500 ? "refused" : "unavailable"));
  const repeat = status === 429 || (status >= 500 && !money);
  const words = [`Dintero answered ${status}`, said["code"], said["message"]].filter(
    (word) => typeof word === "string",
  );
  const requestId = response.headers.get("request-id") ?? response.headers.get("x-request-id");
  const error = explain(request, code, words.join(": "), {
    status,
    retryable: repeat,
    errors: Array.isArray(said["errors"]) ? said["errors"] : [],
    requestId: requestId ? hide(requestId) : undefined,
  });
  return { error, repeat, retryAfter: retryAfter(response) };
}

function unanswered(request: Outgoing, error: unknown): Failure {
  const { code, name, message, cause } = (error ?? {}) as Error & {
    code?: string;
    cause?: { code?: string };
  };
  if (code === "aborted") throw error;
  const reason = [cause?.code, code, name].find((word) => typeof word === "string") ?? "no reason given";
  // Node, Bun and Deno each say in their own way that nobody took the connection, so that nothing was sent.
  const refused = /econnrefused|connection ?refused/i.test(`${reason} ${message}`);
  const repeat = !request.money || refused;
  // The original error stays out: some fetch libraries attach the request, with its headers, to it.
  return {
    repeat,
    error:
      code === "timeout"
        ? explain(request, code, message, { retryable: repeat })
        : explain(request, "unavailable", `no connection (${reason})`, { retryable: repeat }),
  };
}

function explain(
  { method, url, money, secrets }: Outgoing,
  code: DinteroErrorCode,
  said: string,
  details: DinteroErrorDetails,
): DinteroError {
  const doubt = money && !details.retryable && ["unavailable", "timeout", "invalid-answer"].includes(code);
  const advice = doubt ? ". Dintero may have acted: read the transaction before you repeat this" : "";
  const words = redactor(secrets)(said).slice(0, 1000);
  return new DinteroError(code, `${method} ${new URL(url).pathname}: ${words}${advice}`, details);
}

/** A JSON object without secrets, or undefined. */
function parse(text: string, hide: (text: string) => string): Json | undefined {
  try {
    const data: unknown = JSON.parse(text, (key, value: unknown) =>
      hide(key) !== key ? undefined : typeof value === "string" ? hide(value) : value,
    );
    return data && typeof data === "object" && !Array.isArray(data) ? (data as Json) : undefined;
  } catch {
    return undefined;
  }
}

/** `Retry-After` in seconds or as a date, in ms from now. */
function retryAfter({ headers }: Response): number | undefined {
  const value = headers.get("retry-after");
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
