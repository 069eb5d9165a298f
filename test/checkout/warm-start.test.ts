// One line of HTML in the tag opens the connection to the checkout, and leaves no other trace on the page.
import { expect } from "@open-wc/testing";
import { sendKeys } from "@web/test-runner-commands";
import type axeCore from "axe-core";
import type { DinteroCheckout } from "../../src/index.ts";
import { clear, mountTag, nextEvent, openPage, reached } from "../support/checkout.ts";
import { merchantUrl } from "../support/env.ts";
import { fakeOrigin } from "../support/fake-checkout.ts";
import { cdnFile, loadScript } from "../support/load-script.ts";
import { checkoutWithHeight, sid } from "../support/shop-page.ts";

const line = (checkoutUrl: string): string =>
  `<iframe hidden sandbox="allow-same-origin" src="${checkoutUrl}/favicon.ico"></iframe>`;

/** The frames that the element itself has opened for the connection. */
const opened = (element: DinteroCheckout): number =>
  element.shadowRoot!.querySelectorAll('iframe[src$="/favicon.ico"]').length;

/** The address of a script as a page with Trusted Types has it: through a policy of its own. */
function trusted(home: Window, src: string): string {
  interface Policies {
    createPolicy(name: string, rules: object): { createScriptURL(src: string): string };
  }
  const { trustedTypes } = home as { trustedTypes?: Policies };
  const policy = trustedTypes?.createPolicy("shop", { createScriptURL: (url: string) => url });
  return policy?.createScriptURL(src) ?? src;
}

describe("a warm start", () => {
  afterEach(clear);

  it("needs no more than a strict policy with Trusted Types, and changes neither Tab order nor history", async () => {
    const entries = history.length;
    // The SDK writes style attributes, which a stricter policy reports whether or not there is a warm start.
    const csp = `default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; frame-src ${fakeOrigin}; require-trusted-types-for 'script'; trusted-types lit-html shop`;
    const tag = `<dintero-checkout session-id="${sid}" checkout-url="${fakeOrigin}" lang="en">${line(fakeOrigin)}</dintero-checkout>`;
    const page = await openPage({
      csp,
      body: `<button id="before">Before</button>${tag}<button>After</button>`,
    });
    const home = page.contentWindow as Window & typeof globalThis;
    const faults: unknown[] = [];
    home.addEventListener("securitypolicyviolation", (event) => faults.push(event.blockedURI));
    home.addEventListener("error", (event) => faults.push(event.message));
    home.console.warn = home.console.error = (...words: unknown[]) => faults.push(words);
    const frame = home.document.querySelector("iframe")!;
    expect(frame.getClientRects()).to.have.length(0);
    expect(home.document.querySelector("dintero-checkout")!.getBoundingClientRect().width).to.equal(0);

    const checkout = checkoutWithHeight(home);
    home.document.querySelector("dintero-checkout")!.setAttribute("checkout-url", checkout.url);
    await loadScript(home.document, trusted(home, cdnFile));
    const element = home.document.querySelector("dintero-checkout")!;
    await reached(element, "ready");
    expect(frame.isConnected).to.equal(true);
    expect(frame.getClientRects()).to.have.length(0);

    home.document.querySelector<HTMLElement>("#before")!.focus();
    await sendKeys({ press: "Tab" });
    expect(home.document.activeElement).to.not.equal(frame);
    expect(faults).to.deep.equal([]);
    expect(history.length).to.equal(entries);

    element.remove();
    await Promise.resolve();
    expect(home.document.querySelectorAll("iframe")).to.have.length(0);
    expect(home.length).to.equal(0);
    checkout.stop();
  });

  it("has nothing for assistive technology", async () => {
    await import(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url).href);
    const { axe } = window as unknown as { axe: typeof axeCore };
    const element = mountTag({ "session-id": sid, "checkout-url": fakeOrigin, trigger: "click" });
    element.innerHTML = line(fakeOrigin);
    await nextEvent(element.firstElementChild!, "load");
    const { violations } = await axe.run(element);
    expect(violations.map(({ id }) => id)).to.deep.equal([]);
  });

  it("is the only one: the element opens no second connection beside it", async () => {
    for (const place of ["tag", "document"] as const) {
      const element = document.createElement("dintero-checkout");
      (place === "tag" ? element : document.body).insertAdjacentHTML("beforeend", line(fakeOrigin));
      element.endpoint = merchantUrl();
      element.checkoutUrl = `${fakeOrigin}/`;
      document.body.append(element);
      await reached(element, "creating");
      expect(opened(element), place).to.equal(0);
      await clear();
    }
  });

  it("to another address does not count", async () => {
    const element = mountTag({ endpoint: merchantUrl(), "checkout-url": fakeOrigin });
    element.innerHTML = line("https://checkout.invalid");
    await reached(element, "creating");
    expect(opened(element)).to.equal(1);
  });

  it("stays unseen below an error, whatever the page's style says of frames", async () => {
    const style = document.createElement("style");
    style.textContent = "iframe { display: block !important; height: 500px !important }";
    document.body.append(style);
    const element = mountTag({ "session-id": "not an id", "checkout-url": fakeOrigin });
    element.innerHTML = line(fakeOrigin);
    await reached(element, "error");
    expect(element.querySelector("iframe")!.getClientRects()).to.have.length(0);
  });
});
