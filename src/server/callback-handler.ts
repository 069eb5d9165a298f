import { checkSignatureOptions, verifyCallback, type Callback, type SignatureOptions } from "./callback.ts";
import { DinteroError } from "./errors.ts";
import { answer, refuse, refuseMethod, report, type ErrorOptions } from "./http.ts";

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
  return async (request) => {
    if (request.method !== "GET" && request.method !== "POST") return refuseMethod("GET, POST");
    let code = "internal";
    try {
      const callback = await verifyCallback(request, options);
      // Whatever fails from here on, a 4xx of another service's among it, must be delivered again.
      code = "callback-failed";
      await options.onCallback(callback);
      return answer(200, { received: true });
    } catch (error) {
      await report(error, request, options);
      return error instanceof DinteroError && code === "internal"
        ? refuse(error.status, error.code)
        : refuse(500, code);
    }
  };
}
