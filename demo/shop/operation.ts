import { operationResult, type Transaction, type TransactionEvent } from "dintero-checkout-element/server";

/** A capture, refund or void of a transaction, from its request to its end. */
export interface Operation {
  readonly kind: "capture" | "refund" | "void";
  /** `pending`: Dintero has accepted it (202) and does it later. Until then nothing of it is offered again. */
  readonly state: "pending" | "done" | "failed";
  /** In minor units. */
  readonly amount: number;
  readonly lineIds: readonly string[];
  /** Why it failed, where Dintero says so. */
  readonly error: string | undefined;
}

const kinds: Readonly<Record<string, Operation["kind"]>> = {
  CAPTURE: "capture",
  INITIATE_CAPTURE: "capture",
  REFUND: "refund",
  INITIATE_REFUND: "refund",
  VOID: "void",
  INITIATE_VOID: "void",
};

/** The operations of a transaction, each once: the event that accepts it and the one that ends it share a request id. */
export function operationsOf(transaction: Transaction): Operation[] {
  const requests = new Map<unknown, TransactionEvent[]>();
  for (const event of transaction.events ?? []) {
    if (!kinds[event.event]) continue;
    // An event without an id is an operation of its own.
    const id = event.correlation_request_id ?? event.request_id ?? event;
    requests.set(id, [...(requests.get(id) ?? []), event]);
  }
  return [...requests].map(([id, events]) => toOperation(transaction, id, events));
}

function toOperation(transaction: Transaction, id: unknown, events: readonly TransactionEvent[]): Operation {
  const last = events.at(-1)!;
  const success: Operation["state"] = last.success === false ? "failed" : "done";
  const { state, amount, error } =
    typeof id === "string"
      ? operationResult(transaction, id)
      : { state: success, amount: last.amount ?? 0, error: last.error };
  const items = events.find((event) => event.items?.length)?.items ?? [];
  return {
    kind: kinds[last.event]!,
    state,
    amount,
    lineIds: items.flatMap(({ line_id: lineId }) => lineId ?? []),
    error: error?.message,
  };
}

/** The operations of a kind that stand as given. */
export function select(
  operations: readonly Operation[],
  kind: Operation["kind"],
  state: Operation["state"],
): Operation[] {
  return operations.filter((operation) => operation.kind === kind && operation.state === state);
}

/** Whether Dintero has accepted something that it has not done yet. */
export const isBusy = (operations: readonly Operation[]): boolean =>
  operations.some(({ state }) => state === "pending");
