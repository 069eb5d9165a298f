import type { Delivery } from "../deliveries/delivery.ts";
import type { Fault } from "../faults.ts";
import type { PageOutcome } from "../page-api.ts";
import type { LogLine } from "../log.ts";
import type { Session } from "../session.ts";
import type { Transaction } from "../transaction.ts";

/** A session as the control API tells it. */
export interface Summary {
  readonly session: Session;
  readonly transaction: Transaction | null;
  readonly outcome: PageOutcome | null;
  readonly expired: boolean;
}

export interface About {
  readonly account: string;
  readonly client_id: string;
  /** How many sessions there are, and how many are kept. */
  readonly sessions: number;
  readonly keeps: number;
}

/** A token without its secret. */
export interface Token {
  readonly account: string;
  readonly expires_at: string;
}

export type LogEntry = LogLine & { readonly seq: number };

/** Sessions that the console shows; the sandbox may keep thousands. */
const shown = 100;

async function ask<T>(path: string, method = "GET", body?: unknown): Promise<T> {
  const request: RequestInit = { method };
  if (body !== undefined) {
    request.headers = { "content-type": "application/json" };
    request.body = JSON.stringify(body);
  }
  const response = await fetch(`/_sandbox/${path}`, request);
  const answer = (await response.json()) as { readonly error?: { readonly message?: string } };
  if (!response.ok) throw new Error(answer.error?.message ?? `The sandbox answered ${response.status}`);
  return answer as T;
}

/** The sandbox's control API, as the console uses it. */
export const control = {
  about: () => ask<About>(""),
  sessions: async () => (await ask<{ sessions: Summary[] }>(`sessions?limit=${shown}`)).sessions,
  deliveries: async () => (await ask<{ deliveries: Delivery[] }>("deliveries")).deliveries,
  tokens: async () => (await ask<{ tokens: Token[] }>("tokens")).tokens,
  faults: async () => (await ask<{ faults: Fault[] }>("faults")).faults,
  /** Log lines newer than `after`; waits for one. */
  events: async (after: number) =>
    (await ask<{ events: LogEntry[] }>(`events?after=${after}&wait=25000`)).events,
  create: () => ask<Summary>("sessions", "POST", {}),
  act: (id: string, action: string, body: object = {}) =>
    ask<Summary>(`sessions/${encodeURIComponent(id)}/${action}`, "POST", body),
  replay: (id: string) => ask(`deliveries/${encodeURIComponent(id)}/replay`, "POST"),
  hurry: () => ask("deliveries/hurry", "POST"),
  expireTokens: () => ask("tokens/expire", "POST"),
  addFault: (fault: Fault) => ask("faults", "POST", fault),
  clearFaults: () => ask("faults", "DELETE"),
};
