import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSandbox, type Sandbox, type Session } from "dintero-checkout-element/sandbox";
import { onTestFinished } from "vitest";
import { createApp } from "../../demo/app.js";
import { readSettings } from "../../demo/settings.js";
import { Shop } from "../../demo/shop/shop.js";
import { Store } from "../../demo/shop/store.js";

const origin = "http://localhost:3000";
const sandboxUrl = "http://127.0.0.1:4242";

export interface Options {
  /** Keeps the orders of an earlier shop. */
  readonly folder?: string;
  /** Another shop's sandbox, as after a restart. */
  readonly sandbox?: Sandbox;
  readonly env?: Record<string, string>;
  /** What the shop hears of Dintero, in place of the truth. */
  readonly lie?: (path: string, body: Record<string, unknown>) => Record<string, unknown>;
}

/** A shop and its sandbox in one process, without sockets: callbacks go straight into the shop. */
export async function openShop({ folder, sandbox, env = {}, lie }: Options = {}) {
  folder ??= await temporaryFolder();
  const settings = readSettings(env, folder);
  const answers = { down: false };
  const own = sandbox ?? silentSandbox();
  const log: string[] = [];
  const store = await Store.open(join(folder, "shop.json"));
  const shop = new Shop({
    settings,
    dintero: settings.dintero ?? {
      accountId: own.accountId,
      clientId: own.clientId,
      clientSecret: own.clientSecret,
      apiUrl: sandboxUrl,
      checkoutUrl: sandboxUrl,
    },
    signatureSecret: settings.dintero ? settings.signatureSecret : own.signatureSecret,
    store,
    localUrl: origin,
    log: (line) => log.push(line),
    async fetch(input, init) {
      if (answers.down) throw new TypeError("fetch failed");
      const answer = await own.fetch(input as string, init);
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      return lie && answer.ok ? Response.json(lie(pathname, await answer.json())) : answer;
    },
  });
  const app = createApp(shop);
  shopOf.set(own, (request) => app.fetch(request));
  return {
    shop,
    app,
    store,
    sandbox: own,
    folder,
    log,
    dintero: answers,
    shopper: () => new Shopper(app, own),
  };
}

/** A shop that Dintero's callbacks do not reach, with a T-shirt about to be paid. */
export async function silentShop(options: Options = {}) {
  const opened = await openShop(options);
  const shopper = opened.shopper();
  await shopper.add("blue-t-shirt");
  return { ...opened, another: opened.shopper(), shopper, session: await shopper.session() };
}

/** A sandbox whose callbacks never come. */
function silentSandbox() {
  const sandbox = createSandbox({ url: sandboxUrl });
  sandbox.faults.add({ callback: { never: true } });
  return sandbox;
}

const shopOf = new Map<Sandbox, (request: Request) => Response | Promise<Response>>();

/** A sandbox whose callbacks reach whatever shop was opened on it last. */
export function sandboxWithCallbacks(): Sandbox {
  const sandbox: Sandbox = createSandbox({
    url: sandboxUrl,
    retryDelay: () => 0,
    fetch: async (input, init) => {
      const answer = shopOf.get(sandbox);
      if (!answer) throw new TypeError("fetch failed");
      return answer(new Request(input, init));
    },
  });
  return sandbox;
}

/** One browser: it keeps the shop's cookie. */
export class Shopper {
  #app;
  #sandbox;
  #cookie = "";

  constructor(app: ReturnType<typeof createApp>, sandbox: Sandbox) {
    this.#app = app;
    this.#sandbox = sandbox;
  }

  async get(path: string): Promise<{ status: number; text: string; location: string | null }> {
    return this.#send(path, {});
  }

  async submit(path: string, fields: Record<string, string> | [string, string][] = {}) {
    return this.#send(path, { method: "POST", body: new URLSearchParams(fields), headers: { origin } });
  }

  async add(product: string) {
    return this.submit("/cart", { product });
  }

  /** What `<dintero-checkout endpoint>` does. */
  async ask(path = "/api/checkout", body: unknown = {}, method = "POST") {
    const headers = { origin, "content-type": "application/json" };
    const { status, text } = await this.#send(path, { method, body: JSON.stringify(body), headers });
    return { status, body: JSON.parse(text) };
  }

  /** The session of the cart, as the sandbox knows it. */
  async session(path?: string): Promise<Session> {
    const { body } = await this.ask(path);
    const session = this.#sandbox.sessions.get(body.id);
    if (!session) throw new Error(`no session: ${JSON.stringify(body)}`);
    return session;
  }

  async #send(path: string, init: RequestInit) {
    const headers = new Headers(init.headers);
    if (this.#cookie) headers.set("cookie", this.#cookie);
    const answer = await this.#app.fetch(new Request(new URL(path, origin), { ...init, headers }));
    this.#cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? this.#cookie;
    return { status: answer.status, text: await answer.text(), location: answer.headers.get("location") };
  }
}

async function temporaryFolder() {
  const folder = await mkdtemp(join(tmpdir(), "shop-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
