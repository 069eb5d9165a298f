import * as v from "valibot";
import type { PartialItem } from "../../dintero/partial-item.ts";
import { parse } from "./parse.ts";
import { amount, anyText, lineAmount, list, object, text, truth } from "./values.ts";

const partialItem = object({ line_id: text, amount: lineAmount });

const metadata = v.record(
  v.pipe(
    v.string(),
    v.startsWith("ext_", "must have keys that begin with ext_"),
    v.maxLength(128, "must have keys of at most 128 characters"),
  ),
  v.pipe(v.string("must be a text"), v.maxLength(256, "must be at most 256 characters long")),
  "must be an object",
);

const moneyRequest = object({
  amount,
  items: v.optional(list(partialItem)),
  capture_reference: v.optional(anyText),
  refund_reference: v.optional(anyText),
  reason: v.optional(anyText),
  final_capture: v.optional(truth),
  metadata: v.optional(metadata),
});

/** A capture or a refund. */
export interface MoneyRequest {
  readonly amount: number;
  readonly items?: readonly PartialItem[];
  readonly capture_reference?: string;
  readonly refund_reference?: string;
  readonly reason?: string;
  readonly final_capture?: boolean;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The body of a capture or a refund. */
export function parseMoney(body: unknown): MoneyRequest {
  return parse(moneyRequest, body) as MoneyRequest;
}

const authorization = object({
  amount: v.optional(amount),
  items: v.optional(list(object({ line_id: text, amount: lineAmount }))),
  reason: v.optional(anyText),
  reference: v.optional(anyText),
  description: v.optional(anyText),
  final_authorization: v.optional(truth),
});

/** A change of what is authorized. */
export interface AuthorizationRequest {
  readonly amount?: number;
  readonly items?: readonly PartialItem[];
  readonly reason?: string;
  readonly reference?: string;
  readonly final_authorization?: boolean;
}

/** The body of `POST /transactions/{id}/authorization`. */
export function parseAuthorization(body: unknown): AuthorizationRequest {
  return parse(authorization, body) as AuthorizationRequest;
}

const transactionUpdate = object({ merchant_reference_2: v.optional(anyText) });

/** The body of `PUT /transactions/{id}`. */
export function parseTransactionUpdate(body: unknown): { readonly merchant_reference_2?: string } {
  return parse(transactionUpdate, body) as { merchant_reference_2?: string };
}
