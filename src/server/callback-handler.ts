import { answerErrors, report, type ErrorOptions } from "./answer-errors.ts";
import { refuse, refuseMethod, respond } from "./respond.ts";
import { readCallback, type Callback } from "./verify-callback.ts";
import { checkSignatureOptions, type SignatureOptions } from "./verify-signature.ts";

export interface CallbackHandlerOptions extends SignatureOptions, ErrorOptions {
  /**
   * Gets each verified callback, at least once: read the transaction and store its status, so that a repeat changes
   * nothing. While it rejects, Dintero tries again, up to 20 times. Dintero waits 10 s.
   */
  onCallback(callback: Callback): unknown;
}

/**
 * The endpoint at `callback_url`: 200 once `onCallback` is done, 401 for a missing or false signature (final), 503 for a
 * stale one and 500 when `onCallback` failed, both of which Dintero delivers again.
 */
export function createCallbackHandler(
  options: CallbackHandlerOptions,
): (request: Request) => Promise<Response> {
  const settings = checkSignatureOptions(options);

  async function handle(request: Request): Promise<Response> {
    if (request.method !== "GET" && request.method !== "POST") return refuseMethod("GET, POST");
    const callback = await readCallback(request, settings);
    try {
      await options.onCallback(callback);
    } catch (error) {
      // Whatever failed, a 4xx of another service among it, must be delivered again.
      await report(error, request, options);
      return refuse(500, "callback-failed");
    }
    return respond(200, { received: true });
  }

  return (request) => answerErrors(request, { onError: options.onError }, () => handle(request));
}
