import type { Transaction } from "../dintero/transaction.ts";
import type { CallOptions } from "./call-options.ts";
import { checkId, hasId } from "./check-id.ts";
import type { Connection } from "./connection.ts";

/** `POST /v1/transactions/{id}/void`, without a body. */
export function voidTransaction(call: Connection) {
  return async (transactionId: string, { signal }: CallOptions = {}): Promise<Transaction> => {
    const path = `/transactions/${checkId(transactionId)}/void`;
    const answer = await call({
      method: "POST",
      path,
      repeatable: false,
      isValid: hasId(transactionId),
      signal,
    });
    return answer as Transaction;
  };
}
