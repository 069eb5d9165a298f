// A shop's site and a sandbox, each a server of its own: for what only a visit with a real browser shows.
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { createSandbox } from "../../src/sandbox/index.ts";

const built = (name: string): Buffer =>
  readFileSync(new URL(`../../dist/cdn/${name}.min.js`, import.meta.url));

const files: Readonly<Record<string, string>> = {
  "/checkout.js": "dintero-checkout",
  "/return.js": "dintero-return",
};

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

export interface Site {
  readonly url: string;
  /** Every request so far. */
  readonly requests: readonly IncomingMessage[];
  close(): void;
}

/** Serves pages (markup) and handlers by their paths, and the two files of the CDN. */
export async function serveSite(routes: Readonly<Record<string, string | Handler>>): Promise<Site> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    const { pathname } = new URL(request.url!, "http://site");
    const file = files[pathname];
    if (file) return response.writeHead(200, { "content-type": "text/javascript" }).end(built(file));
    const route = routes[pathname];
    if (typeof route === "function") return route(request, response);
    response.writeHead(route === undefined ? 404 : 200, { "content-type": "text/html; charset=utf-8" });
    return response.end(
      route === undefined ? "" : `<!doctype html><html lang="en"><title>Shop</title>${route}`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A sandbox on an address of its own; `newSession()` is what a merchant's server answers. */
export async function serveSandbox() {
  const sandbox = createSandbox();
  const requests: Request[] = [];
  const handle = (request: Request): Response | Promise<Response> => {
    requests.push(request);
    return sandbox.fetch(request);
  };
  const { server, url } = await new Promise<{ server: ReturnType<typeof serve>; url: string }>((resolve) => {
    const server = serve({ fetch: handle, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
      resolve({ server, url: `http://127.0.0.1:${port}` }),
    );
  });
  return {
    url,
    requests,
    async newSession(): Promise<string> {
      const answer = await fetch(`${url}/_sandbox/checkout`, { method: "POST" });
      return answer.text();
    },
    close: () => void server.close(),
  };
}

export const json = (response: ServerResponse, body: string, status = 200): unknown =>
  response.writeHead(status, { "content-type": "application/json" }).end(body);

export async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
