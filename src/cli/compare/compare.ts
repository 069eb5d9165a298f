import { createSandbox, pay, type Sandbox } from "../../sandbox/index.ts";
import type { Setup } from "../doctor/environment.ts";
import { compareRecordings, type Difference } from "./differences.ts";
import { payableSession, sessionLife } from "./session-life.ts";
import type { Ids, Step } from "./step.ts";
import { Target } from "./target.ts";
import { transactionLife } from "./transaction-life.ts";

export interface CompareOptions {
  /** Continue with a payment, capture, refund and void. */
  readonly pay: boolean;
  /** Called with the address to pay at. */
  readonly onPayable: (url: string) => void;
  /** ms to wait for the payment. Default 15 min. */
  readonly payTimeout?: number;
  /** ms between two looks at the session that is to be paid. Default 2,000. */
  readonly pollInterval?: number;
  /** The clock, in ms. */
  readonly now: () => number;
  /** The sandbox to compare with. Default: one in memory. */
  readonly sandbox?: Sandbox;
}

export interface Comparison {
  readonly differences: readonly Difference[];
  /** Number of calls whose answers were compared. */
  readonly calls: number;
}

/** Sends the documented life of a session to an account and to a sandbox, and compares the answers. */
export async function compare(setup: Setup, options: CompareOptions): Promise<Comparison> {
  const sandbox = options.sandbox ?? createSandbox({ account: setup.accountId });
  const reference = `compare-${options.now()}`;
  const account: Side = { target: new Target(setup), ids: newIds(reference) };
  const model: Side = { target: sandboxTarget(sandbox, setup), ids: newIds(reference) };
  const differences: Difference[] = [];
  let calls = 0;
  const run = async (steps: readonly Step[]): Promise<void> => {
    for (const step of steps) {
      const ours = await play(step, account);
      const theirs = await play(step, model);
      differences.push(...compareRecordings(step.name, ours, theirs));
      calls += 1;
    }
  };
  await run(sessionLife);
  if (options.pay) {
    await run([payableSession]);
    await payBoth({ account, model, sandbox }, options);
    await run(transactionLife);
  }
  return { differences, calls };
}

interface Side {
  readonly target: Target;
  readonly ids: Ids;
}

const newIds = (reference: string): Ids => ({ sessionId: "", url: "", transactionId: "", reference });

async function play({ call, keep }: Step, { target, ids }: Side) {
  const answered = await target.send(call(target, ids));
  keep?.(answered, ids, target);
  return answered.recording;
}

function sandboxTarget(sandbox: Sandbox, { profileId }: Setup): Target {
  const { accountId, clientId, clientSecret, signatureSecret, fetch } = sandbox;
  const url = "https://sandbox.test";
  const urls = { apiUrl: url, checkoutUrl: url };
  return new Target({ accountId, clientId, clientSecret, signatureSecret, ...urls, profileId }, fetch);
}

/** No payment came in time. */
export class NotPaid extends Error {}

interface Sides {
  readonly account: Side;
  readonly model: Side;
  readonly sandbox: Sandbox;
}

async function payBoth({ account, model, sandbox }: Sides, options: CompareOptions): Promise<void> {
  const { now, onPayable, payTimeout = 15 * 60_000, pollInterval = 2000 } = options;
  const path = `/sessions/${account.ids.sessionId}` as const;
  onPayable(account.ids.url || `${account.target.setup.checkoutUrl}/v1/view/${account.ids.sessionId}`);
  const end = now() + payTimeout;
  for (;;) {
    const { body } = await account.target.send({ method: "GET", path });
    if (typeof body["transaction_id"] === "string") {
      account.ids.transactionId = body["transaction_id"];
      break;
    }
    if (now() >= end) throw new NotPaid(`The session was not paid within ${payTimeout / 60_000} min`);
    await new Promise((resolve) => setTimeout(resolve, pollInterval));
  }
  const { body: paid } = await account.target.send({
    method: "GET",
    path: `/transactions/${account.ids.transactionId}`,
  });
  const session = sandbox.sessions.get(model.ids.sessionId);
  if (!session) throw new NotPaid("The sandbox has not created the session");
  const type = paid["payment_product_type"];
  const transaction = await pay(session, typeof type === "string" ? { payment_product_type: type } : {});
  model.ids.transactionId = transaction.id;
}
