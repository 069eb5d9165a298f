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
export async function start(settings, options = {}) {
  const release = await own(settings.dataFolder);
  try {
    return await startIn(settings, options, release);
  } catch (error) {
    await release();
    throw error;
  }
}

/**
 * @param {Settings} settings
 * @param {NonNullable<Parameters<typeof start>[1]>} options
 * @param {() => Promise<void>} release
 */
async function startIn(settings, { log = console.log, sandbox: sandboxOptions = {} }, release) {
  const store = await Store.open(join(settings.dataFolder, "shop.json"));
  const state = keepInFile(join(settings.dataFolder, "sandbox.json"));
  const sandbox = settings.dintero ? undefined : createSandbox({ state, ...sandboxOptions });
  const sandboxServer = sandbox && (await listen("127.0.0.1", settings.sandboxPort, sandbox.fetch));

  /** @type {{ fetch: (request: Request) => Response | Promise<Response> }} */
  const site = { fetch: starting };
  // The shop's own address stands in what it sends to Dintero, so it has to listen before it is put together.
  const server = await listen("localhost", settings.port, (request) => site.fetch(request));
  const shop = new Shop({
    settings,
    ...dinteroOf(settings, sandbox, sandboxServer?.url),
    store,
    localUrl: server.url,
    log,
  });
  const app = createApp(shop);
  site.fetch = (request) => app.fetch(request);
  const caughtUp = shop.catchUp();

  return {
    url: server.url,
    sandboxUrl: sandboxServer?.url,
    sandbox,
    shop,
    /** Resolves when the orders that were open at start have been looked up. */
    caughtUp,
    async close() {
      await Promise.all([server.close(), sandboxServer?.close()]);
      await caughtUp;
      await store.save();
      state.flush();
      await release();
    },
  };
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
