/** One thing that happened, for the console. */
export interface LogLine {
  readonly at: string;
  readonly kind: "call" | "session" | "transaction" | "delivery" | "fault" | "warning";
  readonly text: string;
  readonly session?: string;
  readonly delivery?: string;
}
