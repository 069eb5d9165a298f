export { createDinteroClient } from "./client.ts";
export type {
  CallOptions,
  DinteroClient,
  DinteroClientOptions,
  SystemInfo,
  UpdateOptions,
} from "./client.ts";
export { verifyCallback } from "./callback.ts";
export type { Callback, SignatureOptions } from "./callback.ts";
export { createCallbackHandler } from "./callback-handler.ts";
export type { CallbackHandlerOptions } from "./callback-handler.ts";
export { DinteroError } from "./errors.ts";
export type { DinteroErrorCode, DinteroErrorDetails } from "./errors.ts";
export { createAddressHandler, createDiscountHandler } from "./express-handlers.ts";
export type {
  AddressHandlerOptions,
  DiscountHandlerOptions,
  ExpressAnswer,
  ExpressOptions,
} from "./express-handlers.ts";
export type { ErrorOptions } from "./http.ts";
export type {
  Address,
  CreatedSession,
  DiscountLine,
  Express,
  MinorUnits,
  Order,
  OrderItem,
  Session,
  SessionRequest,
  SessionUpdate,
  ShippingOption,
} from "./session.ts";
export { createSessionHandler } from "./session-handler.ts";
export type { SessionHandlerOptions } from "./session-handler.ts";
export { createStatusHandler } from "./status-handler.ts";
export type { PaymentStatus, StatusAnswer, StatusHandlerOptions } from "./status-handler.ts";
export type { TokenStore } from "./token.ts";
export type { Capture, PartialItem, Refund, Transaction, TransactionStatus } from "./transaction.ts";
export { verifyWebhook } from "./webhook.ts";
export type { Webhook, WebhookOptions } from "./webhook.ts";
