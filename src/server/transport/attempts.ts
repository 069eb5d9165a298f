import type { DinteroError } from "../errors.ts";
import { pause, withTimeout } from "../with-timeout.ts";
import { parseJson, readBody } from "../body.ts";
import { answerError, noAnswerError, type FailedAnswer, type FailedRequest } from "./failure.ts";

export interface SenderOptions {
  readonly fetch?: typeof fetch | undefined;
  /** Milliseconds for one attempt; undefined: 5000, or for what cannot be repeated the time that is left. */
  readonly timeout?: number | undefined;
  /** Attempts after the first. */
  readonly retries: number;
}

/** What an answer has beside its content. */
export interface AnswerContext {
  readonly headers: Headers;
  /** Takes the secrets out of a text. */
  redact(text: string): string;
}

/** A request to Dintero that is complete: with its address, its authorization and the time by which it must end. */
interface SentRequest<T> extends FailedRequest {
  readonly authorization: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** JSON text. */
  readonly body?: string | undefined;
  /** When all attempts must have ended, on the clock of `performance.now()`. */
  readonly deadline: number;
  /** Reads the JSON of a 2xx answer (undefined: it was empty). What it throws makes the answer an invalid one. */
  parse(content: unknown, context: AnswerContext): T;
}

export type Sender = <T>(request: SentRequest<T>) => Promise<T>;

const defaultTimeout = 5000;
/** More than Dintero answers, less than what harms the server. */
const answerLimit = 1024 * 1024;

/** Sends a request, again where that helps and does no harm, and resolves to what its answer is parsed to. */
export function createSender({ fetch, timeout, retries }: SenderOptions): Sender {
  let knowsCache = true;

  async function receive<T>(request: SentRequest<T>, signal: AbortSignal): Promise<FailedAnswer> {
    const { method, url, authorization, body } = request;
    // Looked up late and called as a plain function: tests replace the global one, and workerd wants it so.
    const call = fetch ?? globalThis.fetch;
    const type = body === undefined ? {} : { "content-type": "application/json" };
    const response = await call(url, {
      method,
      headers: { ...request.headers, ...type, authorization },
      body: body ?? null,
      signal,
      // A redirect is not followed: it could take the credentials elsewhere.
      redirect: "manual",
      // Some frameworks keep what their fetch has read, and a payment its first status.
      ...(knowsCache && { cache: "no-store" as const }),
    });
    const { status } = response;
    // A copy: what another fetch than the runtime's answers may only look like headers.
    const headers = new Headers(response.headers);
    const announced = Number(headers.get("content-length"));
    const content = announced > answerLimit ? null : await readBody(response, answerLimit);
    // The rest does not need to arrive.
    if (!content) await response.body?.cancel?.().catch(() => undefined);
    return { status, headers, body: content };
  }

  async function attempt<T>(request: SentRequest<T>): Promise<T> {
    const left = request.deadline - performance.now();
    const limit = Math.min(left, timeout ?? (request.repeatable ? defaultTimeout : left));
    let answer: FailedAnswer;
    try {
      answer = await withTimeout({ timeout: limit, signal: request.signal }, (signal) =>
        receive(request, signal).catch((reason: unknown) => {
          if (!knowsCache || !refusesCache(reason)) throw reason;
          knowsCache = false;
          return receive(request, signal);
        }),
      );
    } catch (reason) {
      throw noAnswerError(request, reason);
    }
    return read(request, answer);
  }

  return async (request) => {
    for (let repeats = 0; ; repeats++) {
      try {
        return await attempt(request);
      } catch (reason) {
        const error = reason as DinteroError;
        const wait = waitBefore(repeats, error.retryAfter);
        const isLate = performance.now() + wait >= request.deadline;
        if (!error.retryable || repeats >= retries || isLate) throw error;
        await pause(wait, request.signal).catch((ended: unknown) => {
          throw noAnswerError(request, ended);
        });
      }
    }
  };
}

function read<T>(request: SentRequest<T>, answer: FailedAnswer): T {
  const { status, headers, body } = answer;
  if (status < 200 || status > 299 || !body) throw answerError(request, answer);
  try {
    return request.parse(body.length ? parseJson(body) : undefined, { headers, redact: request.redact });
  } catch (reason) {
    const problem =
      reason instanceof SyntaxError ? "not JSON" : String((Object(reason) as Partial<Error>).message);
    throw answerError(request, { ...answer, problem });
  }
}

/** Some runtimes (workerd of a while ago) throw at the field `cache`, or at its values, before they send anything. */
function refusesCache(reason: unknown): boolean {
  const { message } = Object(reason) as Partial<Error>;
  return /\bcache\b.*(not (implemented|supported)|unsupported)|unsupported cache/i.test(String(message));
}

/** Milliseconds, with jitter, so that what failed together does not come back together. */
function waitBefore(repeats: number, retryAfter: number | undefined): number {
  if (retryAfter !== undefined) return retryAfter + Math.random() * Math.min(retryAfter / 4, 1000);
  return 200 * 2 ** repeats * (0.5 + Math.random());
}
