import { unknownId, type Ids, type Step } from "./step.ts";
import type { Answered, Call, Target } from "./target.ts";

const strict = { "dintero-feature-toggles": "strict-session-amounts" };
const item = { id: "compare-1", line_id: "1", description: "Compare", quantity: 2, amount: 10_000, vat: 25 };

function order(reference: string): Readonly<Record<string, unknown>> {
  return {
    amount: 10_000,
    vat_amount: 2000,
    currency: "NOK",
    merchant_reference: reference,
    items: [{ ...item, vat_amount: 2000 }],
  };
}

function session({ setup }: Target, { reference }: Ids): Readonly<Record<string, unknown>> {
  return {
    url: { return_url: "https://example.com/return" },
    order: order(reference),
    profile_id: setup.profileId,
  };
}

const create = (change: (session: Readonly<Record<string, unknown>>, ids: Ids) => unknown) => {
  return (target: Target, ids: Ids): Call => ({
    method: "POST",
    path: "/sessions-profile",
    headers: strict,
    body: change(session(target, ids), ids),
  });
};

const keepSession = ({ body: { id, url } }: Answered, ids: Ids): void => {
  if (typeof id === "string") ids.sessionId = id;
  if (typeof url === "string") ids.url = url;
};

const token = ({ setup }: Target, authorization: string, body: unknown): Call => ({
  method: "POST",
  path: `/accounts/${setup.accountId}/auth/token`,
  authorization,
  body,
});

const grant = ({ setup }: Target): Readonly<Record<string, string>> => ({
  grant_type: "client_credentials",
  audience: `${setup.apiUrl}/v1/accounts/${setup.accountId}`,
});

/** The documented life of a session that nobody pays: created, read, updated, listed, refused, cancelled. */
export const sessionLife: readonly Step[] = [
  {
    name: "token with a wrong secret",
    call: (target) => token(target, `Basic ${btoa(`${target.setup.clientId}:wrong`)}`, grant(target)),
  },
  {
    name: "token without an audience",
    call: (target) => token(target, target.basic, { grant_type: "client_credentials" }),
  },
  {
    name: "token",
    call: (target) => token(target, target.basic, grant(target)),
    keep: ({ body }, _, target) => target.useToken(body["access_token"]),
  },
  {
    name: "read with an unknown token",
    call: () => ({ method: "GET", path: `/sessions/${unknownId}`, authorization: "Bearer unknown" }),
  },
  {
    name: "create without a return url",
    call: create((whole) => ({ ...whole, url: {} })),
  },
  {
    name: "create without a currency",
    call: create((whole, { reference }) => ({
      ...whole,
      order: { ...order(reference), currency: undefined },
    })),
  },
  {
    name: "create with a wrong sum",
    call: create((whole, { reference }) => ({ ...whole, order: { ...order(reference), amount: 9000 } })),
  },
  {
    name: "create with an unknown profile",
    call: create((whole) => ({ ...whole, profile_id: "compare-unknown" })),
  },
  { name: "create", call: create((whole) => whole), keep: keepSession },
  { name: "read", call: (_, { sessionId }) => ({ method: "GET", path: `/sessions/${sessionId}` }) },
  { name: "read an unknown session", call: () => ({ method: "GET", path: `/sessions/${unknownId}` }) },
  {
    name: "list sessions by reference",
    call: (_, { reference }) => ({ method: "GET", path: `/sessions?search=${reference}&limit=1` }),
  },
  {
    name: "update without a lock",
    call: (_, { sessionId, reference }) => ({
      method: "PUT",
      path: `/sessions/${sessionId}`,
      body: { order: order(reference) },
    }),
  },
  {
    name: "update from server to server",
    call: (_, { sessionId, reference }) => ({
      method: "PUT",
      path: `/sessions/${sessionId}?update_without_lock=true`,
      body: {
        order: {
          ...order(reference),
          amount: 20_000,
          items: [{ ...item, amount: 20_000, vat_amount: 4000 }],
        },
        remove_lock: true,
      },
    }),
  },
  {
    name: "update with a wrong sum",
    call: (_, { sessionId, reference }) => ({
      method: "PUT",
      path: `/sessions/${sessionId}?update_without_lock=true`,
      body: { order: { ...order(reference), amount: 1 } },
    }),
  },
  {
    name: "list transactions by session",
    call: (_, { sessionId }) => ({ method: "GET", path: `/transactions?session_id=${sessionId}` }),
  },
  {
    name: "list transactions with a wrong limit",
    call: () => ({ method: "GET", path: "/transactions?limit=1000" }),
  },
  {
    name: "read an unknown transaction",
    call: () => ({ method: "GET", path: `/transactions/${unknownId}` }),
  },
  {
    name: "capture an unknown transaction",
    call: () => ({ method: "POST", path: `/transactions/${unknownId}/capture`, body: { amount: 1 } }),
  },
  {
    name: "cancel",
    call: (_, { sessionId }) => ({ method: "POST", path: `/sessions/${sessionId}/cancel` }),
  },
  {
    name: "read after the cancellation",
    call: (_, { sessionId }) => ({ method: "GET", path: `/sessions/${sessionId}` }),
  },
  {
    name: "cancel again",
    call: (_, { sessionId }) => ({ method: "POST", path: `/sessions/${sessionId}/cancel` }),
  },
  {
    name: "update after the cancellation",
    call: (_, { sessionId, reference }) => ({
      method: "PUT",
      path: `/sessions/${sessionId}?update_without_lock=true`,
      body: { order: order(reference) },
    }),
  },
];

/** The session that is paid with `--pay`. */
export const payableSession: Step = {
  name: "create, to be paid",
  call: create((whole) => whole),
  keep: keepSession,
};
