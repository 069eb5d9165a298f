import { listPage, type Filters } from "../list-query.ts";
import type { SessionRecord } from "../session-record.ts";

const filters: Filters<SessionRecord> = {
  idOf: ({ session }) => session.id,
  repeatable: { store_id: ({ session }) => (session.order["store"] as { id?: unknown } | undefined)?.id },
  single: {
    id: ({ session }) => session.id,
    transaction_id: ({ session }) => session.transaction_id,
    payment_operation: ({ session }) => session["payment_operation"],
    "initiating_system.dintero_system_plugin_name": ({ systemHeaders }) =>
      systemHeaders?.["dintero-system-plugin-name"],
  },
  times: { created_at: ({ session }) => session.created_at },
  searchable: ({ session: { order } }) => [
    order.merchant_reference,
    order.merchant_reference_2,
    ...[order.shipping_address, order.billing_address].map(
      (address) => address && `${address.first_name} ${address.last_name}`,
    ),
  ],
};

/** Sessions that match, newest first, as one page. */
export function listSessions(
  records: readonly SessionRecord[],
  query: URLSearchParams,
): readonly SessionRecord[] {
  return listPage(records.toReversed(), query, filters);
}
