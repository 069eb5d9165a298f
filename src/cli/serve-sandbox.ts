import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { isUnspecified } from "../sandbox/hosts.ts";
import type { Sandbox } from "../sandbox/index.ts";

/** A sandbox that listens. */
export interface Listening {
  readonly url: string;
  readonly server: Server;
  /** Ends open connections too. */
  close(): Promise<void>;
}

/** The address to open: what listens on every address is opened by loopback. */
export function addressOf(host: string, port: number): string {
  const name = isUnspecified(host) ? (host.includes(":") ? "::1" : "127.0.0.1") : host;
  return `http://${name.includes(":") ? `[${name.replace(/^\[(.*)\]$/, "$1")}]` : name}:${port}`;
}

/**
 * Serves a sandbox over HTTP. A fault that resets the connection really does so here.
 *
 * @throws the error of `listen`, such as `EADDRINUSE`.
 */
export async function serveSandbox(sandbox: Sandbox, port = 0, host = "127.0.0.1"): Promise<Listening> {
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    // A request fails only where a fault resets the connection: the client must see exactly that.
    const errorHandler = () => void outgoing.destroy();
    void getRequestListener(sandbox.fetch, { overrideGlobalObjects: false, errorHandler })(
      incoming,
      outgoing,
    );
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
  return {
    url: addressOf(host, taken),
    server,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
