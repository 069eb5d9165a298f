import { accountOf, isId } from "../dintero/ids.ts";
import type { Transaction } from "../dintero/transaction.ts";
import { answerErrors, type ErrorOptions } from "./answer-errors.ts";
import type { DinteroClient } from "./client.ts";
import { createCors, type CorsOptions } from "./cors.ts";
import { DinteroError } from "./errors.ts";
import { paymentStatusOf, type PaymentStatus } from "./payment-status.ts";
import { refuse, refuseMethod, respond } from "./respond.ts";

export interface StatusHandlerOptions extends ErrorOptions, CorsOptions {
  readonly client: Pick<DinteroClient, "getTransaction" | "accountId" | "testMode">;
}

export interface StatusAnswer {
  readonly status: PaymentStatus;
  readonly merchantReference: string;
  readonly transactionId: string;
  readonly sessionId: string;
}

/**
 * The endpoint of `<dintero-return endpoint>`: `GET ?transaction_id=&merchant_reference=`, both required, is answered
 * with the transaction's status, merchant reference, id and session, and nothing else of it. 404 for a transaction of
 * another account or another order.
 */
export function createStatusHandler(options: StatusHandlerOptions): (request: Request) => Promise<Response> {
  const { client } = options;
  const cors = createCors(options, ["GET"]);

  async function handle(request: Request): Promise<Response> {
    if (request.method !== "GET") return refuseMethod(cors.methods);
    const { searchParams } = new URL(request.url);
    const transactionId = searchParams.get("transaction_id");
    const merchantReference = searchParams.get("merchant_reference");
    if (!transactionId) return refuse(400, "no-transaction-id");
    if (!isId(transactionId)) return refuse(400, "invalid-transaction-id");
    if (accountOf(transactionId) !== client.accountId) return refuse(404, "not-found");
    if (merchantReference === null) return refuse(400, "no-merchant-reference");
    const transaction = await find(transactionId, request.signal);
    if (transaction?.id !== transactionId || transaction.merchant_reference !== merchantReference) {
      return refuse(404, "not-found");
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

  const answerOptions = { onError: options.onError, testMode: client.testMode };
  return (request) => cors.handle(request, () => answerErrors(request, answerOptions, () => handle(request)));
}
