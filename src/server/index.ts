export type { Address } from "../dintero/address.ts";
export type { Capture } from "../dintero/capture.ts";
export type { CardToken, CardTokenQuery } from "../dintero/card-token.ts";
export type { Customer } from "../dintero/customer.ts";
export type { Express, ExpressAnswer, ExpressOrder } from "../dintero/express.ts";
export type { MinorUnits } from "../dintero/money.ts";
export { operationResult } from "../dintero/operation-result.ts";
export type { OperationResult } from "../dintero/operation-result.ts";
export type { DiscountLine, Order, OrderItem, OrderUpdate } from "../dintero/order.ts";
export type { PartialItem } from "../dintero/partial-item.ts";
export type { Refund } from "../dintero/refund.ts";
export type { SessionHistoryEvent } from "../dintero/session-history-event.ts";
export type { SessionQuery } from "../dintero/session-query.ts";
export type { CreatedSession, Session, SessionRequest, SessionUpdate } from "../dintero/session.ts";
export type { ShippingOption } from "../dintero/shipping-option.ts";
export type { TransactionCorrection, TransactionEvent } from "../dintero/transaction-event.ts";
export type { QueryValue, TransactionQuery } from "../dintero/transaction-query.ts";
export type { TransactionStatus } from "../dintero/transaction-status.ts";
export type { Transaction, TransactionUpdate } from "../dintero/transaction.ts";
export type { AcceptedTransaction } from "./calls.ts";
export { createCallbackHandler } from "./handlers/callback-handler.ts";
export type { CallbackHandlerOptions } from "./handlers/callback-handler.ts";
export type { DinteroClientOptions, SystemInfo, TokenStore } from "./client-options.ts";
export { createDinteroClient } from "./client.ts";
export type { CallOptions, DinteroClient, RequestOptions, UpdateOptions } from "./client.ts";
export type { CorsOptions } from "./handlers/cors.ts";
export { DinteroError } from "./errors.ts";
export type { DinteroErrorCode, DinteroErrorDetails } from "./errors.ts";
export { createAddressHandler, createDiscountHandler } from "./handlers/express-handlers.ts";
export type {
  AddressHandlerOptions,
  DiscountHandlerOptions,
  ExpressContext,
  ExpressOptions,
} from "./handlers/express-handlers.ts";
export type { ErrorOptions, Handler } from "./handlers/handler.ts";
export { createSessionHandler } from "./handlers/session-handler.ts";
export type { SessionHandlerOptions } from "./handlers/session-handler.ts";
export { createStatusHandler } from "./handlers/status-handler.ts";
export type { PaymentStatus, StatusAnswer, StatusHandlerOptions } from "./handlers/status-handler.ts";
export { verifyCallback } from "./signatures/verify-callback.ts";
export type { Callback } from "./signatures/verify-callback.ts";
export type { SignatureOptions } from "./signatures/verify-signature.ts";
export { verifyWebhook } from "./signatures/verify-webhook.ts";
export type { Webhook, WebhookOptions } from "./signatures/verify-webhook.ts";
