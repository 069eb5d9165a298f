import type { Delivery } from "./deliveries/delivery.ts";
import type { PayOutcome } from "./page-api.ts";
import type { Session } from "./session.ts";
import type { Transaction } from "./transaction.ts";

/** What the testing kit does with a session; the sandbox that keeps the session does it. */
export interface SessionOwner {
  pay(session: Session, outcome: PayOutcome, payment_product_type: string | undefined): Transaction;
  release(session: Session, status: "AUTHORIZED" | "FAILED"): Transaction;
  cancel(session: Session): Session;
  expire(session: Session): Session;
  nextCallback(session: Session, timeout: number): Promise<Delivery>;
}

const owner = Symbol("sandbox");

/** Leads a session back to its sandbox. The property is not enumerable: no copy and no answer carries it. */
export function setOwner(session: Session, value: SessionOwner): void {
  Object.defineProperty(session, owner, { value });
}

/** The sandbox that handed the session out, or undefined. */
export function ownerOf(session: Session): SessionOwner | undefined {
  return (session as { [owner]?: SessionOwner })[owner];
}
