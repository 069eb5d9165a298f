import type { Deliveries } from "../deliveries/deliveries.ts";
import type { Delivery } from "../deliveries/delivery.ts";
import type { CallbackFault } from "../faults.ts";
import type { SessionRecord } from "../session-record.ts";
import type { Notice } from "./notice.ts";

/** What may be called back about, and how it goes wrong. */
export interface CallbackOccasion {
  readonly record: SessionRecord;
  readonly notice: Notice;
  /** Stands for the time of a transaction where there is none. */
  readonly now: string;
  readonly fault?: CallbackFault;
}

/** The calls that a callback url with its switches requests after this notice: none, one, or (a fault) two. */
export function sendCallbacks(
  deliveries: Deliveries,
  { record, notice, now, fault = {} }: CallbackOccasion,
): Promise<Delivery>[] {
  const { session, transaction } = record;
  if (session.url.callback_url === undefined || fault.never) return [];
  const url = new URL(session.url.callback_url);
  const switches = url.searchParams;
  if (notice.kind === "event") {
    if (!switches.getAll("report_event").includes(notice.event)) return [];
  } else if (notice.error && switches.get("report_error") !== "true" && !wasOnHold(record)) return [];

  const post = switches.get("method")?.toUpperCase() === "POST";
  const withSession = switches.getAll("includes").includes("session");
  const seconds = Math.min(Math.max(Number(switches.get("delay_callback")) || 0, 0), 60);
  const parameters = {
    transaction_id: transaction?.id,
    [switches.get("sid_parameter_name") || "session_id"]: session.id,
    merchant_reference: session.order.merchant_reference,
    // Of the transaction, so it is old in later callbacks about events.
    time: transaction?.created_at ?? now,
    error: notice.kind === "result" ? notice.error : undefined,
    event: notice.kind === "event" ? notice.event : undefined,
    event_id: notice.kind === "event" ? notice.eventId : undefined,
  };
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) url.searchParams.append(name, value);

  const parcel = {
    sessionId: session.id,
    ...(transaction && { transactionId: transaction.id }),
    about: notice.kind === "event" ? notice.event : "result",
    method: post ? ("POST" as const) : ("GET" as const),
    url: url.href,
    delay: seconds * 1000 + (fault.delay ?? 0),
    ...(post && { body: () => ({ ...record.transaction, ...(withSession && { session: record.session }) }) }),
  };
  return Array.from({ length: fault.twice ? 2 : 1 }, () => deliveries.send(parcel));
}

/** The end of a hold is always reported, a failure too: the merchant was called back about the hold. */
function wasOnHold({ transaction }: SessionRecord): boolean {
  return transaction?.events.some(({ transaction_status }) => transaction_status === "ON_HOLD") ?? false;
}
