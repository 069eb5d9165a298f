import type { Transaction } from "../dintero/transaction.ts";
import type { CallOptions } from "./call-options.ts";
import { checkId, hasAnyId } from "./check-id.ts";
import type { Connection } from "./connection.ts";

/** `GET /v1/transactions/{id}`. */
export function getTransaction(call: Connection) {
  return async (transactionId: string, { signal }: CallOptions = {}): Promise<Transaction> => {
    const path = `/transactions/${checkId(transactionId)}`;
    const answer = await call({ method: "GET", path, repeatable: true, isValid: hasAnyId, signal });
    return answer as Transaction;
  };
}
