import type { Answered, Call, Target } from "./target.ts";

/** What the steps before have found out on one side. */
export interface Ids {
  sessionId: string;
  /** Where the session is paid. */
  url: string;
  transactionId: string;
  readonly reference: string;
}

export interface Step {
  /** Its name in the report. */
  readonly name: string;
  readonly call: (target: Target, ids: Ids) => Call;
  /** Keeps what later steps need. */
  readonly keep?: (answered: Answered, ids: Ids, target: Target) => void;
}

/** An id of the right form that nothing has. */
export const unknownId = "00000000000000000000000000000000";
