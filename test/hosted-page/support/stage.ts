import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { chromium as engine, type Browser, type Page } from "playwright-core";
import type { PageDirectives, PageEvent } from "../../../src/sandbox/page-api.ts";
import { Refusal, type Backend } from "../../../src/sandbox/page/backend.ts";
import { hostedPage, resultPage } from "../../../src/sandbox/page/html.ts";
import { paramsFromQuery } from "../../../src/sandbox/page/params.ts";
import { scenarioBackend } from "../../../src/sandbox/page/scenarios.ts";
import { chromium } from "../../support/browser.mjs";

const sdkFile = new URL(
  "../../../node_modules/@dintero/checkout-web-sdk/dist/dintero-checkout-web-sdk.umd.min.js",
  import.meta.url,
);

/** The merchant's page: records what its frame says, and embeds by `start(options)`. */
const shopPage = `<!doctype html><html lang="en"><title>Shop</title><h1>Shop</h1><div id="checkout"></div>
<script src="/sdk.js"></script><script src="/shop.js"></script></html>`;

const shopScript = `
window.messages = [];
window.told = [];
addEventListener("message", (event) => {
  if (event.data && event.data.type) messages.push({ ...event.data, origin: event.origin });
});
const tell = (name) => (event) => told.push({ handler: name, ...event, callback: undefined });
window.start = async (options, handlers) => {
  const all = {};
  for (const name of handlers) all[name] = tell(name);
  if (options.validate) {
    all.onValidateSession = (event, checkout, callback) => {
      tell("onValidateSession")(event);
      window.answer = callback;
    };
  }
  delete options.validate;
  window.checkout = await dintero.embed({ container: document.querySelector("#checkout"), ...options, ...all });
};
`;

/** Every handler whose presence does not change what the hosted page does. */
export const handlers = [
  "onSession",
  "onPayment",
  "onPaymentError",
  "onSessionCancel",
  "onSessionNotFound",
  "onSessionLocked",
  "onSessionLockFailed",
  "onActivePaymentType",
];

export interface Stage {
  readonly browser: Browser;
  /** Origin of the hosted page. */
  readonly checkout: string;
  /** Origin of the merchant, another site. */
  readonly shop: string;
  /** What the sandbox would know of a session; tests may change it while the page is open. */
  session(sid: string): Played;
  /** A fresh merchant's page, with the checkout in it. */
  embed(sid: string, options?: Readonly<Record<string, unknown>>): Promise<Page>;
  /** Closes the merchant's pages. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}

/** A scenario whose backend a test can disturb. */
export interface Played {
  backend: Backend;
  directives: PageDirectives;
  refuse: Partial<Record<string, Refusal>>;
  /** Sends something to all pages of the session. */
  happen(event: PageEvent extends infer E ? (E extends unknown ? Omit<E, "seq"> : never) : never): void;
  events: PageEvent[];
  wake: Set<() => void>;
}

export async function stage(): Promise<Stage> {
  const played = new Map<string, Played>();
  const session = (sid: string): Played => {
    let entry = played.get(sid);
    if (!entry) {
      const fresh: Played = {
        backend: scenarioBackend(sid.replace(/~.*/, ""), "https://shop.example/"),
        directives: {},
        refuse: {},
        events: [],
        wake: new Set(),
        happen(event) {
          fresh.events.push({ ...event, seq: fresh.events.length + 1 } as PageEvent);
          for (const wake of fresh.wake) wake();
        },
      };
      played.set(sid, (entry = fresh));
    }
    return entry;
  };

  const hosted = await listen(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://checkout");
    if (url.pathname === "/")
      return void send(response, "text/html", hostedPage(paramsFromQuery(url.searchParams)));
    if (url.pathname === "/embedResult/") {
      const read = (name: string) => url.searchParams.get(name) ?? "";
      const [sid, language, transaction_id] = [read("sid"), read("language"), read("transaction_id")];
      const params = { sid, language, transaction_id, error: read("error") };
      return void send(
        response,
        "text/html",
        resultPage({ ...params, merchant_reference: read("merchant_reference") }),
      );
    }
    const [, sid, action = ""] = /^\/_sandbox\/page\/sessions\/([^/]+)\/?(.*)$/.exec(url.pathname) ?? [];
    if (!sid) return void send(response, "text/plain", "", 404);
    await api(session(decodeURIComponent(sid)), decodeURIComponent(sid), action, url, request, response);
  });

  const shop = await listen((request, response) => {
    const path = request.url ?? "/";
    if (path === "/sdk.js")
      return send(response, "text/javascript", readFileSync(fileURLToPath(sdkFile), "utf8"));
    if (path === "/shop.js") return send(response, "text/javascript", shopScript);
    return send(response, "text/html", shopPage);
  }, "localhost");

  const browser = await engine.launch(await chromium());
  return {
    browser,
    checkout: hosted.url,
    shop: shop.url,
    session,
    async embed(sid, { context = {}, ...options } = {}) {
      const page = await (await browser.newContext({ locale: "en-GB", ...(context as object) })).newPage();
      await page.goto(shop.url);
      await page.evaluate(
        async ([given, names]) => {
          await (window as unknown as { start: (o: unknown, h: unknown) => Promise<void> }).start(
            given,
            names,
          );
        },
        [{ sid, endpoint: hosted.url, ...options }, handlers] as const,
      );
      return page;
    },
    async tidy() {
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    async close() {
      await browser.close();
      hosted.server.close();
      shop.server.close();
      hosted.server.closeAllConnections();
      shop.server.closeAllConnections();
    },
  };
}

async function api(
  played: Played,
  sid: string,
  action: string,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { backend } = played;
  const body = JSON.parse((await read(request)) || "{}");
  try {
    const refusal = played.refuse[action];
    if (refusal) throw refusal;
    const answers: Record<string, () => Promise<unknown>> = {
      "": () => backend.load(),
      pay: () => backend.pay(body),
      cancel: () => backend.cancel(),
      lock: () => backend.lock(),
      refresh: () => backend.refresh(),
      address: () => backend.address(body),
      discount: () => backend.discount(body),
      "shipping-option": () => backend.shippingOption(body),
      events: async () => ({
        events: await waitForEvents(played, Number(url.searchParams.get("after")), response),
      }),
    };
    const answer = (await answers[action]?.()) as
      { session?: { id: string }; directives?: object } | undefined;
    const view = answer?.session
      ? {
          ...answer,
          session: { ...answer.session, id: sid },
          directives: { ...answer.directives, ...played.directives },
          seq: played.events.length,
        }
      : answer;
    send(response, "application/json", JSON.stringify(view));
  } catch (error) {
    const { code, message } = error as Refusal;
    send(response, "application/json", JSON.stringify({ error: { code, message } }), 409);
  }
}

async function waitForEvents(played: Played, after: number, response: ServerResponse): Promise<PageEvent[]> {
  const fresh = () => played.events.filter((event) => event.seq > after);
  if (fresh().length === 0) {
    await new Promise<void>((resolve) => {
      const done = () => {
        played.wake.delete(done);
        resolve();
      };
      played.wake.add(done);
      response.on("close", done);
    });
  }
  return fresh();
}

function send(response: ServerResponse, type: string, body: string, status = 200): void {
  response.writeHead(status, { "content-type": `${type}; charset=utf-8` }).end(body);
}

async function read(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => unknown,
  host = "127.0.0.1",
): Promise<{ readonly server: Server; readonly url: string }> {
  return new Promise((resolve) => {
    const server = createServer((request, response) => void handle(request, response));
    server.listen(0, host === "localhost" ? "localhost" : host, () =>
      resolve({ server, url: `http://${host}:${(server.address() as AddressInfo).port}` }),
    );
  });
}
