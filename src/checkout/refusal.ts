import { ownText } from "../core/own-fields.ts";
import type { DinteroCheckoutError } from "./errors.ts";

/**
 * The merchant's message to the shopper: the `message` of a 4xx answer's `error`. Null for every other failure. It is
 * shown as text, never as markup.
 */
export function refusalMessage({ code, cause }: DinteroCheckoutError): string | null {
  return (code === "endpoint-refused" && ownText(cause, "message")) || null;
}
