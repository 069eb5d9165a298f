// @ts-check

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
  if (!("status" in error)) return "";
  if (error.status === 401 || error.status === 403) {
    return " Check DINTERO_ACCOUNT_ID, DINTERO_CLIENT_ID and DINTERO_CLIENT_SECRET.";
  }
  return "";
}
