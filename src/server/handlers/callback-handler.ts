import { readCallback, type Callback } from "../signatures/verify-callback.ts";
import { checkSignatureOptions, type SignatureOptions } from "../signatures/verify-signature.ts";
import { isFrameworkSignal } from "./framework-signal.ts";
import { createHandler, type ErrorOptions, type Handler } from "./handler.ts";
import { refuseMethod, respond, type Refusal } from "./respond.ts";

export interface CallbackHandlerOptions<R extends Request = Request, C = unknown>
  extends SignatureOptions<R, C>, ErrorOptions<C> {
  /**
   * Gets each verified callback, at least once: read the transaction and store its status, so that a repeat changes
   * nothing. While it rejects, Dintero tries again, up to 20 times. Dintero waits 10 s. `request` is the one that the
   * handler was called with, and `context` its second argument.
   */
  onCallback(callback: Callback, request: R, context: C): unknown;
}

/**
 * The endpoint at `callback_url`: 200 once `onCallback` is done, 401 for a missing or false signature (final), 503 for a
 * stale one and 500 when `onCallback` failed, both of which Dintero delivers again.
 */
export function createCallbackHandler<R extends Request = Request, C = unknown>(
  options: CallbackHandlerOptions<R, C>,
): Handler<R, C> {
  const settings = checkSignatureOptions(options);

  async function work(request: R, context: C, report: (error: unknown) => void): Promise<Response | Refusal> {
    if (request.method !== "GET" && request.method !== "POST") return refuseMethod("GET, POST");
    const callback = await readCallback(request, { settings, context });
    try {
      await options.onCallback(callback, request, context);
    } catch (error) {
      if (isFrameworkSignal(error)) throw error;
      // Whatever failed, a 4xx of another service among it, must be delivered again.
      report(error);
      return respond(500, { error: { code: "callback-failed" } });
    }
    return respond(200, { received: true });
  }

  return createHandler({ work, onError: options.onError });
}
