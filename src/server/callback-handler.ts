import { checkSignatureOptions, verifyCallback, type Callback, type SignatureOptions } from "./callback.ts";
import { answer, guard, orRefuse, refuse, refuseMethod, report, type ErrorOptions } from "./http.ts";

export interface CallbackHandlerOptions extends SignatureOptions, ErrorOptions {
  /**
   * Hears of each verified callback, at least once: read the transaction and keep what it says, so that hearing twice
   * changes nothing. While it rejects, Dintero tries again, up to 20 times. Dintero waits 10 s.
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
  checkSignatureOptions(options);
  return (request) =>
    guard(request, options, false, async () => {
      if (request.method !== "GET" && request.method !== "POST") return refuseMethod("GET, POST");
      const callback = await orRefuse(verifyCallback(request, options), request, options);
      try {
        await options.onCallback(callback);
      } catch (error) {
        // Whatever failed, a 4xx of another service's among it, must be delivered again.
        await report(error, request, options);
        return refuse(500, "callback-failed");
      }
      return answer(200, { received: true });
    });
}
