import type { Customer } from "../dintero/customer.ts";
import type { ExpressAnswer } from "../dintero/express.ts";
import type { Order } from "../dintero/order.ts";
import type { PartialItem } from "../dintero/partial-item.ts";
import { refusedByDintero } from "../dintero/rules/differences.ts";
import { expressAnswer } from "../dintero/rules/express-answer.ts";
import { authorization, moneyMovement, transactionUpdate } from "../dintero/rules/money.ts";
import { isObject, problem, type Problem, type Rule } from "../dintero/rules/rule.ts";
import {
  newSession,
  newSessionWithoutProfile,
  sessionUpdate,
  tokenPayment,
  tokenRequest,
} from "../dintero/rules/session.ts";
import { isSummable, sumProblems } from "../dintero/rules/sums.ts";
import type { SessionRequest, SessionUpdate } from "../dintero/session.ts";
import { webhookSubscription } from "../dintero/rules/webhook.ts";
import type { WebhookSecret } from "./deliveries/delivery.ts";
import { SandboxError } from "./errors.ts";

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

/** A change of what is authorized. */
export interface AuthorizationRequest {
  readonly amount?: number;
  readonly items?: readonly PartialItem[];
  readonly reason?: string;
  readonly reference?: string;
  readonly final_authorization?: boolean;
}

/** A request for a payment token, and its session. */
export interface TokenRequest {
  readonly session: Pick<SessionRequest, "order" | "url">;
  readonly token_provider: {
    readonly payment_product_type: string;
    readonly token_types: readonly ("payment_token" | "recurrence_token")[];
  };
}

/** A payment with a token, made by the merchant's server. */
export interface TokenPayment {
  readonly session: {
    readonly order: Order;
    readonly customer: Customer;
    readonly url?: { readonly callback_url?: string };
    readonly configuration?: SessionRequest["configuration"];
  };
  readonly payment: {
    readonly payment_product_type: string;
    readonly operation: "unscheduled_purchase" | "recurring_purchase" | "invoice_purchase";
  };
}

/** An account-wide webhook to be made. */
export interface SubscriptionRequest {
  readonly config: {
    readonly url: string;
    readonly content_type?: string;
    readonly secret?: WebhookSecret;
    readonly insecure_ssl?: boolean;
  };
  readonly events: readonly string[];
}

export interface SessionChecks {
  /** Dintero-Feature-Toggles: strict-session-amounts. */
  readonly strict: boolean;
  /** The clock, in ms. */
  readonly now: number;
  /** False for `POST /sessions`, which has `configuration` in the profile's place. Default true. */
  readonly withProfile?: boolean;
}

/** Refuses, with 400 and every path that is wrong, what Dintero would not make a session of. */
export function parseSession(
  body: unknown,
  { strict, now, withProfile = true }: SessionChecks,
): SessionRequest {
  const session = parse<SessionRequest>(withProfile ? newSession : newSessionWithoutProfile, body);
  if (session.expires_at !== undefined && !(Date.parse(session.expires_at) > now))
    throw refusal(problem("expires_at", "format", "a time in the future, as in 2026-11-22T20:00:00Z"));
  if (strict) requireSum(session.order, session, session.customer);
  return session;
}

export const parseUpdate = (body: unknown) => parse<SessionUpdate>(sessionUpdate, body);
export const parseTokenPayment = (body: unknown) => parse<TokenPayment>(tokenPayment, body);
export const parseMoney = (body: unknown) => parse<MoneyRequest>(moneyMovement, body);
export const parseAuthorization = (body: unknown) => parse<AuthorizationRequest>(authorization, body);
export const parseTransactionUpdate = (body: unknown) =>
  parse<{ readonly merchant_reference_2?: string }>(transactionUpdate, body);
export const parseExpressAnswer = (body: unknown) => parse<ExpressAnswer>(expressAnswer, body);

export function parseTokenRequest(body: unknown): TokenRequest {
  const request = parse<TokenRequest>(tokenRequest, body);
  const { session } = request;
  return {
    ...request,
    session: { ...session, order: { ...session.order, amount: session.order.amount ?? 0 } },
  };
}

export const parseSubscription = (body: unknown) => parse<SubscriptionRequest>(webhookSubscription, body);

/** Refuses an amount that is not the sum of its parts. `holders` may hold gift cards, which pay for some of it. */
export function requireSum(order: Order, ...holders: readonly unknown[]): void {
  const fields = order as unknown as Readonly<Record<string, unknown>>;
  if (!isSummable(fields, ...holders)) return;
  const problems = sumProblems(fields);
  if (problems.length) throw refusal(problems);
}

/** The 400 of a body that does not follow the rules. */
export function refusal(problems: readonly Problem[]): SandboxError {
  return new SandboxError(400, "invalid_body", "The body does not follow the rules", problems);
}

/** The body, or a 400 that names each path that is wrong, as in `order.items[1].amount`. */
function parse<T>(rule: Rule, body: unknown): T {
  const problems = refusedByDintero(rule(body, ""));
  if (problems.length) throw refusal(problems);
  return withoutNulls(body) as T;
}

const MAX_DEPTH = 100;

/** Null counts as left out: live plug-ins send it for what they do not have. */
function withoutNulls(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw refusal(problem("", "limit", `nested at most ${MAX_DEPTH} deep`));
  if (Array.isArray(value)) return value.map((entry: unknown) => withoutNulls(entry, depth + 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null)
      .map(([name, field]) => [name, withoutNulls(field, depth + 1)]),
  );
}
