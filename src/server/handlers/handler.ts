import { DinteroError, type DinteroErrorCode } from "../errors.ts";
import { clientClosedRequest } from "../body.ts";
import type { Cors } from "./cors.ts";
import { isFrameworkSignal } from "./framework-signal.ts";
import { isResponse, Refusal, respond, sendable } from "./respond.ts";

/**
 * Resolves to a `Response`, whatever its callbacks throw or return, except where a framework steers itself by throwing
 * (`redirect()` of Next.js): that passes through. `context` reaches every callback untouched, as its last argument.
 */
export type Handler<R extends Request = Request, C = unknown> = (
  request: R,
  context?: C,
) => Promise<Response>;

/** What a handler does with an error of its own, the merchant's or Dintero's. */
export interface ErrorOptions<C = unknown> {
  /**
   * Gets every error and every refusal (403, 404, 405, 413, 415, 400) that a handler answers, but nothing of shoppers who
   * leave. The answer does not wait for it: where the host ends what still runs after an answer, give its promise to
   * `context.waitUntil()`. Default `console.error`.
   */
  readonly onError?: ((error: unknown, request: Request, context: C) => unknown) | undefined;
}

export interface HandlerParts<R extends Request, C> extends ErrorOptions<C> {
  /** Answers the request, or refuses it; `report` is for errors that it answers itself. */
  work(request: R, context: C, report: (error: unknown) => void): Promise<Response | Refusal>;
  /** For handlers that a browser calls. */
  readonly cors?: Cors;
  /** Answers are for strangers: they get the code of a Dintero error only where the account is a test account. */
  isTestMode?(): boolean;
}

/** The status of a handler's answer, and the code in it where the account is not a test account. */
const answers: Readonly<Record<DinteroErrorCode, readonly [status: number, code: string]>> = {
  "invalid-options": [500, "internal"],
  "invalid-id": [500, "internal"],
  "invalid-session": [422, "invalid-session"],
  "request-refused": [500, "internal"],
  "body-consumed": [500, "body-consumed"],
  "missing-signature": [401, "missing-signature"],
  "invalid-signature": [401, "invalid-signature"],
  "stale-signature": [503, "stale-signature"],
  timeout: [504, "unavailable"],
  unauthorized: [502, "unavailable"],
  forbidden: [502, "unavailable"],
  "not-found": [502, "unavailable"],
  "rate-limited": [502, "unavailable"],
  refused: [502, "unavailable"],
  unavailable: [502, "unavailable"],
  aborted: [502, "unavailable"],
  "invalid-answer": [502, "unavailable"],
};

/** What all handlers have in common: an answer to every request, and a report of everything that was not served. */
export function createHandler<R extends Request, C>(parts: HandlerParts<R, C>): Handler<R, C> {
  const { work, cors, onError, isTestMode } = parts;

  async function answer(request: R, context: C): Promise<Response> {
    try {
      const result = cors?.answer(request) ?? (await work(request, context, report));
      return result instanceof Refusal ? refuse(result) : result;
    } catch (error) {
      if (isFrameworkSignal(error)) throw error;
      if (!isResponse(error)) return fail(error);
      return sendable(error).catch(fail);
    }

    function refuse(refusal: Refusal): Response {
      const { status, code, reason, headers } = refusal.parts;
      const message = `${request.method} ${new URL(request.url).pathname} was refused with ${status}: ${reason}`;
      report(new DinteroError("request-refused", message, { status }));
      return respond(status, { error: { code } }, headers);
    }

    function fail(error: unknown): Response {
      if (!isDeparture(error, request)) report(error);
      const [status, code] = answerTo(error, isTestMode);
      return respond(status, { error: { code } });
    }

    /** An error in the hook changes nothing for the caller: there is no other place to report it. */
    function report(error: unknown): void {
      const hook = async (): Promise<unknown> =>
        onError ? onError(error, request, context) : console.error(error);
      hook().catch(() => {});
    }
  }

  return async (request, context) => {
    // Without a context the callbacks get undefined, which their own types allow for.
    const response = await answer(request, context as C);
    cors?.addHeaders(response, request);
    return response;
  };
}

/** Never throws: what a callback throws may be an object that nothing can be read from. */
function answerTo(error: unknown, isTestMode?: () => boolean): readonly [status: number, code: string] {
  try {
    // What a parser throws at a body that it cannot read.
    if (error instanceof SyntaxError) return [400, "invalid-body"];
    if (error instanceof DinteroError && Object.hasOwn(answers, error.code)) {
      const [status, code] = answers[error.code];
      return [status, isTestMode?.() ? error.code : code];
    }
  } catch {
    // Neither of them.
  }
  return [500, "internal"];
}

/** Whether an error only says that the client has left, which is no error of the shop. */
function isDeparture(error: unknown, { signal }: Request): boolean {
  try {
    if (error instanceof DinteroError && error.code === "aborted" && error.status === clientClosedRequest) {
      return true;
    }
    if (!signal.aborted) return false;
    const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
    return error === signal.reason || name === "AbortError" || code === "aborted";
  } catch {
    return false;
  }
}
