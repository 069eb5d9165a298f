import type { Transaction, TransactionUpdate } from "../dintero/transaction.ts";
import type { CallOptions } from "./call-options.ts";
import { checkId, hasId } from "./check-id.ts";
import type { Connection } from "./connection.ts";
import { checkTransactionUpdate } from "./check-request.ts";

/** `PUT /v1/transactions/{id}`. */
export function updateTransaction(call: Connection) {
  return async (
    transactionId: string,
    update: TransactionUpdate,
    { signal }: CallOptions = {},
  ): Promise<Transaction> => {
    const path = `/transactions/${checkId(transactionId)}`;
    checkTransactionUpdate(update);
    const answer = await call({
      method: "PUT",
      path,
      body: update,
      repeatable: true,
      isValid: hasId(transactionId),
      signal,
    });
    return answer as Transaction;
  };
}
