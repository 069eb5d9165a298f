import type { SessionRequest } from "../../dintero/session.ts";
import type { PayOutcome } from "../page-api.ts";
import type { Sandbox } from "../sandbox-parts.ts";
import type { SessionRecord } from "../session-record.ts";
import { expressFields } from "./scenario-shop.ts";

/** What a static session plays. */
export interface Scenario {
  readonly description: string;
  /** What paying ends as, where the shopper has not chosen another outcome than "paid". */
  readonly outcome?: PayOutcome | "cancelled";
  /** Differs from the usual session. */
  readonly session?: Partial<SessionRequest>;
  readonly prepare?: (sandbox: Sandbox, record: SessionRecord) => void;
}

/** By the part of the session's id after `T00000000.`. */
export const scenarios = {
  paid: { description: "Paying ends as paid" },
  "on-hold": { description: "Paying ends on hold", outcome: "on_hold" },
  declined: { description: "Paying is declined", outcome: "declined" },
  cancelled: { description: "Whatever the shopper does ends as cancelled", outcome: "cancelled" },
  expired: {
    description: "The session has expired",
    prepare: ({ sessions }, record) => sessions.expire(record),
  },
  slow: {
    description: "Takes three seconds to load",
    prepare: ({ faults }, { session }) =>
      void faults.add({ on: "view", session: session.id, delay: 3000, times: 1 }),
  },
  silent: {
    description: "The page draws itself and posts no message",
    prepare: ({ faults }, { session }) => void faults.add({ page: { silent: true }, session: session.id }),
  },
  validate: { description: "For a merchant’s page that validates before each payment" },
  express: {
    description: "Address, delivery and discount codes (SUMMER gives 10 %)",
    session: expressFields,
  },
  "pop-out": { description: "For a merchant’s page that opens a window" },
  locked: {
    description: "The order is being updated when the page opens",
    prepare: ({ sessions }, record) => void sessions.lock(record),
  },
} as const satisfies Readonly<Record<string, Scenario>>;

export type ScenarioName = keyof typeof scenarios;

/** The account of the static sessions. */
export const staticAccount = "T00000000";

/** The scenario of `T00000000.<scenario>`, or null. A `.now` at the end starts its outcome without a click. */
export function scenarioOf(sid: string): { readonly scenario: Scenario; readonly now: boolean } | null {
  const [account, name = "", now] = sid.split(".");
  if (account !== staticAccount || !Object.hasOwn(scenarios, name)) return null;
  return { scenario: scenarios[name as ScenarioName], now: now === "now" };
}
