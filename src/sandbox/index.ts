export { createSandbox, type LogLine, type Sandbox, type SandboxOptions } from "./sandbox.ts";
export { SandboxError, type Problem } from "./errors.ts";
export type { Attempt, Deliveries, Delivery } from "./deliveries.ts";
export type { Fault, Faults } from "./faults.ts";
export type { CallbackFault } from "./callbacks.ts";
export type { SavedState, StateStore } from "./state.ts";
export type * from "./session.ts";
export type * from "./transaction.ts";
