import type { Problem } from "../dintero/rules/rule.ts";
import { sessionWarnings } from "../dintero/rules/warnings.ts";
import type { Session } from "./session.ts";

/** What of a session the real Dintero refuses, though the sandbox takes it. */
export function warningsOf(session: Session): readonly Problem[] {
  const offersKravia = session.configuration?.["kravia"] !== undefined;
  return sessionWarnings(session).filter(({ path }) => path !== "order.merchant_reference" || offersKravia);
}
