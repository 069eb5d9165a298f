export { createSandbox, type SandboxOptions } from "./sandbox.ts";
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
export { SandboxError } from "./errors.ts";
export type { Problem } from "../dintero/rules/rule.ts";
export { openStateFile } from "./open-state-file.ts";
export type { StateFile, StateFileOptions } from "./state-file.ts";
export type { Sandbox } from "./sandbox-parts.ts";
export type { Deliveries } from "./deliveries/deliveries.ts";
export type { Attempt, Delivery } from "./deliveries/delivery.ts";
export type { CallbackFault, Fault, FaultPoint, Faults } from "./faults.ts";
export type { LogLine } from "./log.ts";
export type { SavedState, StateStore } from "./state.ts";
export type { Session } from "./session.ts";
export type { Sessions } from "./sessions/sessions.ts";
export type { Transaction, TransactionCard, TransactionEvent } from "./transaction.ts";
export type { Acceptance } from "./transactions/accepted-operations.ts";
export type { CardToken, SavedCards } from "./transactions/saved-cards.ts";
export type { Transactions } from "./transactions/transactions.ts";
export type { Address } from "../dintero/address.ts";
export type { Customer } from "../dintero/customer.ts";
export type { Express } from "../dintero/express.ts";
export type { DiscountLine, Order, OrderItem } from "../dintero/order.ts";
export type { SessionHistoryEvent } from "../dintero/session-history-event.ts";
export type { SessionRequest } from "../dintero/session.ts";
export type { ShippingOption } from "../dintero/shipping-option.ts";
export type { TransactionStatus } from "../dintero/transaction-status.ts";
