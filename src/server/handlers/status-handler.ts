import { accountOf, isId } from "../../dintero/ids.ts";
import type { TransactionStatus } from "../../dintero/transaction-status.ts";
import type { Transaction } from "../../dintero/transaction.ts";
import type { DinteroClient } from "../client.ts";
import { DinteroError } from "../errors.ts";
import { createCors, type CorsOptions } from "./cors.ts";
import { createHandler, type ErrorOptions, type Handler } from "./handler.ts";
import { Refusal, refuseMethod, respond } from "./respond.ts";

export interface StatusHandlerOptions<C = unknown> extends ErrorOptions<C>, CorsOptions {
  readonly client: Pick<DinteroClient, "getTransaction" | "accountId" | "testMode">;
}

/** What `<dintero-return>` shows. */
export type PaymentStatus = "paid" | "on-hold" | "pending" | "failed" | "cancelled";

export interface StatusAnswer {
  readonly status: PaymentStatus;
  readonly merchantReference: string;
  readonly transactionId: string;
  readonly sessionId: string;
}

const paymentStatuses: Readonly<Record<TransactionStatus, PaymentStatus>> = {
  AUTHORIZED: "paid",
  PARTIALLY_CAPTURED: "paid",
  PARTIALLY_CAPTURED_REFUNDED: "paid",
  CAPTURED: "paid",
  PARTIALLY_REFUNDED: "paid",
  REFUNDED: "paid",
  ON_HOLD: "on-hold",
  INITIATED: "pending",
  UNKNOWN: "pending",
  DECLINED: "failed",
  FAILED: "failed",
  AUTHORIZATION_VOIDED: "cancelled",
};

/** A status that Dintero adds later is not an outcome: `pending`. */
function paymentStatusOf(status: string): PaymentStatus {
  return Object.hasOwn(paymentStatuses, status) ? paymentStatuses[status as TransactionStatus] : "pending";
}

/**
 * The endpoint of `<dintero-return endpoint>`: `GET ?transaction_id=&merchant_reference=`, both required, is answered
 * with the transaction's status, merchant reference, id and session, and nothing else of it. 404 for a transaction of
 * another account or another order.
 */
export function createStatusHandler<C = unknown>(options: StatusHandlerOptions<C>): Handler<Request, C> {
  const { client } = options;
  const cors = createCors(options, ["GET"]);

  async function work(request: Request): Promise<Response | Refusal> {
    if (request.method !== "GET") return refuseMethod(cors.methods);
    const { searchParams } = new URL(request.url);
    const transactionId = searchParams.get("transaction_id");
    const merchantReference = searchParams.get("merchant_reference");
    if (!transactionId) return badRequest("no-transaction-id", "transaction_id is missing in its address");
    if (!isId(transactionId)) return badRequest("invalid-transaction-id", "transaction_id is not an id");
    // Where the account is missing, the client's own error says so.
    if (client.accountId && accountOf(transactionId) !== client.accountId) {
      return notFound(`${transactionId} is not of the account ${client.accountId}`);
    }
    if (merchantReference === null) {
      const reason =
        "merchant_reference is missing in its address, and an id alone must not reveal a payment";
      return badRequest("no-merchant-reference", reason);
    }
    const transaction = await find(transactionId, request.signal);
    if (transaction?.id !== transactionId) return notFound(`Dintero has no transaction ${transactionId}`);
    if (transaction.merchant_reference !== merchantReference) {
      return notFound(`${transactionId} does not have the merchant_reference in its address`);
    }
    const { status, session_id: sessionId } = transaction;
    const answer: StatusAnswer = {
      status: paymentStatusOf(status),
      merchantReference,
      transactionId,
      // Nothing else that Dintero may have put there reaches the browser.
      sessionId: isId(sessionId) ? sessionId : "",
    };
    return respond(200, answer);
  }

  async function find(transactionId: string, signal: AbortSignal): Promise<Transaction | undefined> {
    try {
      return await client.getTransaction(transactionId, { signal });
    } catch (error) {
      if (error instanceof DinteroError && error.code === "not-found") return undefined;
      throw error;
    }
  }

  return createHandler({ work, cors, onError: options.onError, isTestMode: () => client.testMode });
}

function badRequest(code: string, reason: string): Refusal {
  return new Refusal({ status: 400, code, reason });
}

function notFound(reason: string): Refusal {
  return new Refusal({ status: 404, code: "not-found", reason });
}
