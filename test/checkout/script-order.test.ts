// The page's own script often stands right after the tag, and the element's file in the head: whichever runs first,
// what that script sets and listens to is used.
import { expect } from "@open-wc/testing";
import "../../src/index.ts";
import type { DinteroCheckout } from "../../src/index.ts";
import { mountTag, nextEvent, openPage, reached } from "../support/checkout.ts";
import { merchantUrl, requests, sandboxUrl } from "../support/env.ts";
import { cdnFile } from "../support/load-script.ts";

type Page = Window & { seen: string[] };

/** Where the element's file stands in the page. */
const loadings: Readonly<Record<string, { readonly head: string; readonly afterTag?: string }>> = {
  "a classic script in the head": { head: `<script src="${cdnFile}"></script>` },
  "a classic script behind the tag": { head: "", afterTag: `<script src="${cdnFile}"></script>` },
  "a deferred script": { head: `<script defer src="${cdnFile}"></script>` },
  "an async script": { head: `<script async src="${cdnFile}"></script>` },
  "a module script": { head: `<script type="module" src="${cdnFile}"></script>` },
};

const find = 'const element = document.querySelector("dintero-checkout"); window.seen = [];';

/** A page with the tag, and an inline script behind it. */
async function parse(loading: string, tag: string, script: string): Promise<HTMLIFrameElement> {
  const { head, afterTag = "" } = loadings[loading]!;
  return openPage({ head, body: `${tag}${afterTag}<script>${find}${script}</script>` });
}

const elementIn = (frame: HTMLIFrameElement): DinteroCheckout =>
  frame.contentDocument!.querySelector("dintero-checkout")!;

/** Resolves with what the page's script notes first. */
function noted(page: Page): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the script behind the tag saw nothing")), 3000);
    page.seen.push = (...items) => {
      clearTimeout(timer);
      resolve(items);
      return 1;
    };
    if (page.seen.length > 0) page.seen.push(...page.seen);
  });
}

describe("script order", () => {
  afterEach(() => document.body.replaceChildren());

  for (const loading of Object.keys(loadings)) {
    it(`${loading}: the payload that the next script sets is sent, once`, async () => {
      const endpoint = merchantUrl();
      const frame = await parse(
        loading,
        `<dintero-checkout endpoint="${endpoint}" checkout-url="${sandboxUrl()}"></dintero-checkout>`,
        'element.payload = { product: "shirt" };',
      );
      await reached(elementIn(frame), "ready", "error");
      const sent = await requests(endpoint);
      expect(sent.map(({ body }) => body)).to.deep.equal(['{"product":"shirt"}']);
    });

    it(`${loading}: the fetchSession that the next script sets is used`, async () => {
      const endpoint = merchantUrl();
      const frame = await parse(
        loading,
        `<dintero-checkout checkout-url="${sandboxUrl()}"></dintero-checkout>`,
        `element.fetchSession = async () => (await fetch("${endpoint}", { method: "POST" })).json();`,
      );
      await reached(elementIn(frame), "ready", "error");
      expect(elementIn(frame).error).to.equal(null);
      expect(await requests(endpoint)).to.have.length(1);
    });

    it(`${loading}: the next script's listener gets dintero-error`, async () => {
      const frame = await parse(
        loading,
        `<dintero-checkout session-id="not an id"></dintero-checkout>`,
        'element.addEventListener("dintero-error", ({ error }) => seen.push(error.code));',
      );
      expect(await noted(frame.contentWindow as Page)).to.deep.equal(["invalid-session-id"]);
    });

    it(`${loading}: the next script can prevent dintero-redirect`, async () => {
      const frame = await parse(
        loading,
        `<dintero-checkout session-id="T00000000.abc" mode="redirect" trigger="load"
          checkout-url="${sandboxUrl()}"></dintero-checkout>`,
        `element.addEventListener("dintero-redirect", (event) => {
          event.preventDefault();
          seen.push(event.url);
        });`,
      );
      expect(frame.contentDocument, "the page was left").not.to.equal(null);
      expect(await noted(frame.contentWindow as Page)).to.have.length(1);
    });
  }

  it("the page comes in pieces: what a script in a later piece sets is used", async () => {
    const endpoint = merchantUrl();
    const key = crypto.randomUUID();
    const frame = document.createElement("iframe");
    const tag = `<dintero-checkout endpoint="${endpoint}" checkout-url="${sandboxUrl()}"></dintero-checkout>`;
    const body = `${tag}<script>parent.postMessage("${key}", "*")</script>
      <!--rest--><script>${find} element.payload = { late: true };</script>`;
    const { head } = loadings["a classic script in the head"]!;
    frame.src = `/support/page?${new URLSearchParams({ key, head, body })}`;
    const first = new Promise<void>((resolve) => {
      addEventListener("message", function listener({ data }) {
        if (data !== key) return;
        removeEventListener("message", listener);
        resolve();
      });
    });
    const whole = nextEvent(frame, "load");
    document.body.append(frame);
    // WebKitGTK runs no script of a page that is still loading: it gets the page in one piece.
    if (navigator.userAgent.includes("Chrome/") || navigator.userAgent.includes("Firefox/")) await first;
    await fetch(`/support/page/rest?key=${key}`);
    await whole;
    await reached(elementIn(frame), "ready", "error");
    expect((await requests(endpoint)).map(({ body }) => body)).to.deep.equal(['{"late":true}']);
  });

  it("a next script that removes the tag: no request is sent", async () => {
    const endpoint = merchantUrl();
    await parse(
      "a classic script in the head",
      `<dintero-checkout endpoint="${endpoint}" checkout-url="${sandboxUrl()}"></dintero-checkout>`,
      "element.remove();",
    );
    expect(await requests(endpoint)).to.deep.equal([]);
  });

  it("a next script that calls start() starts at once, with what it has set before", async () => {
    const endpoint = merchantUrl();
    const frame = await parse(
      "a classic script in the head",
      `<dintero-checkout endpoint="${endpoint}" checkout-url="${sandboxUrl()}" trigger="manual"></dintero-checkout>`,
      "element.payload = [1]; element.start(); element.payload = [2];",
    );
    await reached(elementIn(frame), "ready", "error");
    expect((await requests(endpoint)).map(({ body }) => body)).to.deep.equal(["[1]"]);
  });

  it("a next script that sets another endpoint: only that one gets a request", async () => {
    const [first, second] = [merchantUrl(), merchantUrl()];
    const frame = await parse(
      "a classic script in the head",
      `<dintero-checkout endpoint="${first}" checkout-url="${sandboxUrl()}"></dintero-checkout>`,
      `element.endpoint = "${second}";`,
    );
    await reached(elementIn(frame), "ready", "error");
    expect(await requests(first)).to.deep.equal([]);
    expect(await requests(second)).to.have.length(1);
  });

  it("a fetchSession that is set after the element has found no source starts it", async () => {
    const element = mountTag({ "checkout-url": sandboxUrl() });
    element.addEventListener("dintero-error", (event) => event.preventDefault());
    await reached(element, "error");
    expect(element.error!.code).to.equal("no-session-source");
    const shown = nextEvent(element, "dintero-session", 3000);
    element.fetchSession = async () => (await fetch(merchantUrl(), { method: "POST" })).json();
    await shown;
    expect(element.error).to.equal(null);
  });

  it("a fetchSession that is set while a session is shown starts nothing", async () => {
    const element = mountTag({ endpoint: merchantUrl(), "checkout-url": sandboxUrl() });
    await reached(element, "ready");
    let calls = 0;
    element.fetchSession = async () => (calls++, "T00000000.other");
    await element.updateComplete;
    expect(calls).to.equal(0);
    expect(element.state).to.equal("ready");
  });
});

describe("the payload as an attribute", () => {
  afterEach(() => document.body.replaceChildren());

  for (const loading of ["a classic script in the head", "a module script"]) {
    it(`${loading}: JSON in the tag is sent`, async () => {
      const endpoint = merchantUrl();
      const frame = await parse(
        loading,
        `<dintero-checkout endpoint="${endpoint}" checkout-url="${sandboxUrl()}"
          payload='{"product":"shirt","quantity":3}'></dintero-checkout>`,
        "",
      );
      await reached(elementIn(frame), "ready", "error");
      expect((await requests(endpoint)).map(({ body }) => JSON.parse(body))).to.deep.equal([
        { product: "shirt", quantity: 3 },
      ]);
    });
  }

  it("that is not JSON is invalid-payload: no request is sent, and the message names the attribute", async () => {
    const { error } = console;
    console.error = () => {};
    const endpoint = merchantUrl();
    const element = mountTag({ endpoint, payload: "{product: shirt}", "checkout-url": sandboxUrl() });
    await reached(element, "error", "ready");
    console.error = error;
    expect(element.error?.code).to.equal("invalid-payload");
    expect(element.error!.message).to.contain("payload");
    expect(await requests(endpoint)).to.deep.equal([]);
  });

  it("starts nothing when it changes", async () => {
    const endpoint = merchantUrl();
    const element = mountTag({ endpoint, payload: "[1]", "checkout-url": sandboxUrl() });
    await reached(element, "ready");
    element.setAttribute("payload", "[2]");
    await element.updateComplete;
    expect(element.state).to.equal("ready");
    expect((await requests(endpoint)).map(({ body }) => body)).to.deep.equal(["[1]"]);
    element.restart();
    await nextEvent(element, "dintero-session");
    expect((await requests(endpoint)).map(({ body }) => body)).to.deep.equal(["[1]", "[2]"]);
  });

  it("reaches fetchSession as a value", async () => {
    let received: unknown;
    const element = mountTag(
      { payload: '{"a":[1]}', "checkout-url": sandboxUrl() },
      {
        fetchSession: async ({ payload }) => {
          received = payload;
          return (await fetch(merchantUrl(), { method: "POST" })).json();
        },
      },
    );
    await reached(element, "ready", "error");
    expect(received).to.deep.equal({ a: [1] });
  });
});
