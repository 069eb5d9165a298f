import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Sandbox } from "../sandbox/index.ts";

/** A sandbox that listens. */
export interface Listening {
  readonly url: string;
  readonly server: Server;
  /** Ends open connections too. */
  close(): Promise<void>;
}

/**
 * Serves a sandbox over HTTP. A fault that resets the connection really does so here.
 *
 * @throws the error of `listen`, such as `EADDRINUSE`.
 */
export async function serveSandbox(sandbox: Sandbox, port = 0, host = "127.0.0.1"): Promise<Listening> {
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const fetch = (request: Request) =>
      isAllowed(request.url, incoming.socket.remoteAddress)
        ? sandbox.fetch(request)
        : new Response("The control API is for this machine alone", { status: 403 });
    // One that fails was told to: the connection breaks.
    const errorHandler = () => void outgoing.destroy();
    void getRequestListener(fetch, { overrideGlobalObjects: false, errorHandler })(incoming, outgoing);
  };
  const server = createServer(answer);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const { port: taken } = server.address() as AddressInfo;
  const name = host.includes(":") ? `[${host}]` : host;
  return {
    url: `http://${name}:${taken}`,
    server,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The control API is for this machine alone, wherever the sandbox is bound; what the hosted page asks for is not. */
export function isAllowed(url: string, address = ""): boolean {
  const { pathname } = new URL(url);
  // Routes see the path decoded.
  const path = decodeURIComponent(
    pathname.replace(/%(?![\da-f]{2})/gi, "%25").replace(/%[89a-f][\da-f]/gi, ""),
  );
  const control = path.startsWith("/_sandbox") && !path.startsWith("/_sandbox/page/");
  return !control || address === "::1" || /^(::ffff:)?127\./.test(address);
}
