import { createHmac } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createSandbox,
  type Sandbox,
  type Session,
  type Transaction,
} from "dintero-checkout-element/sandbox";
import { onTestFinished } from "vitest";
import { createApp } from "../../demo/app.ts";
import { Database } from "../../demo/database/database.ts";
import { readSettings } from "../../demo/settings.ts";
import { createShop } from "../../demo/shop/shop.ts";

const origin = "http://localhost:3000";
const sandboxUrl = "http://127.0.0.1:4242";

export interface Options {
  /** The data of an earlier shop. */
  readonly folder?: string;
  /** The sandbox of an earlier shop, as after a restart. */
  readonly sandbox?: Sandbox;
  readonly env?: Record<string, string>;
  /** Replaces the body of Dintero's answer. */
  readonly alterAnswer?: (path: string, body: Record<string, unknown>) => Record<string, unknown>;
}

/** A shop and its sandbox in one process, without sockets: callbacks call the shop directly. */
export async function openShop({ folder, sandbox, env = {}, alterAnswer }: Options = {}) {
  folder ??= await temporaryFolder();
  const settings = readSettings(env, folder);
  const dintero = { down: false, requests: [] as string[] };
  const own = sandbox ?? sandboxWithoutCallbacks();
  const log: string[] = [];
  /** Advanced only by tests and shoppers, in ms. */
  const clock = { started: Date.now(), ahead: 0 };
  const database = Database.open(join(folder, "shop.db"));
  onTestFinished(() => database.close());
  const { accountId, clientId, clientSecret } = own;
  const shop = createShop({
    settings,
    dintero: settings.dintero ?? {
      ...{ accountId, clientId, clientSecret },
      apiUrl: sandboxUrl,
      checkoutUrl: sandboxUrl,
    },
    signatureSecret: settings.dintero ? settings.signatureSecret : own.signatureSecret,
    database,
    localUrl: origin,
    log: (line) => log.push(line),
    now: () => clock.started + clock.ahead,
    async fetch(input, init) {
      if (dintero.down) throw new TypeError("fetch failed");
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      dintero.requests.push(pathname);
      const answer = await own.fetch(input as string, init);
      return alterAnswer && answer.ok ? Response.json(alterAnswer(pathname, await answer.json())) : answer;
    },
  });
  const app = createApp(shop);
  shopOf.set(own, (request) => app.fetch(request));
  const open = {
    ...{ shop, app, database, sandbox: own, folder, log, dintero, clock },
    store: { order: (id: string) => shop.orders.find(id) },
  };
  return { ...open, shopper: () => new Shopper(open) };
}

/** A shop without callbacks, with a T-shirt ready to be paid. */
export async function shopWithoutCallbacks(options: Options = {}) {
  const opened = await openShop(options);
  const shopper = opened.shopper();
  await shopper.add("blue-t-shirt");
  return { ...opened, another: opened.shopper(), shopper, session: await shopper.session() };
}

/** A sandbox that sends no callbacks. */
function sandboxWithoutCallbacks() {
  const sandbox = createSandbox({ url: sandboxUrl });
  sandbox.faults.add({ callback: { never: true } });
  return sandbox;
}

const shopOf = new Map<Sandbox, (request: Request) => Response | Promise<Response>>();

/** A sandbox that calls back the shop opened on it last. */
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

/** One browser, which keeps the shop's cookie. Each request but `getAtOnce()` advances the clock by three seconds. */
export class Shopper {
  #app;
  #sandbox;
  #clock;
  cookie = "";

  constructor({
    app,
    sandbox,
    clock,
  }: {
    app: ReturnType<typeof createApp>;
    sandbox: Sandbox;
    clock: { ahead: number };
  }) {
    this.#app = app;
    this.#sandbox = sandbox;
    this.#clock = clock;
  }

  async get(path: string): Promise<{ status: number; text: string; location: string | null }> {
    this.#clock.ahead += 3000;
    return this.getAtOnce(path);
  }

  /** Like `get()`, without advancing the clock. */
  async getAtOnce(path: string) {
    return this.#send(path, {});
  }

  async submit(path: string, fields: Record<string, string> | [string, string][] = {}) {
    return this.#send(path, { method: "POST", body: new URLSearchParams(fields), headers: { origin } });
  }

  async add(product: string) {
    return this.submit("/cart", { product });
  }

  /** Sends the request of `<dintero-checkout endpoint>`. */
  async callEndpoint(path = "/api/checkout", body: unknown = {}, method = "POST") {
    this.#clock.ahead += 3000;
    const headers = { origin, "content-type": "application/json" };
    const { status, text } = await this.#send(path, { method, body: JSON.stringify(body), headers });
    return { status, body: JSON.parse(text) };
  }

  /** The session of the cart, from the sandbox. */
  async session(path?: string): Promise<Session> {
    const { body } = await this.callEndpoint(path);
    const session = this.#sandbox.sessions.get(body.id);
    if (!session) throw new Error(`no session: ${JSON.stringify(body)}`);
    return session;
  }

  async #send(path: string, init: RequestInit) {
    const headers = new Headers(init.headers);
    if (this.cookie) headers.set("cookie", this.cookie);
    const answer = await this.#app.fetch(new Request(new URL(path, origin), { ...init, headers }));
    this.cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? this.cookie;
    return { status: answer.status, text: await answer.text(), location: answer.headers.get("location") };
  }
}

export async function temporaryFolder() {
  const folder = await mkdtemp(join(tmpdir(), "shop-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

interface CallbackFields {
  readonly transaction: Pick<Transaction, "id" | "session_id" | "merchant_reference">;
  readonly deliveryId?: string;
  /** Signs with another secret than the account's. */
  readonly secret?: string;
}

/** A callback as Dintero delivers it. */
export function callbackRequest(
  { accountId, signatureSecret }: Sandbox,
  { transaction, deliveryId = "delivery-1", secret = signatureSecret }: CallbackFields,
): Request {
  const url = new URL("/dintero/callback", origin);
  url.searchParams.set("transaction_id", transaction.id);
  url.searchParams.set("session_id", transaction.session_id);
  url.searchParams.set("merchant_reference", transaction.merchant_reference);
  url.searchParams.sort();
  const time = Math.floor(Date.now() / 1000);
  const signed = [time, accountId, "GET", url.hostname, url.pathname, url.searchParams].join("\n");
  const signature = createHmac("sha256", secret).update(signed).digest("hex");
  const headers = {
    "dintero-signature": `t=${time},v0-hmac-sha256=${signature}`,
    "event-delivery": deliveryId,
  };
  return new Request(url, { headers });
}
