import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { chromium as engine, type Browser, type BrowserContextOptions, type Page } from "playwright";
import { createOrder, createSandbox, type Sandbox } from "../../../../src/sandbox/index.ts";
import type { SessionRequest } from "../../../../src/dintero/session.ts";
import type { Session } from "../../../../src/sandbox/session.ts";
import { updateSession } from "../../../../src/sandbox/sessions/update-session.ts";
import { chromium } from "../../../support/browser.mjs";

const sdkFile = new URL(
  "../../../../node_modules/@dintero/checkout-web-sdk/dist/dintero-checkout-web-sdk.umd.min.js",
  import.meta.url,
);

/** The merchant's page: records the messages of its frame, and embeds the checkout with `start(options, handlers)`. */
const shopPage = `<!doctype html><html lang="en"><title>Shop</title><h1>Shop</h1><div id="checkout"></div>
<script src="/sdk.js"></script><script src="/shop.js"></script></html>`;

const shopScript = `
window.messages = [];
window.handlerCalls = [];
window.started = performance.now();
addEventListener("message", (event) => {
  if (event.data && event.data.type)
    messages.push({ ...event.data, origin: event.origin, after: performance.now() - started });
});
const record = (name) => (event) => handlerCalls.push({ handler: name, ...event, callback: undefined });
window.start = async ({ validate, ...options }, handlers) => {
  window.started = performance.now();
  const all = {};
  for (const name of handlers) all[name] = record(name);
  if (validate) {
    all.onValidateSession = (event, checkout, callback) => {
      record("onValidateSession")(event);
      window.answer = callback;
    };
  }
  window.checkout = await dintero.embed({ container: document.querySelector("#checkout"), ...options, ...all });
};
/* A stand-in for an SDK newer than 0.8.30; the frame cannot see the difference. */
window.startNewer = (src) => {
  const iframe = document.createElement("iframe");
  iframe.src = src;
  iframe.style = "width:100%;height:900px;border:0";
  addEventListener("message", (event) => {
    if (event.source !== iframe.contentWindow || !event.data.type) return;
    handlerCalls.push({ handler: event.data.type, ...event.data });
    if (event.data.mid) iframe.contentWindow.postMessage({ ack: event.data.mid }, event.origin);
  });
  document.querySelector("#checkout").append(iframe);
};
`;

/** Every handler that does not change the hosted page's behaviour by being there. */
const handlers = [
  "onSession",
  "onPayment",
  "onPaymentError",
  "onSessionCancel",
  "onSessionNotFound",
  "onSessionLocked",
  "onSessionLockFailed",
  "onActivePaymentType",
];

export interface EmbedOptions {
  readonly endpoint?: string;
  readonly language?: string;
  readonly popOut?: boolean;
  readonly ui?: "inline" | "fullscreen";
  /** Gives the SDK an `onValidateSession`, which the test answers. */
  readonly validate?: boolean;
}

export interface Stage {
  readonly browser: Browser;
  readonly sandbox: Sandbox;
  /** Origin of the hosted page. */
  readonly checkout: string;
  /** Origin of the merchant, another site. */
  readonly shop: string;
  /** A session, as the merchant's server would make it. */
  order(session?: Partial<SessionRequest>): Promise<Session>;
  /** The merchant's page, without a checkout. */
  visit(context?: BrowserContextOptions): Promise<Page>;
  /** A fresh merchant's page with the checkout of a session in it. */
  embed(session: Session | string, options?: EmbedOptions, context?: BrowserContextOptions): Promise<Page>;
  /** The same with a stub that supports messages newer than the SDK, with these parameters in the address. */
  embedNewer(session: Session, params?: Readonly<Record<string, string>>): Promise<Page>;
  /** The merchant's server updates the order, which ends the lock. */
  update(session: Session): void;
  /** The sandbox's control API. */
  control(path: string, body: unknown): Promise<void>;
  /** Closes the merchant's pages and removes sessions and faults. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}

/** @param merchant answers what the sandbox sends to the merchant's server */
export async function stage(merchant: typeof fetch = async () => new Response("ok")): Promise<Stage> {
  // Read each time, so that a test can change the date.
  const sandbox = createSandbox({ fetch: merchant, now: () => Date.now() });
  const hosted = await new Promise<{ readonly server: Server; readonly url: string }>((resolve) => {
    const server = serve(
      { fetch: (request: Request) => sandbox.fetch(request), port: 0, hostname: "127.0.0.1" },
      ({ port }) => resolve({ server: server as Server, url: `http://127.0.0.1:${port}` }),
    );
  });
  const shop = await serveShop();
  const browser = await engine.launch(await chromium());

  const visit: Stage["visit"] = async (context) => {
    const page = await (await browser.newContext({ locale: "en-GB", ...context })).newPage();
    await page.goto(shop.url);
    return page;
  };

  return {
    browser,
    sandbox,
    checkout: hosted.url,
    shop: shop.url,
    order: (session) => createOrder(sandbox, session),
    visit,
    async embed(session, options, context) {
      const page = await visit(context);
      const sid = typeof session === "string" ? session : session.id;
      await page.evaluate(([given, names]) => window.start(given, names), [
        { sid, endpoint: hosted.url, ...options },
        handlers,
      ] as const);
      return page;
    },
    async embedNewer(session, params) {
      const page = await visit();
      const query = new URLSearchParams({
        sid: session.id,
        sdk: "0.12.0",
        sdk_hostname: "localhost",
        ...params,
      });
      await page.evaluate((src) => window.startNewer(src), `${hosted.url}/?${query}`);
      return page;
    },
    update(session) {
      const { sessions } = sandbox;
      updateSession(sessions, sessions.require(session), { order: session.order });
    },
    async control(path, body) {
      const response = await sandbox.fetch(`${hosted.url}/_sandbox/${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    },
    async tidy() {
      await Promise.all(browser.contexts().map((context) => context.close()));
      sandbox.reset();
    },
    async close() {
      await browser.close();
      for (const { server } of [hosted, shop]) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

function serveShop(): Promise<{ readonly server: Server; readonly url: string }> {
  const files: Readonly<Record<string, readonly [type: string, body: string]>> = {
    "/": ["text/html", shopPage],
    "/sdk.js": ["text/javascript", readFileSync(sdkFile, "utf8")],
    "/shop.js": ["text/javascript", shopScript],
  };
  return new Promise((resolve) => {
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
      const [type, body] = files[pathname] ?? ["text/html", shopPage];
      const policy = searchParams.get("referrer-policy");
      response
        .writeHead(200, {
          "content-type": `${type}; charset=utf-8`,
          ...(policy ? { "referrer-policy": policy } : {}),
        })
        .end(body);
    });
    server.listen(0, "localhost", () =>
      resolve({ server, url: `http://localhost:${(server.address() as AddressInfo).port}` }),
    );
  });
}
