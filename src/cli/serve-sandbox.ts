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
  // Listeners are made per request so that a rejected one can break its own connection.
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const listener = getRequestListener((request) => sandbox.fetch(request), {
      overrideGlobalObjects: false,
      errorHandler() {
        outgoing.destroy();
      },
    });
    if (isControl(incoming.url ?? "") && !isLoopback(incoming.socket.remoteAddress)) {
      outgoing.writeHead(403).end();
      return;
    }
    void listener(incoming, outgoing);
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

/** The control API is for this machine alone, wherever the sandbox is bound; its pages' own part is not. */
function isControl(path: string): boolean {
  return path.startsWith("/_sandbox") && !path.startsWith("/_sandbox/page/");
}

function isLoopback(address = ""): boolean {
  return address === "::1" || /^(::ffff:)?127\./.test(address);
}
