import { DinteroError } from "dintero-checkout-element/server";

/** An error as one line for the console. Errors of Dintero contain no secret, so they can be logged whole. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const status = error instanceof DinteroError && error.status ? ` (${error.status})` : "";
  const refused = "code" in error && (error.code === "unauthorized" || error.code === "forbidden");
  const names = "DINTERO_ACCOUNT_ID, DINTERO_CLIENT_ID and DINTERO_CLIENT_SECRET";
  return `${error.message}${status}${refused ? ` Check ${names}.` : ""}`;
}

/**
 * Whether Dintero refused the request, so that trying again would change nothing. Any other error (no answer, an error
 * of Dintero's own, wrong credentials) does not concern the payment.
 */
export function isRefusal(error: unknown): error is DinteroError {
  if (!(error instanceof DinteroError)) return false;
  return error.code === "refused" || error.code === "not-found" || error.code === "invalid-session";
}

/** For `catch`: there is no such session or transaction, or the id in an address is invalid. */
export function undefinedIfMissing(error: unknown): undefined {
  const missing =
    error instanceof DinteroError && (error.code === "not-found" || error.code === "invalid-id");
  if (!missing) throw error;
}
