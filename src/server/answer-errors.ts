import { DinteroError, type DinteroErrorCode } from "./errors.ts";
import { copyResponse, isResponse, refuse } from "./respond.ts";

/** What a handler does with an error of its own, the merchant's or Dintero's. */
export interface ErrorOptions {
  /** Gets every error that a handler answers. Default `console.error`. */
  readonly onError?: ((error: unknown, request: Request) => unknown) | undefined;
}

/** Answers are for strangers: they get the code of a Dintero error only where the account is a test account. */
export interface AnswerOptions extends ErrorOptions {
  readonly testMode?: boolean | undefined;
}

/** The status of a handler's answer, and the code in it where the account is not a test account. */
const answers: Readonly<Record<DinteroErrorCode, readonly [status: number, code: string]>> = {
  "invalid-options": [500, "internal"],
  "invalid-id": [500, "internal"],
  "invalid-session": [422, "invalid-session"],
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

/** Answers the request, whatever happens. A thrown `Response` is the answer. */
export async function answerErrors(
  request: Request,
  { testMode = false, onError }: AnswerOptions,
  work: () => Promise<Response>,
): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (isResponse(error)) return copyResponse(error);
    await report(error, request, { onError });
    // What a parser throws at a body that it cannot read.
    if (error instanceof SyntaxError) return refuse(400, "invalid-body");
    if (!(error instanceof DinteroError)) return refuse(500, "internal");
    const [status, code] = answers[error.code];
    return refuse(status, testMode ? error.code : code);
  }
}

/** Hands an error to the hook. An error in the hook changes nothing for the caller. */
export async function report(error: unknown, request: Request, { onError }: ErrorOptions): Promise<void> {
  try {
    await (onError ? onError(error, request) : console.error(error));
  } catch {
    // There is no other place to report it.
  }
}
