// A page with a service worker that sees or answers its requests.
import { expect } from "@open-wc/testing";
import { mountTag, nextEvent, reached } from "../support/checkout.ts";
import { cdnFile } from "../support/load-script.ts";
import { merchantUrl, posts, requests } from "../support/env.ts";
import { announced, box, checkoutWithHeight, openShopPage } from "../support/shop-page.ts";

const flush = "<style>body { margin: 0 }</style>";
const filled = [0, 0, 600, announced];
const thanks = new URL("/support/page?thanks", location.href).href;
const paid = { type: "SessionPaymentAuthorized", transaction_id: "t", merchant_reference: "m" };

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
    const { home, frame } = await openShopPage({ head: flush });
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
    const { home, page, frame } = await openShopPage();
    expect(page.title).to.equal("Shell");
    await pays(home, frame);
    expect(frame.contentWindow!.location.href).to.equal(thanks);
    expect(frame.contentDocument!.title).to.equal("Shell");
  });
});
