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
