import type { ReturnStatus } from "./return-state.ts";

/** What Dintero adds to the `return_url`. Anybody can write it: it is a claim until the endpoint confirms it. */
export interface Claim {
  readonly transactionId: string | null;
  readonly merchantReference: string | null;
  /** `cancelled`, `authorization` or `failed`. */
  readonly error: string | null;
  /** The address it was read from. */
  readonly address: string;
  /** The same without it. The other parameters keep their order and spelling. */
  readonly page: string;
}

/** What an address claims. */
export function readClaim(address: string): Claim {
  const url = new URL(address);
  const read = (name: string) => url.searchParams.get(name) || null;
  const claim = {
    transactionId: read("transaction_id"),
    merchantReference: read("merchant_reference"),
    error: read("error"),
  };
  const others = url.search.slice(1).split("&");
  url.search = others
    .filter((part) => !/^(transaction_id|merchant_reference|error)(=|$)/.test(part))
    .join("&");
  return { ...claim, address, page: url.href };
}

/** Whether it claims anything about a payment. */
export function isClaim({ transactionId, error }: Claim): boolean {
  return !!(transactionId || error);
}

/** The status a claim amounts to when there is nobody to ask. An error that we do not know is a failure. */
export function claimedStatus({ error }: Claim): ReturnStatus {
  return error === "cancelled" ? error : error ? "failed" : "paid";
}
