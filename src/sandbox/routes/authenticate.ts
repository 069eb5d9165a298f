import type { Context } from "hono";
import type { SandboxParts } from "../sandbox-parts.ts";
import { SandboxError } from "../errors.ts";
import type { SessionRecord } from "../session-record.ts";

/** The account whose token a call carries, or 401; 403 where the address names another account. */
export function accountOfCall({ tokens }: SandboxParts, context: Context): string {
  const account = tokens.account(context.req.header("Authorization"));
  if ((context.req.param("account") ?? account) === account) return account;
  throw new SandboxError(403, "forbidden", "The token is of another account than the address");
}

/** The session that a path names. Sessions of another account are not found. */
export function sessionOfCall(sandbox: SandboxParts, context: Context): SessionRecord {
  const account = accountOfCall(sandbox, context);
  const id = context.req.param("id") ?? "";
  const record = sandbox.sessions.find(id);
  if (record?.session.id !== id || !id.startsWith(`${account}.`))
    throw new SandboxError(404, "session_not_found", "There is no such session");
  return record;
}

/** The session whose transaction a path names. */
export function transactionOfCall(sandbox: SandboxParts, context: Context): SessionRecord {
  const account = accountOfCall(sandbox, context);
  const transaction = sandbox.transactions.get(context.req.param("id") ?? "");
  if (!transaction?.id.startsWith(`${account}.`))
    throw new SandboxError(404, "transaction_not_found", "There is no such transaction");
  return sandbox.sessions.require(transaction.session_id);
}

/** Whether a call has a feature switched on by `Dintero-Feature-Toggles`. */
export function hasToggle(context: Context, toggle: string): boolean {
  const toggles = context.req.header("Dintero-Feature-Toggles") ?? "";
  return toggles.split(/[\s,]+/).includes(toggle);
}

/** The calling system, from the `Dintero-System-…` headers. */
export function systemHeaders(context: Context): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(context.req.header()).filter(([name]) => name.startsWith("dintero-system-")),
  );
}
