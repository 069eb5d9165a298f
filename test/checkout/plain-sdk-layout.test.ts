// Where the plain SDK puts its frame, its button and its window.
// Each test shows that the SDK has the problem and that the element does not.
import type { embed } from "@dintero/checkout-web-sdk";
import { expect } from "@open-wc/testing";
import "../../src/index.ts";
import { checkout as norwegian } from "../../src/messages/nb.ts";
import { mountTag, names, nextEvent, openPage, reached, recordAll } from "../support/checkout.ts";
import { cdnFile, sdkFile } from "../support/load-script.ts";
import { merchantUrl } from "../support/env.ts";
import { FakeCheckout, fakeOrigin, loaded } from "../support/fake-checkout.ts";
import { box, plainSdk, sid, type SdkOptions } from "../support/plain-sdk.ts";

const chromium = navigator.userAgent.includes("Chrome/");

describe("where the plain SDK puts its frame, its button and its window", () => {
  const sdk = plainSdk();

  const offer = (label = "Pay") => ({
    type: "ShowPopOutButton",
    openLabel: label,
    styles: {},
    top: "0",
    left: "0",
    right: "0",
    disabled: "false",
  });
  const launchers = (root: ParentNode = document) =>
    root.querySelectorAll("#dintero-checkout-sdk-launch-pop-out").length;

  it("under a strict style-src the frame stays at an iframe's default size", async () => {
    const head = `<script src="${sdkFile}"></script><script src="${cdnFile}"></script>`;
    const csp = `default-src 'self'; frame-src ${fakeOrigin}; style-src 'self'`;
    const page = await openPage({ csp, head });
    const home = page.contentWindow as Window & typeof globalThis & { dintero?: { embed: typeof embed } };
    const fake = new FakeCheckout({ page: home });
    fake.onOpened = () => [loaded(), { type: "HeightChanged", height: 777 }, loaded()];
    let times = 0;
    const instance = await new Promise<{ iframe: HTMLIFrameElement }>((resolve) => {
      const onSession = (_: unknown, opened: { iframe: HTMLIFrameElement }) =>
        ++times === 2 && resolve(opened);
      const options = { container: box(home.document.body), sid, endpoint: fake.url, onSession };
      void home.dintero!.embed(options as unknown as SdkOptions);
    });
    expect([instance.iframe.offsetWidth, instance.iframe.offsetHeight]).to.deep.equal([300, 150]);

    const element = mountTag({ "session-id": sid, "checkout-url": fake.url }, {}, home.document.body);
    await nextEvent(element, "dintero-session");
    await nextEvent(element, "dintero-session");
    await element.updateComplete;
    expect(element.frame!.offsetHeight).to.equal(777);
    expect(element.frame!.offsetWidth).to.equal(element.offsetWidth);
    fake.stop();
  });

  it("moved with append, it loads again; ours keeps the session", async () => {
    const container = box();
    await sdk.plain({ container });
    await sdk.checkout.opened(1);
    box().append(container);
    await sdk.checkout.opened(2);

    const endpoint = merchantUrl();
    const element = mountTag({ endpoint, "checkout-url": sdk.checkout.url });
    await reached(element, "ready");
    const { src } = element.frame!;
    const again = nextEvent(element, "dintero-session");
    box().append(element);
    await again;
    expect(element.frame!.src).to.equal(src);
  });

  it("moved with moveBefore, an ordinary element gets both disconnected and connected callbacks", async function () {
    if (!("moveBefore" in Element.prototype)) return this.skip();
    const callbacks: string[] = [];
    class Plain extends HTMLElement {
      connectedCallback(): void {
        callbacks.push("connected");
      }
      disconnectedCallback(): void {
        callbacks.push("disconnected");
      }
    }
    customElements.define("plain-sdk-holder", Plain);
    const ordinary = document.createElement("plain-sdk-holder");
    document.body.append(ordinary);
    const elsewhere = box() as HTMLElement & { moveBefore(node: Node, before: Node | null): void };
    const kept = new FakeCheckout();
    const opened = new Promise<void>((resolve) => {
      const container = box(ordinary.attachShadow({ mode: "open" }));
      void sdk.plain({ container, endpoint: kept.url, onSession: () => resolve() });
    });
    await opened;
    elsewhere.moveBefore(ordinary, null);
    expect(callbacks).to.deep.equal(["connected", "disconnected", "connected"]);

    const element = await sdk.ready();
    const { frame } = element;
    const window = frame!.contentWindow;
    const dispatched = recordAll(element);
    elsewhere.moveBefore(element, null);
    expect(element.frame).to.equal(frame);
    if (chromium) expect(frame!.contentWindow).to.equal(window);
    if (frame!.contentWindow === window) {
      sdk.checkout.send({ type: "ActivePaymentProductType", payment_product_type: "vipps" });
      await nextEvent(element, "dintero-payment-type");
      expect(await sdk.checkout.requests()).to.have.length(1);
    } else {
      // Firefox 153 loads the document of a frame in a shadow root again, whoever created it
      const again = nextEvent(element, "dintero-session");
      await kept.opened(2);
      await again;
      expect(names(dispatched)).to.deep.equal(["session"]);
    }
    expect(element.state).to.equal("ready");
    kept.stop();
  });

  it("a pop-out in a shadow root grows a button with each offer", async () => {
    const root = box().attachShadow({ mode: "open" });
    sdk.checkout.onOpened = () => [offer(), offer(), offer(), { type: "HidePopOutButton" }, loaded()];
    await new Promise<void>((resolve) => {
      void sdk.plain({ container: box(root), popOut: true, onSession: () => resolve() });
    });
    expect(launchers(root)).to.equal(3);

    const element = mountTag({ "session-id": sid, "checkout-url": sdk.checkout.url, mode: "pop-out" });
    await reached(element, "ready");
    expect(launchers()).to.equal(0);
    sdk.checkout.send(offer(), offer(), loaded());
    await nextEvent(element, "dintero-session");
    expect(launchers()).to.equal(1);
    expect(element.querySelector('[slot="frame"] iframe')).to.equal(element.frame);
  });

  it("page styles reach the frame in the light DOM, and not ours", async () => {
    const style = document.createElement("style");
    style.textContent = "iframe { height: 11px !important }";
    document.body.append(style);
    sdk.checkout.onOpened = () => [{ type: "HeightChanged", height: 222 }, loaded()];
    const container = box();
    await new Promise<void>((resolve) => void sdk.plain({ container, onSession: () => resolve() }));
    expect(container.querySelector("iframe")!.offsetHeight).to.equal(11);

    const element = await sdk.ready();
    expect(element.frame!.offsetHeight).to.equal(222);
    expect(element.childNodes).to.have.length(0);

    // for a pop-out the page can render the box itself, and nothing is added next to it
    const own = document.createElement("dintero-checkout");
    own.innerHTML = '<div slot="frame"></div>';
    own.setAttribute("mode", "pop-out");
    own.setAttribute("session-id", sid);
    own.setAttribute("checkout-url", sdk.checkout.url);
    document.body.append(own);
    await reached(own, "ready");
    expect(own.children).to.have.length(1);
    expect(own.firstElementChild!.contains(own.frame)).to.equal(true);
  });

  it("two pop-outs share one button, and destroying one takes it from both", async () => {
    sdk.checkout.onOpened = (nth) => [offer(`offer ${nth}`), loaded()];
    const open = () =>
      new Promise<{ destroy(): void }>((resolve) => {
        const onSession = (_: unknown, instance: { destroy(): void }) => resolve(instance);
        void sdk.plain({ popOut: true, onSession } as unknown as Partial<SdkOptions>);
      });
    const first = await open();
    const second = await open();
    expect(launchers()).to.equal(1);
    first.destroy();
    expect(launchers()).to.equal(0);
    second.destroy();

    const element = await sdk.ready({ mode: "pop-out" });
    const refused = mountTag({
      "session-id": "T00000000.two",
      "checkout-url": sdk.checkout.url,
      mode: "pop-out",
    });
    await reached(refused, "error");
    expect(refused.error!.code).to.equal("pop-out-conflict");
    expect(element.state).to.equal("ready");
    expect(launchers()).to.equal(1);
  });

  it("its frame has no title, no height before its first message, and always scrolls smoothly", async () => {
    const silent = new FakeCheckout();
    silent.onOpened = () => [];
    const { iframe } = await sdk.plain({ endpoint: silent.url }).catch(() => ({ iframe: null }));
    expect(iframe!.title).to.equal("");
    expect(iframe!.offsetHeight).to.equal(0);
    const scrolls: unknown[] = [];
    iframe!.scrollIntoView = (how) => void scrolls.push(how);
    await silent.opened();
    silent.send({ type: "ScrollToTop" });
    const dispatched = new Promise<void>((resolve) => {
      window.addEventListener("message", ({ data }) => data?.type === "Fence" && resolve());
    });
    silent.send({ type: "Fence" });
    await dispatched;
    expect(scrolls).to.deep.equal([{ block: "start", behavior: "smooth" }]);

    const element = mountTag({ "session-id": sid, "checkout-url": silent.url, language: "nb" });
    await reached(element, "loading");
    expect(element.offsetHeight).to.be.greaterThan(200);
    await silent.opened(2);
    silent.send(loaded());
    await reached(element, "ready");
    // a language other than English is fetched when it is needed
    const titled = new Promise<void>((resolve) => {
      new MutationObserver(() => resolve()).observe(element.frame!, { attributeFilter: ["title"] });
    });
    if (!element.frame!.title) await titled;
    expect(element.frame!.title).to.equal(norwegian.frameTitle);

    const { matchMedia } = window;
    const { scrollIntoView } = Element.prototype;
    const ours: unknown[] = [];
    try {
      window.matchMedia = () => ({ matches: true }) as MediaQueryList;
      Element.prototype.scrollIntoView = (how) => void ours.push(how);
      silent.send({ type: "ScrollToTop" }, loaded());
      await nextEvent(element, "dintero-session");
    } finally {
      window.matchMedia = matchMedia;
      Element.prototype.scrollIntoView = scrollIntoView;
    }
    expect(ours).to.have.length(1);
    expect(ours[0]).to.have.property("behavior").not.equal("smooth");
    silent.stop();
  });
});
