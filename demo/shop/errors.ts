// @ts-check
import { DinteroError } from "dintero-checkout-element/server";

/**
 * An error as one line for the console. Dintero's errors carry no secret, so they can be told whole.
 *
 * @param {unknown} error
 */
export function reason(error) {
  if (!(error instanceof Error)) return String(error);
  const status = "status" in error && error.status ? ` (${error.status})` : "";
  return `${error.message}${status}${hint(error)}`;
}

/** @param {Error} error */
function hint(error) {
  // Dintero's 401, not that of a caller whose signature is false.
  if ("code" in error && (error.code === "unauthorized" || error.code === "forbidden")) {
    return " Check DINTERO_ACCOUNT_ID, DINTERO_CLIENT_ID and DINTERO_CLIENT_SECRET.";
  }
  return "";
}

/**
 * Whether Dintero said no: asking again would change nothing. Everything else (no answer, an error of Dintero's own,
 * wrong credentials) says nothing about the payment.
 *
 * @param {unknown} error
 * @returns {error is DinteroError}
 */
export function isRefusal(error) {
  if (!(error instanceof DinteroError)) return false;
  return error.code === "refused" || error.code === "not-found" || error.code === "invalid-session";
}

/**
 * There is no such session or transaction, or what an address named is not even an id. Anything else is trouble.
 *
 * @param {unknown} error
 * @returns {undefined}
 */
export function unlessWrong(error) {
  if (error instanceof DinteroError && (error.code === "not-found" || error.code === "invalid-id"))
    return undefined;
  throw error;
}
