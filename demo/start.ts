import { join } from "node:path";
import { createAdaptorServer } from "@hono/node-server";
import { createSandbox, openStateFile, type SandboxOptions } from "dintero-checkout-element/sandbox";
import { createApp } from "./app.ts";
import { Database } from "./database/database.ts";
import type { Settings } from "./settings.ts";
import { catchUp } from "./shop/settlement.ts";
import { createShop } from "./shop/shop.ts";

type Fetch = (request: Request) => Response | Promise<Response>;

/** The shop cannot start; the message names the reason and what to do. */
export class StartError extends Error {}

interface StartOptions {
  readonly log?: (line: string) => void;
  readonly sandbox?: SandboxOptions;
}

/** Starts the shop and, where the settings name no Dintero, its sandbox beside it. */
export async function start(settings: Settings, { log = console.log, sandbox }: StartOptions = {}) {
  const opened: (() => unknown)[] = [];
  const close = async () => {
    for (const end of opened.splice(0).reverse()) await end();
  };
  try {
    const database = openDatabase(settings.dataFolder);
    opened.push(() => database.close());
    const dintero = settings.dintero
      ? { dintero: settings.dintero, signatureSecret: settings.signatureSecret }
      : await startSandbox(settings, { opened, options: { ...sandbox }, log });

    // The shop sends its own address to Dintero, so it has to listen before it is created.
    let answer: Fetch = () => new Response("Starting.\n", { status: 503, headers: { "Retry-After": "1" } });
    const server = await listen("localhost", settings.port, (request) => answer(request));
    opened.push(server.close);
    const shop = createShop({ settings, ...dintero, database, localUrl: server.url, log });
    const app = createApp(shop);
    answer = (request) => app.fetch(request);
    void catchUp(shop);
    return { url: server.url, sandboxUrl: settings.dintero ? undefined : shop.checkoutOrigin, shop, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function openDatabase(folder: string): Database {
  try {
    return Database.open(join(folder, "shop.db"));
  } catch (error) {
    throw new StartError((error as Error).message, { cause: error });
  }
}

async function startSandbox(
  { dataFolder, sandboxPort }: Settings,
  {
    opened,
    options,
    log,
  }: { opened: (() => unknown)[]; options: SandboxOptions; log: (line: string) => void },
) {
  const state = await openStateFile(join(dataFolder, "sandbox.json"), { onError: log }).catch(
    (cause: Error) => {
      throw new StartError(`${cause.message}. Or set DATA_FOLDER to another folder.`, { cause });
    },
  );
  opened.push(() => state.close());
  const sandbox = createSandbox({ state, ...options });
  const { url, close } = await listen("127.0.0.1", sandboxPort, sandbox.fetch);
  opened.push(close);
  const { accountId, clientId, clientSecret, signatureSecret } = sandbox;
  return { dintero: { accountId, clientId, clientSecret, apiUrl: url, checkoutUrl: url }, signatureSecret };
}

/** Listens on this machine only, on `port` or the next one that is free (0: any). `name` is used in the address. */
async function listen(name: "localhost" | "127.0.0.1", port: number, fetch: Fetch) {
  const last = port === 0 ? 0 : Math.min(port + 20, 65535);
  for (let candidate = port; ; candidate++) {
    const server = createAdaptorServer({ fetch: (request) => fetch(request) });
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(candidate, "127.0.0.1", resolve);
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EADDRINUSE" && candidate < last) continue;
      throw new StartError(`Cannot listen on port ${candidate}: ${(error as Error).message}.`, {
        cause: error,
      });
    }
    const address = server.address();
    const actual = typeof address === "object" && address ? address.port : candidate;
    const close = () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      });
    return { url: `http://${name}:${actual}`, close };
  }
}
