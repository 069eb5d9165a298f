import type { TransactionQuery } from "../dintero/transaction-query.ts";
import type { Transaction } from "../dintero/transaction.ts";
import type { CallOptions } from "./call-options.ts";
import { checkQuery } from "./check-query.ts";
import type { Connection } from "./connection.ts";
import { invalidOption } from "./errors.ts";

/** `GET /v1/transactions`. */
export function listTransactions(call: Connection) {
  return async (
    query: TransactionQuery = {},
    { signal }: CallOptions = {},
  ): Promise<readonly Transaction[]> => {
    checkFilters(query);
    const answer = await call({
      method: "GET",
      path: "/transactions",
      query,
      repeatable: true,
      isValid: Array.isArray,
      signal,
    });
    return answer as readonly Transaction[];
  };
}

/** A filter without a value would match any payment, which could be taken for that of an order. */
function checkFilters(query: TransactionQuery): void {
  checkQuery(query);
  for (const [name, value] of Object.entries(query)) {
    const values = [value].flat();
    if (!values.length || values.some((one) => one === undefined || one === "")) {
      throw invalidOption(`query.${name}`, "given, or left out");
    }
  }
  const { limit } = query;
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1 && limit <= 100)) {
    throw invalidOption("query.limit", "from 1 to 100");
  }
}
