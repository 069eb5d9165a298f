import type { SandboxParts } from "../sandbox-parts.ts";
import { SandboxError } from "../errors.ts";
import { payOutcomes, type PayOutcome } from "../page-api.ts";
import { parseMoney } from "../requests.ts";
import type { SessionRecord } from "../session-record.ts";

type Json = Readonly<Record<string, unknown>>;

/** One use of the control API. */
interface Action {
  readonly sandbox: SandboxParts;
  readonly record: SessionRecord;
  readonly body: Json;
}

/** What a shopper, a merchant or Dintero may do with a session, by its name in the control API. */
const actions: Readonly<Record<string, (action: Action) => void>> = {
  pay: (action) => pay(action, outcomeOf(action.body["outcome"])),
  hold: (action) => {
    const { sandbox, record } = action;
    if (record.transaction) sandbox.transactions.hold(record);
    else pay(action, "on_hold");
  },
  release: ({ sandbox, record, body: { status } }) => {
    if (status !== "AUTHORIZED" && status !== "FAILED")
      throw new SandboxError(400, "invalid_request", "status must be AUTHORIZED or FAILED");
    sandbox.transactions.release(record, status);
  },
  unsettle: ({ sandbox, record, body: { status } }) => {
    if (status !== "INITIATED" && status !== "UNKNOWN")
      throw new SandboxError(400, "invalid_request", "status must be INITIATED or UNKNOWN");
    sandbox.transactions.unsettle(record, status);
  },
  cancel: ({ sandbox, record }) => {
    if (record.outcome) sandbox.transactions.cancelByMerchant(record, sandbox.clientId);
    else sandbox.transactions.cancel(record);
  },
  capture: ({ sandbox, record, body }) => void sandbox.transactions.capture(record, parseMoney(body)),
  refund: ({ sandbox, record, body }) => void sandbox.transactions.refund(record, parseMoney(body)),
  void: ({ sandbox, record }) => void sandbox.transactions.void(record),
  /** What was accepted with 202 is done now. */
  complete: ({ sandbox, record }) => sandbox.accepted.complete(record),
  expire: ({ sandbox, record }) => sandbox.sessions.expire(record),
  lock: ({ sandbox, record }) => {
    sandbox.sessions.lock(record);
    record.feed.add({ type: "changed" });
  },
  post: ({ record, body }) => record.feed.add({ type: "post", message: (body["message"] ?? {}) as Json }),
};

/** @throws {SandboxError} `not_found` for a name that is none */
export function performAction(name: string, action: Action): void {
  if (!Object.hasOwn(actions, name)) throw new SandboxError(404, "not_found", `There is no action ${name}`);
  actions[name]?.(action);
}

function pay({ sandbox, record, body }: Action, outcome: PayOutcome): void {
  const given = body["payment_product_type"];
  const payment_product_type = typeof given === "string" ? given : sandbox.profiles.usualType(record.session);
  try {
    sandbox.transactions.pay(record, { outcome, payment_product_type });
  } catch (error) {
    // The action is done: the session has its event, and stays open.
    if (!(error instanceof SandboxError && error.code === "payment_rejected")) throw error;
  }
}

function outcomeOf(value: unknown = "authorized"): PayOutcome {
  const known: readonly unknown[] = payOutcomes;
  if (!known.includes(value))
    throw new SandboxError(400, "invalid_request", `outcome must be one of ${payOutcomes.join(", ")}`);
  return value as PayOutcome;
}
