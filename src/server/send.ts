import { DinteroError, type DinteroErrorCode, type DinteroErrorDetails } from "./errors.ts";
import { redact } from "./redact.ts";
import { within } from "./within.ts";

export type Json = Readonly<Record<string, unknown>>;

/** One call of Dintero's REST. */
export interface Call {
  readonly body?: unknown;
  /** Moves money: repeated only where Dintero certainly did not act. */
  readonly money?: boolean | undefined;
  /** Whether an answer makes sense. */
  readonly accept?: ((answer: Json) => boolean) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const codes: Readonly<Record<number, DinteroErrorCode>> = {
  401: "unauthorized",
  403: "forbidden",
  404: "not-found",
  429: "rate-limited",
};

/**
 * Returns the function that sends a request, again where that helps and cannot do harm, until `deadline` (ms since the
 * epoch), and resolves to the JSON object that Dintero answers. `timeout` is that of one attempt, in ms, 0 the default; `retries` are the
 * attempts after the first; `secrets` are never to be seen in an error or an answer.
 */
export function createSender(
  fetch: typeof globalThis.fetch | undefined,
  headers: Readonly<Record<string, string>>,
  secrets: readonly string[],
  timeout: number,
  retries: number,
) {
  return async (
    method: string,
    url: string,
    authorization: string,
    deadline: number,
    { body, money, accept = () => true, signal }: Call = {},
  ): Promise<Json> => {
    const hidden = [...secrets, authorization.split(" ")[1]!];
    const json = JSON.stringify(body);
    const failure = (code: DinteroErrorCode, said: string, details: DinteroErrorDetails) =>
      new DinteroError(code, redact(`${method} ${url}: ${said}`, hidden).slice(0, 1000), details);

    for (let attempt = 0, wait = 0; ; attempt++) {
      let error: DinteroError;
      try {
        const left = deadline - Date.now();
        const limit = Math.min(left, wait + (timeout || (money ? left : 5000)));
        const [response, text] = await within(limit, signal, async (inner) => {
          if (wait) await new Promise((resolve) => setTimeout(resolve, wait));
          inner.throwIfAborted();
          // A redirect is not followed: it could take the credentials elsewhere.
          const init: RequestInit = {
            method,
            body: json,
            signal: inner,
            redirect: "manual",
            headers: { ...headers, authorization },
          };
          // Looked up late and called as a plain function: tests replace the global one, and workerd wants it so.
          const answered = await (fetch ?? globalThis.fetch)(url, init);
          return [answered, await answered.text()] as const;
        });
        const { ok, status } = response;
        // What looks like a short secret in a good answer is more likely a word of the shop's.
        const answer = parse(redact(text, ok ? hidden.filter((one) => one.length > 15) : hidden));
        if (ok && answer && accept(answer)) return answer;
        const { code, message, errors = [] } = (answer?.["error"] ?? {}) as Json;
        const header = (name: string) => redact(response.headers.get(name) ?? "", hidden);
        const after = header("retry-after");
        error = failure(
          ok || status < 400
            ? "invalid-answer"
            : (codes[status] ?? (status < 500 ? "refused" : "unavailable")),
          `Dintero answered ${[status, code, message].join(" ")}`,
          {
            status,
            errors: [errors].flat(),
            retryable: status === 429 || (status >= 500 && !money),
            requestId: header("request-id") || header("x-request-id"),
            // In seconds or as a date.
            retryAfter: [Number(after) * 1000, Date.parse(after) - Date.now()].find((ms) => ms > 0),
          },
        );
      } catch (reason) {
        const { code, name, message, cause } = (reason ?? {}) as Error & {
          code?: DinteroErrorCode;
          cause?: { code?: string };
        };
        const word = `${cause?.code ?? code ?? name}`;
        // Node, Bun and Deno each say in their own way that nobody took the connection, so that nothing was sent.
        const refused = /conn\w* ?refused/i.test(word + message);
        const retryable = code !== "aborted" && (!money || refused);
        // The original error stays out: some fetch libraries attach the request, with its headers, to theirs.
        const known = reason instanceof DinteroError ? reason.code : "unavailable";
        error = failure(known, `no answer (${word})`, { retryable });
      }
      const { retryable, retryAfter } = error;
      // Jitter, so that what failed together does not come back together.
      wait = retryAfter ?? 200 * 2 ** attempt * (0.5 + Math.random());
      if (!retryable || attempt >= retries || Date.now() + wait >= deadline) throw error;
    }
  };
}

function parse(text: string): Json | null {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === "object" ? (data as Json | null) : null;
  } catch {
    return null;
  }
}
