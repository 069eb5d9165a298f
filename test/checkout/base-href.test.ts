// A page whose <base href> points elsewhere.
import { expect } from "@open-wc/testing";
import { mountTag, nextEvent, openPage, reached } from "../support/checkout.ts";
import { merchantUrl, posts, requests } from "../support/env.ts";
import { announced, box, checkoutWithHeight, openShopPage, shopIn } from "../support/shop-page.ts";

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
    const { home, frame } = await openShopPage({ head: `${flush}<base href="/merchant/">` });
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
