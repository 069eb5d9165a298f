import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** A fault of the fake Dintero, in place of its answer. */
export type Fault =
  | "hang"
  | "reset"
  | "rubbish"
  | "cut"
  | { readonly status: number; readonly body?: unknown; readonly headers?: Record<string, string> };

export interface Upstream extends AsyncDisposable {
  readonly url: string;
  /** `POST token`, `POST sessions-profile`, `GET sessions/T12345678.a` … in the order of arrival. */
  readonly calls: string[];
  readonly tokens: string[];
  /** The last request, with its raw body. */
  last: { method: string; path: string; headers: IncomingMessage["headers"]; body: string } | undefined;
  /** Faults by the prefix of a call's name; the entries of a list apply to one call each. */
  readonly faults: Record<string, Fault | (Fault | undefined)[]>;
  /** Tokens that are refused with 401. */
  readonly revoked: Set<string>;
  /** Lifetime of tokens in seconds. */
  expiresIn: unknown;
  answer: (call: string) => unknown;
  /** Resolves when a call with this name arrives. */
  arrival(call: string): Promise<void>;
  /** Resolves when a call is left without an answer. */
  hang(): Promise<void>;
}

export const accountId = "T12345678";
export const clientId = "client-id";
/** With all characters that are encoded in base64, urls, JSON and regular expressions. */
export const clientSecret = `p&ss/w?rd+%"\\é (1234567890)~`;
export const signatureSecret = "sig&nature/secret+=%2B 0987654321";

/** A minimal fake Dintero on a real port, with faults. */
export async function startUpstream(): Promise<Upstream> {
  const sockets = new Set<Socket>();
  const waiting: [string, () => void][] = [];
  const waitingForHang: (() => void)[] = [];
  const server = createServer((request, response) => {
    void serve(request, response);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { method = "", headers, url: path = "" } = request;
    const call = `${method} ${path.endsWith("/auth/token") ? "token" : path.replace("/v1/", "")}`;
    upstream.calls.push(call);
    upstream.last = { method, path, headers, body };
    for (const [name, resolve] of waiting) if (call.startsWith(name)) resolve();
    const name = Object.keys(upstream.faults).find((one) => call.startsWith(one));
    const planned = name === undefined ? undefined : upstream.faults[name];
    const fault = Array.isArray(planned) ? planned.shift() : planned;
    if (fault === "hang") return waitingForHang.splice(0).forEach((resolve) => resolve());
    if (fault === "reset") return void request.socket.destroy();
    if (fault === "rubbish") return void response.end("<html>it works!</html>");
    if (fault === "cut") {
      response.writeHead(200, { "content-length": "1000" });
      response.write('{"id":');
      return void setImmediate(() => request.socket.destroy());
    }
    if (fault) return reply(fault.status, fault.body ?? echo(headers.authorization, body), fault.headers);
    if (call === "POST token") {
      const expected = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
      if (headers.authorization !== expected) return reply(401, echo(headers.authorization, body));
      const token = `token.${upstream.tokens.length}.abcdefghijklmnopqrstuvwxyz0123456789+/==`;
      upstream.tokens.push(token);
      return reply(200, { access_token: token, token_type: "Bearer", expires_in: upstream.expiresIn });
    }
    const token = headers.authorization?.replace("Bearer ", "") ?? "";
    if (!upstream.tokens.includes(token) || upstream.revoked.has(token)) {
      return reply(401, echo(headers.authorization, body));
    }
    return reply(200, upstream.answer(call));

    function reply(status: number, data: unknown, more: Record<string, string> = {}): void {
      response.writeHead(status, { "content-type": "application/json", "request-id": "req-1", ...more });
      response.end(JSON.stringify(data));
    }
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const upstream: Upstream = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: [],
    tokens: [],
    last: undefined,
    faults: {},
    revoked: new Set(),
    expiresIn: 14400,
    answer: answerAbout,
    arrival: (call) => new Promise((resolve) => waiting.push([call, resolve])),
    hang: () => new Promise((resolve) => waitingForHang.push(resolve)),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return upstream;
}

/** The session or transaction that the call names, or a new session. */
function answerAbout(call: string): unknown {
  const [, id] = /^\S+ (?:sessions|transactions|card-tokens)\/([^/?]+)/.exec(call) ?? [];
  if (id !== undefined) return { id };
  return { id: `${accountId}.new`, url: `https://checkout.dintero.com/v1/view/${accountId}.new` };
}

/** An error answer that repeats every secret of the request, in many encodings. */
function echo(authorization = "", body: string): unknown {
  const [, credentials = ""] = authorization.split(" ");
  const secrets = [credentials, Buffer.from(credentials, "base64").toString(), clientSecret];
  const forms = secrets.flatMap((one) => [
    one,
    encodeURIComponent(one),
    new URLSearchParams({ "": one }).toString().slice(1),
    Buffer.from(one).toString("base64"),
  ]);
  return {
    error: {
      code: "WRONG",
      message: `wrong: ${authorization} ${forms.join(" ")} ${body}`,
      errors: [
        { authorization, forms, [clientSecret]: 1, [credentials]: 2, deep: { text: `a${credentials}b` } },
      ],
    },
  };
}
