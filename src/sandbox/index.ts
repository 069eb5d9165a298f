export { createSandbox, type LogLine, type Sandbox, type SandboxOptions } from "./sandbox.ts";
export {
  cancel,
  createOrder,
  decline,
  expire,
  hold,
  nextCallback,
  pay,
  release,
  type PayOptions,
} from "./kit.ts";
export { SandboxError, type Problem } from "./errors.ts";
export type { Deliveries } from "./deliveries.ts";
export type { Attempt, Delivery } from "./delivery.ts";
export type { Fault, FaultPoint, Faults } from "./faults.ts";
export type { CallbackFault } from "./callbacks.ts";
export type { Payments } from "./payments.ts";
export type { Sessions } from "./sessions.ts";
export { openStateFile, type StateFile, type StateFileOptions } from "./state-file.ts";
export type { SavedState, StateStore } from "./state.ts";
export type * from "./session.ts";
export type * from "./transaction.ts";
