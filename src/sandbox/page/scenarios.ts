/** The scenario of each static session, by the part of its id after `T00000000.`. */
export const scenarios = {
  paid: "Paying ends as paid",
  "on-hold": "Paying ends on hold",
  declined: "Paying is declined",
  cancelled: "Whatever the shopper does ends as cancelled",
  expired: "The session has expired",
  slow: "Takes three seconds to load",
  silent: "The page draws itself and posts no message",
  validate: "For a merchant’s page that validates before each payment",
  express: "Address, delivery and discount codes (SUMMER gives 10 %)",
  "pop-out": "For a merchant’s page that opens a window",
  locked: "The order is being updated when the page opens",
} as const;

export type Scenario = keyof typeof scenarios;

const account = "T00000000.";

/** The scenario of `T00000000.<scenario>`, or null. A `.now` at the end starts its outcome without a click. */
export function scenarioOf(sid: string): { readonly name: Scenario; readonly now: boolean } | null {
  if (!sid.startsWith(account)) return null;
  const [name = "", now] = sid.slice(account.length).split(".");
  return Object.hasOwn(scenarios, name) ? { name: name as Scenario, now: now === "now" } : null;
}
