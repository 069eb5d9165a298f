import type { Delivery } from "../deliveries/delivery.ts";
import type { Fault } from "../faults.ts";
import type { PageOutcome } from "../page-api.ts";
import type { LogLine } from "../log.ts";
import type { Session } from "../session.ts";
import type { Transaction } from "../transaction.ts";

/** A session as the control API returns it. */
export interface Summary {
  readonly session: Session;
  readonly transaction: Transaction | null;
  readonly outcome: PageOutcome | null;
  readonly expired: boolean;
}

export interface SandboxInfo {
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

async function request<T>(path: string, method = "GET", body?: unknown): Promise<T> {
  const init: RequestInit = { method };
  if (body !== undefined) {
    init.headers = { "content-type": "application/json" };
    init.body = JSON.stringify(body);
  }
  const response = await fetch(`/_sandbox/${path}`, init);
  const answer = (await response.json()) as { readonly error?: { readonly message?: string } };
  if (!response.ok) throw new Error(answer.error?.message ?? `The sandbox answered ${response.status}`);
  return answer as T;
}

/** The sandbox's control API, as the console uses it. */
export const control = {
  info: () => request<SandboxInfo>(""),
  sessions: async () => (await request<{ sessions: Summary[] }>(`sessions?limit=${shown}`)).sessions,
  deliveries: async () => (await request<{ deliveries: Delivery[] }>("deliveries")).deliveries,
  tokens: async () => (await request<{ tokens: Token[] }>("tokens")).tokens,
  faults: async () => (await request<{ faults: Fault[] }>("faults")).faults,
  /** Log lines newer than `after`; waits for one. */
  events: async (after: number) =>
    (await request<{ events: LogEntry[] }>(`events?after=${after}&wait=25000`)).events,
  create: () => request<Summary>("sessions", "POST", {}),
  perform: (id: string, action: string, body: object = {}) =>
    request<Summary>(`sessions/${encodeURIComponent(id)}/${action}`, "POST", body),
  replay: (id: string) => request(`deliveries/${encodeURIComponent(id)}/replay`, "POST"),
  hurry: () => request("deliveries/hurry", "POST"),
  expireTokens: () => request("tokens/expire", "POST"),
  addFault: (fault: Fault) => request("faults", "POST", fault),
  clearFaults: () => request("faults", "DELETE"),
};
