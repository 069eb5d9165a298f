import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Sandbox } from "../../src/sandbox/index.ts";

/** The body of an answer, whose fields are asserted one by one. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests assert on any field
export type Body = any;

interface Answer {
  readonly status: number;
  readonly body: Body;
}

export { order, session } from "../support/order.mjs";

/** A merchant's server: requests a token, and returns a function that calls the API with it. */
export async function merchant(sandbox: Sandbox, account = sandbox.accountId, base = "https://sandbox.test") {
  const basic = btoa(`${sandbox.clientId}:${sandbox.clientSecret}`);
  const token = await sandbox.fetch(`${base}/v1/accounts/${account}/auth/token`, {
    method: "POST",
    headers: { Authorization: `Basic ${basic}`, "Content-Type": "application/json" },
    body: JSON.stringify({ grant_type: "client_credentials", audience: `${base}/v1/accounts/${account}` }),
  });
  const { access_token } = (await token.json()) as { access_token: string };
  return async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const answer = await sandbox.fetch(`${base}/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${access_token}`, "Content-Type": "application/json", ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text ? JSON.parse(text) : undefined) as Body };
  };
}

/** Returns a function that sends the hosted page's requests. */
export function page(sandbox: Sandbox, id: string, base = "https://sandbox.test") {
  return async (path: string, body?: unknown): Promise<Answer> => {
    const answer = await sandbox.fetch(`${base}/_sandbox/page/sessions/${id}${path}`, {
      method: body === undefined ? "GET" : "POST",
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Body };
  };
}

/** A request as it arrived at the merchant's server. */
export interface Arrived {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
}

/** A merchant's server that records the requests and answers with `answer`. */
export async function shop(answer: (arrived: Arrived, response: ServerResponse) => void) {
  const arrived: Arrived[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const { method = "", headers } = request;
    const one = { method, headers, text, url: new URL(request.url ?? "/", `http://${headers.host}`) };
    arrived.push(one);
    answer(one, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, arrived, close };
}
