// A page that the browser prerenders may never be visited: no request is sent before it is. The browser's own
// prerendering is tested in test/pages/prerendering.test.ts; here its two signs are played, in every engine.
import { expect } from "@open-wc/testing";
import "../../src/index.ts";
import { clear, mountTag, nextEvent, reached } from "../support/checkout.ts";
import { merchantUrl, posts, requests, sandboxUrl } from "../support/env.ts";
import { FakeCheckout } from "../support/fake-checkout.ts";
import { endPrerendering, prerender, settled, visit } from "../support/prerendering.ts";

describe("a page that is prerendered", () => {
  let checkout: FakeCheckout;
  beforeEach(() => {
    checkout = new FakeCheckout();
    prerender();
  });
  afterEach(async () => {
    endPrerendering();
    checkout.stop();
    await clear();
  });

  for (const mode of ["auto", "embed", "pop-out"] as const) {
    it(`mode ${mode}: no request is sent before the visit, and the visit starts it once`, async () => {
      const endpoint = merchantUrl("session", { answer: '{"id":"T00000000.abc"}' });
      const element = mountTag({ endpoint, mode, "checkout-url": checkout.url });
      await settled();
      expect(await requests(endpoint)).to.deep.equal([]);
      expect(await checkout.requests()).to.deep.equal([]);
      expect(element.shadowRoot!.querySelector("iframe")).to.equal(null);
      expect(element.state).to.equal("idle");
      visit();
      await reached(element, "ready");
      expect(posts(await requests(endpoint))).to.equal(1);
    });
  }

  it("with a session id: its frame opens with the visit", async () => {
    const element = mountTag({ "session-id": "T00000000.abc", "checkout-url": checkout.url });
    await settled();
    expect(await checkout.requests()).to.deep.equal([]);
    visit();
    await reached(element, "ready");
    expect(await checkout.requests()).to.have.length(1);
  });

  it("its timeout counts from the visit", async () => {
    const element = mountTag({
      "session-id": "T00000000.abc",
      "checkout-url": checkout.url,
      timeout: "1500",
    });
    const errors: string[] = [];
    element.addEventListener("dintero-error", ({ error }) => errors.push(error.code));
    await settled();
    expect(element.state).to.equal("idle");
    visit();
    await reached(element, "ready");
    expect(errors).to.deep.equal([]);
  });

  it("with the trigger visible: being on the screen before the visit does not count", async () => {
    const endpoint = merchantUrl("session", { answer: '{"id":"T00000000.abc"}' });
    const element = mountTag({ endpoint, trigger: "visible", "checkout-url": checkout.url });
    // This observer was created later, so it is called later: by then the element's observer has been called.
    await new Promise<void>((resolve) => {
      const observer = new IntersectionObserver(() => {
        observer.disconnect();
        resolve();
      });
      observer.observe(element);
    });
    await settled();
    expect(await requests(endpoint)).to.deep.equal([]);
    visit();
    await reached(element, "ready");
    expect(posts(await requests(endpoint))).to.equal(1);
  });

  it("a redirect with trigger load navigates at the visit, not before", async () => {
    const endpoint = merchantUrl("session", { answer: '{"id":"T00000000.abc"}' });
    const element = mountTag({ endpoint, mode: "redirect", trigger: "load", "checkout-url": checkout.url });
    const redirects: string[] = [];
    element.addEventListener("dintero-redirect", (event) => {
      event.preventDefault();
      redirects.push(event.url);
    });
    await settled();
    expect(await requests(endpoint)).to.deep.equal([]);
    const left = nextEvent(element, "dintero-redirect");
    visit();
    await left;
    expect(redirects).to.have.length(1);
  });

  it("start() by the page's script waits for the visit too", async () => {
    const endpoint = merchantUrl("session", { answer: '{"id":"T00000000.abc"}' });
    const element = mountTag({ endpoint, trigger: "manual", "checkout-url": checkout.url });
    element.start();
    await settled();
    expect(await requests(endpoint)).to.deep.equal([]);
    visit();
    await reached(element, "ready");
    expect(posts(await requests(endpoint))).to.equal(1);
  });

  it("an element that was removed before the visit does nothing then", async () => {
    const endpoint = merchantUrl("session", { answer: '{"id":"T00000000.abc"}' });
    const element = mountTag({ endpoint, "checkout-url": checkout.url });
    await settled();
    element.remove();
    await Promise.resolve();
    visit();
    await settled();
    expect(element.state).to.equal("idle");
    expect(await requests(endpoint)).to.deep.equal([]);
  });

  it("changes made before the visit are used", async () => {
    const [first, second] = [merchantUrl(), merchantUrl()];
    const element = mountTag({ endpoint: first, "checkout-url": sandboxUrl() });
    await settled();
    element.endpoint = second;
    await settled();
    expect(await requests(second)).to.deep.equal([]);
    visit();
    await reached(element, "ready");
    expect(posts(await requests(first))).to.equal(0);
    expect(posts(await requests(second))).to.equal(1);
  });
});

describe("hidden by display: none, with the trigger visible", () => {
  afterEach(clear);

  // What React's <Activity mode="hidden"> does to the tree that it keeps ready.
  it("no request is sent before it is shown", async () => {
    const checkout = new FakeCheckout();
    const box = document.body.appendChild(document.createElement("div"));
    box.style.setProperty("display", "none", "important");
    const endpoint = merchantUrl("session", { answer: '{"id":"T00000000.abc"}' });
    const element = mountTag({ endpoint, trigger: "visible", "checkout-url": checkout.url }, {}, box);
    await settled();
    expect(await requests(endpoint)).to.deep.equal([]);
    expect(await checkout.requests()).to.deep.equal([]);
    box.style.removeProperty("display");
    await reached(element, "ready");
    expect(posts(await requests(endpoint))).to.equal(1);
    checkout.stop();
  });
});
