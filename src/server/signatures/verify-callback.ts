import { DELIVERY_HEADER, type PaymentErrorReason, type ReportedEvent } from "../../dintero/callback.ts";
import type { Session } from "../../dintero/session.ts";
import type { Transaction } from "../../dintero/transaction.ts";
import { parseJson, readRequestBody } from "../body.ts";
import {
  checkSignatureOptions,
  verifySignature,
  type SignatureOptions,
  type Verification,
} from "./verify-signature.ts";

/** What Dintero reports of a session. All but `deliveryId`, `transaction` and `session` is signed. */
export interface Callback {
  /** Empty when there is none, as after a cancellation. One that failed may have one: read its status. */
  readonly transactionId: string;
  readonly sessionId: string;
  readonly merchantReference: string;
  /** ISO 8601: when the transaction was created. It is not the time of the callback. */
  readonly time: string;
  /** Why nothing was paid, with `report_error=true`. */
  readonly error?: PaymentErrorReason | (string & {}) | undefined;
  /** With `report_event`. */
  readonly event?: ReportedEvent | (string & {}) | undefined;
  readonly eventId?: string | undefined;
  /** Differs from delivery to delivery. Not signed. */
  readonly deliveryId?: string | undefined;
  /** From the body, which the signature does NOT cover. Never mark an order paid from it: read the transaction. */
  readonly transaction?: Transaction | undefined;
  /** From the body, which the signature does NOT cover. */
  readonly session?: Session | undefined;
}

const bodyLimit = 1024 * 1024;

/**
 * Resolves to the callback when Dintero signed it. Rejects with `missing-signature` or `invalid-signature` (answer 401:
 * final) or `stale-signature`, a true signature of another time (answer 503: Dintero tries again, a replay gains nothing).
 */
export async function verifyCallback(request: Request, options: SignatureOptions): Promise<Callback> {
  return readCallback(request, { settings: checkSignatureOptions(options), context: undefined });
}

/** The same with options that have been checked. */
export async function readCallback<R extends Request, C>(
  request: R,
  verification: Verification<R, C>,
): Promise<Callback> {
  const { searchParams } = await verifySignature(request, verification);
  // Dintero appends its parameters to the merchant's own.
  const last = (name: string) => searchParams.getAll(name).at(-1);
  // A shop whose own parameter is called `session_id` (PHP's is) has Dintero's named otherwise.
  const sessionParameter = last("sid_parameter_name") || "session_id";
  return {
    transactionId: last("transaction_id") ?? "",
    sessionId: last(sessionParameter) ?? last("sid") ?? "",
    merchantReference: last("merchant_reference") ?? "",
    time: last("time") ?? "",
    error: last("error"),
    event: last("event"),
    eventId: last("event_id"),
    deliveryId: request.headers.get(DELIVERY_HEADER) ?? undefined,
    ...(request.method === "POST" && (await readUnsignedBody(request))),
  };
}

/** The body is the transaction, or holds it beside the session. */
async function readUnsignedBody(request: Request): Promise<Pick<Callback, "transaction" | "session">> {
  try {
    const bytes = await readRequestBody(request, { limit: bodyLimit });
    const body = bytes && (parseJson(bytes) as Transaction & Pick<Callback, "transaction" | "session">);
    if (body === null || typeof body !== "object") return {};
    return { transaction: body.transaction ?? body, session: body.session };
  } catch {
    // Nothing in it is needed, so nothing in it can lose a callback.
    return {};
  }
}
