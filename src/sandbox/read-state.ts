import { isObject } from "../dintero/rules/rule.ts";
import { webhookSubscription } from "../dintero/rules/webhook.ts";
import { accountIdPattern } from "./ids.ts";
import type { SavedSession } from "./session-record.ts";
import type { SavedState } from "./state.ts";

/** A further line of a state file. */
export interface StateChange {
  readonly session: SavedSession;
}

/** The state that the text of a state file holds, or what is wrong with it. */
export function readState(text: string): SavedState | string {
  const lines = text.split("\n");
  // A kill in the middle of a line leaves a part of it. Nothing that it holds was acknowledged.
  const rest = lines.slice(1, -1).filter((line) => line.trim() !== "");
  const state = parse(lines[0] ?? "") ?? parse(text);
  const problem = problemOf(state);
  if (problem !== undefined) return problem;
  const { sessions, ...others } = state as SavedState;
  const byId = new Map(sessions.map((saved) => [saved.session.id, saved]));
  // Such a file was written as one text over several lines.
  if (parse(lines[0] ?? "") === undefined) return { ...others, sessions: [...byId.values()] };
  for (const [index, line] of rest.entries()) {
    const change = parse(line);
    if (!isObject(change) || !isSavedSession(change["session"])) return `line ${index + 2} is damaged`;
    byId.set(change["session"].session.id, change["session"]);
  }
  return { ...others, sessions: [...byId.values()] };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function problemOf(state: unknown): string | undefined {
  if (state === undefined) return "it is not JSON";
  if (!isObject(state) || state["version"] !== 1) return "it is not of version 1";
  const { accountId, clientId, clientSecret, signatureSecret, sessions } = state;
  const { savedCards = [], profiles = [], subscriptions = [] } = state;
  if (typeof accountId !== "string" || !accountIdPattern.test(accountId)) return "accountId is not valid";
  for (const [name, value] of Object.entries({ clientId, clientSecret, signatureSecret }))
    if (typeof value !== "string" || value === "") return `${name} is not valid`;
  if (!Array.isArray(sessions)) return "sessions is not a list";
  const damaged = sessions.findIndex((saved) => !isSavedSession(saved));
  if (damaged !== -1) return `sessions[${damaged}] is damaged`;
  if (!isListOf(savedCards, ({ payment_token_id }) => typeof payment_token_id === "string"))
    return "savedCards is damaged";
  if (!isListOf(profiles, ({ id, configuration }) => typeof id === "string" && isObject(configuration)))
    return "profiles is damaged";
  if (
    !isListOf(subscriptions, (one) => typeof one["id"] === "string" && !webhookSubscription(one, "").length)
  )
    return "subscriptions is damaged";
  return undefined;
}

/** Checks what the sandbox reads of a session without looking; the rest goes through as it is. */
function isSavedSession(saved: unknown): saved is SavedSession {
  if (!isObject(saved) || !isSession(saved["session"])) return false;
  const { transaction, outcome, pending = [] } = saved;
  return (
    (transaction === undefined || isTransaction(transaction)) &&
    (outcome === null || isObject(outcome)) &&
    isListOf(pending, ({ requestId, request }) => typeof requestId === "string" && isObject(request))
  );
}

function isSession(session: unknown): boolean {
  if (!isObject(session)) return false;
  const { id, created_at, expires_at, url, order, events, configuration, metadata, express, customer } =
    session;
  return (
    typeof id === "string" &&
    [created_at, expires_at].every((time) => typeof time === "string" && !Number.isNaN(Date.parse(time))) &&
    isObject(url) &&
    isOrder(order) &&
    isListOf(events, isNamed) &&
    [configuration, metadata, express, customer].every((part) => part === undefined || isObject(part)) &&
    (!isObject(express) || isListOf(express["shipping_options"], () => true))
  );
}

function isOrder(order: unknown): boolean {
  if (!isObject(order)) return false;
  const { amount, currency, items = [], discount_codes = [] } = order;
  return (
    Number.isInteger(amount) &&
    typeof currency === "string" &&
    isListOf(items, ({ amount }) => Number.isInteger(amount)) &&
    Array.isArray(discount_codes)
  );
}

function isTransaction(transaction: unknown): boolean {
  if (!isObject(transaction)) return false;
  const { id, session_id, status, amount, items, events } = transaction;
  return (
    [id, session_id, status].every((text) => typeof text === "string") &&
    Number.isInteger(amount) &&
    isListOf(items, () => true) &&
    isListOf(events, ({ event }) => typeof event === "string")
  );
}

function isNamed({ name }: Readonly<Record<string, unknown>>): boolean {
  return typeof name === "string";
}

function isListOf(value: unknown, fits: (entry: Readonly<Record<string, unknown>>) => boolean): boolean {
  return Array.isArray(value) && value.every((entry: unknown) => isObject(entry) && fits(entry));
}
