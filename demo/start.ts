// @ts-check
import { join } from "node:path";
import { createAdaptorServer } from "@hono/node-server";
import { createSandbox } from "dintero-checkout-element/sandbox";
import { createApp } from "./app.js";
import { keepInFile } from "./sandbox-state.js";
import { Shop } from "./shop/shop.js";
import { Store } from "./shop/store.js";
import { own } from "./shop/owner.js";

/** @typedef {import("./settings.js").Settings} Settings */
/** @typedef {import("dintero-checkout-element/sandbox").SandboxOptions} SandboxOptions */

/**
 * Starts the shop and, where the settings name no Dintero, its sandbox beside it.
 *
 * @param {Settings} settings
 * @param {{ log?: (line: string) => void, sandbox?: SandboxOptions }} [options]
 */
export async function start(settings, { log = console.log, sandbox: sandboxOptions = {} } = {}) {
  /** What has to be put away again, last first. @type {(() => unknown)[]} */
  const opened = [await own(settings.dataFolder)];
  const close = async () => {
    for (const end of opened.splice(0).reverse()) await end();
  };
  try {
    const store = await Store.open(join(settings.dataFolder, "shop.json"));
    opened.push(() => store.save());
    const state = keepInFile(join(settings.dataFolder, "sandbox.json"));
    opened.push(() => state.flush());
    const sandbox = settings.dintero ? undefined : createSandbox({ state, ...sandboxOptions });
    const sandboxServer = sandbox && (await listen("127.0.0.1", settings.sandboxPort, sandbox.fetch));
    if (sandboxServer) opened.push(sandboxServer.close);

    /** @type {{ fetch: (request: Request) => Response | Promise<Response> }} */
    const site = { fetch: starting };
    // The shop's own address stands in what it sends to Dintero, so it has to listen before it is put together.
    const server = await listen("localhost", settings.port, (request) => site.fetch(request));
    opened.push(server.close);
    const dintero = dinteroOf(settings, sandbox, sandboxServer?.url);
    const shop = new Shop({ settings, ...dintero, store, localUrl: server.url, log });
    const app = createApp(shop);
    site.fetch = (request) => app.fetch(request);
    void shop.catchUp();
    return { url: server.url, sandboxUrl: sandboxServer?.url, shop, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * @param {Settings} settings
 * @param {import("dintero-checkout-element/sandbox").Sandbox | undefined} sandbox
 * @param {string | undefined} url
 */
function dinteroOf({ dintero, signatureSecret }, sandbox, url) {
  if (dintero) return { dintero, signatureSecret };
  if (!sandbox || !url) throw new Error("There is neither a Dintero nor a sandbox.");
  const { accountId, clientId, clientSecret } = sandbox;
  return {
    dintero: { accountId, clientId, clientSecret, apiUrl: url, checkoutUrl: url },
    signatureSecret: sandbox.signatureSecret,
  };
}

const starting = () => new Response("Starting.\n", { status: 503, headers: { "Retry-After": "1" } });

/**
 * Listens on this machine only, on the port or the next one that is free.
 *
 * @param {"localhost" | "127.0.0.1"} name by which the address is told
 * @param {number} port 0: any
 * @param {(request: Request) => Response | Promise<Response>} fetch
 */
async function listen(name, port, fetch) {
  const last = port === 0 ? 0 : Math.min(port + 20, 65535);
  for (let candidate = port; ; candidate++) {
    const server = createAdaptorServer({ fetch: (request) => fetch(request) });
    try {
      await new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(candidate, "127.0.0.1", () => resolve(undefined));
      });
    } catch (error) {
      const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
      if (taken && candidate < last) continue;
      throw error;
    }
    const address = server.address();
    const actual = typeof address === "object" && address ? address.port : candidate;
    return {
      url: `http://${name}:${actual}`,
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve(undefined));
          if ("closeAllConnections" in server) server.closeAllConnections();
        }),
    };
  }
}
