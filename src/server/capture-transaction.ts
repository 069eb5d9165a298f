import type { Capture } from "../dintero/capture.ts";
import type { Transaction } from "../dintero/transaction.ts";
import type { CallOptions } from "./call-options.ts";
import { checkId, hasId } from "./check-id.ts";
import { checkMovement } from "./check-request.ts";
import type { Connection } from "./connection.ts";

/** `POST /v1/transactions/{id}/capture`. */
export function captureTransaction(call: Connection) {
  return async (
    transactionId: string,
    capture: Capture,
    { signal }: CallOptions = {},
  ): Promise<Transaction> => {
    const path = `/transactions/${checkId(transactionId)}/capture`;
    checkMovement(capture, "capture");
    const answer = await call({
      method: "POST",
      path,
      body: capture,
      repeatable: false,
      isValid: hasId(transactionId),
      signal,
    });
    return answer as Transaction;
  };
}
