import { sumOfLines } from "../../dintero/money.ts";
import { SandboxError } from "../errors.ts";
import type { AuthorizationRequest } from "../requests.ts";
import type { Transaction } from "../transaction.ts";
import type { NewEvent } from "./money-operations.ts";

/** A change of what is authorized: the transaction's new fields, and the event. */
export interface AuthorizationChange {
  readonly fields: Partial<Transaction>;
  readonly event: NewEvent;
}

/**
 * What `POST /transactions/{id}/authorization` does: an external payment on hold is authorized, a pre-authorization gets
 * its amount, and Klarna's authorizations get a longer life or a new total.
 *
 * @throws {SandboxError} 400 for what the payment method does not support, 409 in a status that does not allow it
 */
export function changeAuthorization(
  transaction: Transaction,
  request: AuthorizationRequest,
): AuthorizationChange {
  const { payment_product_type: type, payment_product, status } = transaction;
  if (type === "dintero.external") {
    requireStatus(transaction, "ON_HOLD");
    return change(request, {}, "AUTHORIZED");
  }
  requireStatus(transaction, "AUTHORIZED");
  const isKlarna = payment_product === "klarna";
  if (!isKlarna && payment_product !== "dintero_psp")
    throw invalid(`The authorization of ${type} cannot be changed`);
  if (request.amount === undefined) {
    if (isKlarna && request.reason && request.reference) return change(request, {}, status);
    throw invalid(
      isKlarna
        ? "A longer life needs reason and reference, a new total amount and items"
        : "A pre-authorization needs amount and final_authorization",
    );
  }
  if (!isKlarna && request.final_authorization === undefined)
    throw invalid("A pre-authorization needs amount and final_authorization");
  requireItems(transaction, request);
  const { amount, items } = request;
  return change(request, { amount, ...(items && { items }) }, status);
}

function requireItems({ items }: Transaction, request: AuthorizationRequest): void {
  if (!items.length) return;
  if (!request.items) throw invalid("The transaction has items, so items are required");
  const sum = sumOfLines(request.items);
  if (sum !== request.amount) throw invalid(`amount is ${request.amount}, items add up to ${sum}`);
}

function requireStatus(transaction: Transaction, status: Transaction["status"]): void {
  if (transaction.status !== status)
    throw new SandboxError(
      409,
      "invalid_status",
      `The authorization of a transaction that is ${transaction.status} cannot be changed`,
    );
}

function invalid(message: string): SandboxError {
  return new SandboxError(400, "invalid_body", message);
}

function change(
  { amount, items, reference }: AuthorizationRequest,
  fields: Partial<Transaction>,
  transaction_status: Transaction["status"],
): AuthorizationChange {
  return {
    fields,
    event: {
      event: "AUTHORIZE",
      transaction_status,
      ...(amount !== undefined && { amount }),
      ...(items && { items }),
      ...(reference !== undefined && { event_reference: reference }),
    },
  };
}
