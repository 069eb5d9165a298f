import type { ReturnStatus } from "./return-state.ts";

/** What Dintero adds to the `return_url`. Anybody can write it: it is a claim until the endpoint confirms it. */
export interface Claim {
  readonly transactionId: string | null;
  readonly merchantReference: string | null;
  /** `cancelled`, `authorization`, `failed`, or `capture`, also spelled `captured`. */
  readonly error: string | null;
  /** The address it was read from. */
  readonly address: string;
  /** The same without the claim. The other parameters keep their order and spelling. */
  readonly page: string;
}

const claimParameters = ["transaction_id", "merchant_reference", "error"];

/** What an address claims. */
export function readClaim(address: string): Claim {
  const url = new URL(address);
  const read = (name: string): string | null => url.searchParams.get(name) || null;
  const claim = {
    transactionId: read("transaction_id"),
    merchantReference: read("merchant_reference"),
    error: read("error"),
  };
  const parameters = url.search.slice(1).split("&");
  url.search = parameters.filter((part) => !claimParameters.includes(nameOf(part))).join("&");
  return { ...claim, address, page: url.href };
}

/** The name of a parameter, however it is spelled: `transaction%5Fid` is `transaction_id`. */
function nameOf(parameter: string): string {
  // The question mark that is skipped here is not one of the parameter's.
  return new URLSearchParams(`?${parameter}`).keys().next().value ?? "";
}

/** Whether it claims anything about a payment. */
export function isClaim({ transactionId, error }: Claim): boolean {
  return Boolean(transactionId ?? error);
}

/** The status a claim stands for when there is no endpoint to confirm it. An unknown error is a failure. */
export function claimedStatus({ error, transactionId }: Claim): ReturnStatus {
  if (error === null) return "paid";
  // The payment is authorized, only its automatic capture failed: paying again would pay twice.
  if (transactionId && (error === "capture" || error === "captured")) return "paid";
  return error === "cancelled" ? "cancelled" : "failed";
}
