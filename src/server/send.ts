import { DinteroError, type DinteroErrorCode } from "./errors.ts";
import { redactor } from "./redact.ts";
import { within } from "./within.ts";

/** What all requests to Dintero share. */
export interface SenderOptions {
  readonly fetch: typeof fetch;
  readonly headers: Readonly<Record<string, string>>;
  /** Never to be seen in an error or an answer. */
  readonly secrets: readonly string[];
  /** Milliseconds for one attempt. */
  readonly timeout: number | undefined;
  /** Attempts after the first. */
  readonly retries: number;
}

/** One call of Dintero's REST. */
export interface Call {
  readonly body?: unknown;
  /** Moves money: repeated only where Dintero certainly did not act. */
  readonly money?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

export type Json = Readonly<Record<string, unknown>>;

const codes: Readonly<Record<number, DinteroErrorCode>> = {
  401: "unauthorized",
  403: "forbidden",
  404: "not-found",
  429: "rate-limited",
};

/**
 * Returns the function that sends a request, again where that helps and cannot do harm, until `deadline` (ms since the
 * epoch), and resolves to the JSON object that Dintero answers.
 */
export function createSender({ fetch, headers, secrets, timeout, retries }: SenderOptions) {
  return async function send(
    method: string,
    url: string,
    authorization: string,
    deadline: number,
    { body, money, signal }: Call,
  ): Promise<Json> {
    const hidden = [...secrets, authorization.split(" ")[1]!];
    const hide = redactor(hidden);

    async function exchange(inner: AbortSignal): Promise<Json> {
      const response = await fetch(url, {
        method,
        headers: { ...headers, authorization },
        body: body ? JSON.stringify(body) : null,
        signal: inner,
        // A redirect is not followed: it could take the credentials elsewhere.
        redirect: "manual",
      });
      const { ok, status } = response;
      // What looks like a short secret in a good answer is more likely a word of the shop's.
      const answer = parse(
        await response.text(),
        ok ? redactor(hidden.filter((one) => one.length > 15)) : hide,
      );
      if (ok && answer) return answer;
      const { code, message, errors } = (answer?.["error"] ?? {}) as Json;
      const header = (name: string) => hide(response.headers.get(name) ?? "");
      throw new DinteroError(
        ok || status < 400 ? "invalid-answer" : (codes[status] ?? (status < 500 ? "refused" : "unavailable")),
        [`Dintero answered ${status}`, code, message].filter((word) => typeof word === "string").join(": "),
        {
          status,
          errors: Array.isArray(errors) ? errors : [],
          retryable: status === 429 || (status >= 500 && !money),
          requestId: header("request-id") || header("x-request-id") || undefined,
          retryAfter: milliseconds(header("retry-after")),
        },
      );
    }

    /** The error as the caller may see it: ours, with the name of the call and without its secrets. */
    function explain(reason: unknown): DinteroError {
      const ours = reason instanceof DinteroError && reason;
      const { code, name, message, cause } = (reason ?? {}) as Error & {
        code?: unknown;
        cause?: { code?: unknown };
      };
      const word = `${cause?.code ?? code ?? name}`;
      // Node, Bun and Deno each say in their own way that nobody took the connection, so that nothing was sent.
      const refused = /econnrefused|connection ?refused/i.test(word + message);
      // The original error stays out: some fetch libraries attach the request, with its headers, to theirs.
      const said = hide(`${method} ${url}: ${ours ? message : `no connection (${word})`}`);
      return new DinteroError(ours ? ours.code : "unavailable", said.slice(0, 1000), {
        ...ours,
        retryable: ours && ours.status ? ours.retryable : code !== "aborted" && (!money || refused),
      });
    }

    for (let attempt = 0, wait = 0; ; attempt++) {
      try {
        const left = deadline - Date.now();
        return await within(
          Math.min(left, wait + (timeout ?? (money ? left : 5000))),
          signal,
          async (inner) => {
            if (wait) await new Promise((resolve) => setTimeout(resolve, wait));
            inner.throwIfAborted();
            return exchange(inner);
          },
        );
      } catch (reason) {
        const error = explain(reason);
        // Jitter, so that what failed together does not come back together.
        wait = error.retryAfter ?? 200 * 2 ** attempt * (0.5 + Math.random());
        if (!error.retryable || attempt >= retries || Date.now() + wait >= deadline) throw error;
      }
    }
  };
}

/** A JSON object without secrets, or undefined. */
function parse(text: string, hide: (text: string) => string): Json | undefined {
  try {
    const data: unknown = JSON.parse(text, (key, value: unknown) =>
      hide(key) !== key ? undefined : typeof value === "string" ? hide(value) : value,
    );
    return data instanceof Object && !Array.isArray(data) ? (data as Json) : undefined;
  } catch {
    return undefined;
  }
}

/** `Retry-After`, in seconds or as a date, as ms from now. */
function milliseconds(value: string): number | undefined {
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return ms >= 0 ? ms : undefined;
}
