import type { Operation } from "../pending-operation.ts";

/** What the merchant is called back about. */
export type Notice =
  | { readonly kind: "result"; readonly error?: "cancelled" | "authorization" | "failed" }
  | { readonly kind: "event"; readonly event: Operation; readonly eventId: string };
