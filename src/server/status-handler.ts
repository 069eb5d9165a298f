import type { DinteroClient } from "./client.ts";
import { DinteroError } from "./errors.ts";
import { answer, guard, refuse, refuseMethod, type ErrorOptions } from "./http.ts";
import { isId } from "../dintero/ids.ts";

export interface StatusHandlerOptions extends ErrorOptions {
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

const outcomes: readonly [RegExp, PaymentStatus][] = [
  [/^(AUTHORIZED|(PARTIALLY_)?(CAPTURED|REFUNDED|CAPTURED_REFUNDED))$/, "paid"],
  [/^ON_HOLD$/, "on-hold"],
  [/^(DECLINED|FAILED)$/, "failed"],
  [/^AUTHORIZATION_VOIDED$/, "cancelled"],
  // INITIALIZED, UNKNOWN, and a status that Dintero may add one day: not yet an outcome.
  [/^/, "pending"],
];

/**
 * The endpoint that `<dintero-return>` asks: `GET ?transaction_id=&merchant_reference=` tells the transaction's status,
 * merchant reference, id and session, and nothing else of it. 404 for a transaction of another account or another order.
 */
export function createStatusHandler(options: StatusHandlerOptions): (request: Request) => Promise<Response> {
  const { client } = options;
  return (request) =>
    guard(request, options, client.testMode, async () => {
      if (request.method !== "GET") return refuseMethod("GET");
      const { searchParams } = new URL(request.url);
      const id = searchParams.get("transaction_id");
      if (!id) return refuse(400, "no-transaction-id");
      if (!isId(id)) return refuse(400, "invalid-transaction-id");
      if (!id.startsWith(`${client.accountId}.`)) return refuse(404, "not-found");
      const transaction = await client
        .getTransaction(id, { signal: request.signal })
        .catch((error: unknown) => {
          if (error instanceof DinteroError && error.code === "not-found") throw refuse(404, "not-found");
          throw error;
        });
      const { status, merchant_reference: merchantReference, session_id: sessionId } = transaction;
      const reference = searchParams.get("merchant_reference");
      if (transaction.id !== id || (reference !== null && reference !== merchantReference)) {
        return refuse(404, "not-found");
      }
      const told: StatusAnswer = {
        status: outcomes.find(([names]) => names.test(status))![1],
        merchantReference,
        transactionId: id,
        sessionId,
      };
      return answer(200, told);
    });
}
