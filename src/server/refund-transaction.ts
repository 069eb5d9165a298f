import type { Refund } from "../dintero/refund.ts";
import type { Transaction } from "../dintero/transaction.ts";
import type { CallOptions } from "./call-options.ts";
import { checkId, hasId } from "./check-id.ts";
import { checkMovement } from "./check-request.ts";
import type { Connection } from "./connection.ts";

/** `POST /v1/transactions/{id}/refund`. */
export function refundTransaction(call: Connection) {
  return async (
    transactionId: string,
    refund: Refund,
    { signal }: CallOptions = {},
  ): Promise<Transaction> => {
    const path = `/transactions/${checkId(transactionId)}/refund`;
    checkMovement(refund, "refund");
    const answer = await call({
      method: "POST",
      path,
      body: refund,
      repeatable: false,
      isValid: hasId(transactionId),
      signal,
    });
    return answer as Transaction;
  };
}
