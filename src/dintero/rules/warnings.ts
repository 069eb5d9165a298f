import { isLoopback } from "../../core/addresses.ts";
import { fieldOf, problem, type Problem } from "./rule.ts";

/** The longest merchant reference that Kravia's invoices take: a UUID with hyphens has one character more. */
const MAX_KRAVIA_REFERENCE = 35;

/** What Dintero, or a payment method of its, may refuse, and the sandbox takes: true of a session that follows the rules. */
export function sessionWarnings(session: unknown): readonly Problem[] {
  const reference = fieldOf(fieldOf(session, "order"), "merchant_reference");
  const callbackUrl = fieldOf(fieldOf(session, "url"), "callback_url");
  return [
    ...(typeof reference === "string" && reference.length > MAX_KRAVIA_REFERENCE
      ? problem(
          "order.merchant_reference",
          "limit",
          `at most ${MAX_KRAVIA_REFERENCE} characters where Kravia is offered`,
        )
      : []),
    ...(typeof callbackUrl === "string" && !isReachable(new URL(callbackUrl))
      ? problem(
          "url.callback_url",
          "format",
          "a public https address: Dintero refuses a session with this one",
        )
      : []),
  ];
}

const isReachable = ({ protocol, hostname }: URL): boolean => protocol === "https:" && !isLoopback(hostname);
