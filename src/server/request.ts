import type { QueryValue } from "../dintero/transaction-query.ts";
import type { CallOptions } from "./call-options.ts";
import { checkQuery } from "./check-query.ts";
import type { Connection } from "./connection.ts";
import { invalidOption } from "./errors.ts";

export interface RequestOptions extends CallOptions {
  /** A list is repeated, `undefined` is left out. */
  readonly query?: Readonly<Record<string, QueryValue>> | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
}

const methods: readonly string[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** Any call of `{checkoutUrl}/v1{path}`. */
export function request(call: Connection) {
  return async (
    method: string,
    path: string,
    { query = {}, body, signal }: RequestOptions = {},
  ): Promise<unknown> => {
    if (!methods.includes(method)) throw invalidOption("method", methods.join(", "));
    checkPath(path);
    checkQuery(query);
    return call({ method, path, query, body, repeatable: method === "GET", signal });
  };
}

/** An id from outside must not lead elsewhere. */
function checkPath(path: unknown): void {
  const segments = typeof path === "string" && path.startsWith("/") ? path.slice(1).split("/") : [""];
  const arePlain = segments.every((segment) => /^[\w.~-]+$/.test(segment) && !/^\.\.?$/.test(segment));
  if (!arePlain) throw invalidOption("path", "like /sessions/pay, of A-Z a-z 0-9 . _ ~ -; use query for ?");
  if (segments[0] === "v1") throw invalidOption("path", "without /v1, which is added");
}
