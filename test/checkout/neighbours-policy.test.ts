// Pages with an address, a policy or a service worker that changes what can be reached from them.
import { expect } from "@open-wc/testing";
import { sendMouse } from "@web/test-runner-commands";
import type { DinteroCheckout } from "../../src/index.ts";
import { appears, mountTag, nextEvent, openPage, panelParts, reached } from "../support/checkout.ts";
import { FakePage, fakeOrigin, loaded } from "../support/fake-checkout.ts";
import { cdnFile } from "../support/load-script.ts";
import { merchantUrl, posts, requests } from "../support/env.ts";
import { announced, box, checkoutWithHeight, neighbourhood, shopIn, sid } from "../support/neighbours.ts";
import { button } from "../support/pop-out.ts";

const flush = "<style>body { margin: 0 }</style>";
const filled = [0, 0, 600, announced];
const thanks = new URL("/support/page?thanks", location.href).href;
const paid = { type: "SessionPaymentAuthorized", transaction_id: "t", merchant_reference: "m" };

describe("<base href> elsewhere", () => {
  afterEach(() => document.body.replaceChildren());

  it("on another site does not affect the element's own files or its frame", async () => {
    const source = new URL("../../src/index.ts", import.meta.url).href;
    const base = '<base href="https://elsewhere.invalid/shop/">';
    const page = await openPage({ head: `${flush}${base}<script type="module" src="${source}"></script>` });
    Object.assign(page.style, { width: "600px", height: "1000px" });
    const endpoint = new URL(merchantUrl(), location.href).href;
    const { element } = await shopIn(page.contentWindow as Window & typeof globalThis, undefined, {
      endpoint,
      language: "sv",
    });
    element.removeAttribute("session-id");
    await nextEvent(element, "dintero-session");
    expect(posts(await requests(endpoint))).to.equal(1);
    expect(box(element)).to.deep.equal(filled);
    expect(box(element.frame!)).to.deep.equal(filled);
  });

  it("resolves a relative endpoint and a relative href, as HTML specifies", async () => {
    const { home, frame } = await neighbourhood({ head: `${flush}<base href="/merchant/">` });
    const endpoint = merchantUrl();
    const checkout = checkoutWithHeight(home);
    const relative = endpoint.replace("/merchant/", "");
    const element = mountTag({ endpoint: relative, "checkout-url": checkout.url }, {}, home.document.body);
    await reached(element, "ready");
    expect(posts(await requests(endpoint))).to.equal(1);
    expect(box(element.frame!)).to.deep.equal(filled);
    const there = nextEvent(frame, "load");
    checkout.send({ ...paid, href: "../support/page?thanks" });
    await there;
    expect(frame.contentWindow!.location.href).to.equal(thanks);
    checkout.stop();
  });
});

describe("a service worker", () => {
  let registered: ServiceWorkerRegistration;
  afterEach(async () => {
    document.body.replaceChildren();
    await registered.unregister();
  });

  async function register(shell = ""): Promise<ServiceWorker> {
    const worker = `/support/worker.js?${new URLSearchParams({ shell })}`;
    registered = await navigator.serviceWorker.register(worker);
    const starting = (registered.installing ?? registered.waiting ?? registered.active)!;
    while (starting.state !== "activated") await nextEvent(starting, "statechange");
    return starting;
  }

  /** The requests that the worker has seen, in order. */
  async function seenBy(worker: ServiceWorker): Promise<string[]> {
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise<string[]>((resolve) => {
      port1.onmessage = ({ data }) => resolve(data as string[]);
    });
    worker.postMessage("requests", [port2]);
    return answer;
  }

  async function pays(home: Window & typeof globalThis, frame: HTMLIFrameElement): Promise<string> {
    const endpoint = merchantUrl();
    expect(home.navigator.serviceWorker.controller === null).to.equal(false);
    const checkout = checkoutWithHeight(home);
    const element = mountTag({ endpoint, "checkout-url": checkout.url }, {}, home.document.body);
    await reached(element, "ready");
    expect(box(element)).to.deep.equal(filled);
    expect(box(element.frame!)).to.deep.equal(filled);
    expect(posts(await requests(endpoint))).to.equal(1);
    const there = nextEvent(frame, "load");
    checkout.send({ ...paid, href: thanks });
    await there;
    checkout.stop();
    return new URL(endpoint, location.href).href;
  }

  it("that passes every request on sees those of the page, and none of the checkout", async () => {
    const worker = await register();
    const { home, frame } = await neighbourhood({ head: flush });
    const page = home.location.href;
    const endpoint = await pays(home, frame);
    expect(frame.contentWindow!.location.href).to.equal(thanks);
    const script = new URL(cdnFile, location.href).href;
    expect((await seenBy(worker)).filter((request) => !request.endsWith(".map"))).to.deep.equal([
      `navigate ${page}`,
      `no-cors ${script}`,
      `cors ${endpoint}`,
      `navigate ${thanks}`,
    ]);
  });

  it("that answers navigations itself answers those of the shop, and never those of the checkout", async () => {
    const shell = `<!doctype html><title>Shell</title>${flush}<script src="${cdnFile}"></script>`;
    await register(shell);
    const { home, page, frame } = await neighbourhood();
    expect(page.title).to.equal("Shell");
    await pays(home, frame);
    expect(frame.contentWindow!.location.href).to.equal(thanks);
    expect(frame.contentDocument!.title).to.equal("Shell");
  });
});

describe("Cross-Origin-Embedder-Policy: require-corp", () => {
  const { error } = console;
  beforeEach(() => {
    console.error = () => {};
  });
  afterEach(() => {
    console.error = error;
    document.body.replaceChildren();
  });

  async function isolated(attributes: Readonly<Record<string, string>>): Promise<DinteroCheckout> {
    const { home } = await neighbourhood({ coep: "require-corp", head: flush });
    const checkout = checkoutWithHeight(home);
    const element = mountTag(
      { "session-id": sid, "checkout-url": checkout.url, timeout: "1500", language: "en", ...attributes },
      {},
      home.document.body,
    );
    await reached(element, "error");
    expect(element.error!.code).to.equal("frame-unreachable");
    expect(element.error!.suggestion).to.contain("COEP");
    checkout.stop();
    return element;
  }

  it("blocks the frame: the shopper gets an error panel with a plain link to Dintero's full page", async () => {
    const element = await isolated({});
    // 60rem, the most that is reserved on a screen of this height
    expect(box(element)).to.deep.equal([0, 0, 600, 960]);
    expect(await panelParts(element)).to.equal(
      "The payment could not be loaded | Try again, or contact the shop. | Try again | Open the payment page",
    );
    const link = element.shadowRoot!.querySelector<HTMLAnchorElement>('[part="link"]')!;
    expect(link.href).to.equal(`${element.checkoutUrl}/?sid=${sid}&language=en`);
    expect(link.target).to.equal("");
    expect(link.getBoundingClientRect().height).to.equal(44);
  });

  it("in mode embed there is no such link, and trying again fails with the same error", async () => {
    const element = await isolated({ mode: "embed" });
    expect(await panelParts(element)).to.equal(
      "The payment could not be loaded | Try again, or contact the shop. | Try again",
    );
    const again = nextEvent(element, "dintero-error");
    element.start();
    await again;
    expect(element.error!.code).to.equal("frame-unreachable");
  });
});

describe("a pop-out under a Content-Security-Policy", () => {
  afterEach(() => document.body.replaceChildren());

  /** Opens the window, pays in it, and returns what the SDK drew on the page in between. */
  async function payInWindow(csp: string) {
    const { home, page, frame } = await neighbourhood({ csp });
    const errors: unknown[] = [];
    home.console.error = (error: unknown) => errors.push(error);
    const checkout = checkoutWithHeight(home);
    checkout.onOpened = () => [loaded(), { ...button, stylesHover: { color: "red" } }];
    const attributes = { mode: "pop-out", "session-id": sid, "checkout-url": checkout.url };
    const element = mountTag(attributes, {}, page.body);
    const launcher = await appears<HTMLElement>(page, "#dintero-checkout-sdk-launch-pop-out");

    const open = home.open.bind(home);
    let popUp: Window | null = null;
    home.open = (...args) => (popUp ??= open(...args));
    const { x, y } = frame.getBoundingClientRect();
    const { left, top, width, height } = launcher.getBoundingClientRect();
    const position: [number, number] = [Math.round(x + left + width / 2), Math.round(y + top + height / 2)];
    // as in popOut(): a busy machine can lose a click, or have its window refused
    do await sendMouse({ type: "click", position });
    while (!popUp);
    await checkout.receives({ type: "OpenedPopOut" });
    const backdrop = page.querySelector("#dintero-checkout-sdk-backdrop");
    const hover = page.querySelector<HTMLStyleElement>("#dintero-checkout-sdk-launch-pop-out-styles");
    const drawn = {
      backdrop: backdrop && home.getComputedStyle(backdrop).position,
      hoverRules: hover!.sheet?.cssRules.length ?? 0,
      errors: errors.length,
    };

    const inWindow = new FakePage(
      () => popUp,
      () => sid,
    );
    inWindow.send({ ...paid, context: "popOut" });
    await reached(element, "paid");
    checkout.stop();
    return drawn;
  }

  const base = `default-src 'self'; frame-src ${fakeOrigin}`;

  it("with style-src 'self' pays; the backdrop and the hovered button have no style", async () => {
    const drawn = await payInWindow(`${base}; style-src 'self'`);
    expect(drawn).to.deep.equal({ backdrop: "static", hoverRules: 0, errors: 0 });
  });

  it("with Trusted Types pays; there is no backdrop, and the SDK logs why", async () => {
    const types = "require-trusted-types-for 'script'; trusted-types lit-html";
    const drawn = await payInWindow(`${base}; style-src 'self' 'unsafe-inline'; ${types}`);
    const supported = "trustedTypes" in window;
    expect(drawn).to.deep.equal({
      backdrop: supported ? null : "fixed",
      hoverRules: 1,
      errors: supported ? 1 : 0,
    });
  });
});
