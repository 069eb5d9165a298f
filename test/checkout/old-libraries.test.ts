// Old libraries on the page: prototype.js gives methods to every element, array and function, replaces
// `Element` and `Array.from`, and jQuery stands beside it under its own name.
import { expect } from "@open-wc/testing";
import { control, mountTag, reached, uncaught } from "../support/checkout.ts";
import { env, merchantUrl, requests, sandboxUrl } from "../support/env.ts";
import { box, grown, openShopPage } from "../support/shop-page.ts";

type Listen = (type: string, listener: (event: Event) => void) => void;
type Old = Window &
  typeof globalThis & {
    jQuery(node: Element | string): { on: Listen; remove(): void; html(markup: string): void };
    $(node: Element): Element & { observe: Listen; update(markup: string): void };
    Prototype: { Version: string };
  };

const jquery = '<script src="/support/jquery.js"></script>';
const prototype = '<script src="/support/prototype.js"></script>';

describe("old libraries", () => {
  afterEach(() => document.body.replaceChildren());

  const pages = [
    ["jQuery 1.12", jquery],
    ["prototype.js 1.7 and jQuery 1.12", `${prototype}${jquery}<script>jQuery.noConflict()</script>`],
  ] as const;

  for (const [name, libraries] of pages) {
    it(`${name}: it pays, and the library's own listeners get the result`, async function () {
      // skipped where only the npm packages are installed; the runner reports that, and CI=true requires the libraries
      if (libraries.includes(prototype) && !env.prototype) return this.skip();
      const head = `<style>body { margin: 0 }</style>${libraries}`;
      const { home, page } = await openShopPage({ head }, 600, 1600);
      const old = home as Old;
      const trouble = uncaught(home);
      const endpoint = merchantUrl();
      const payload = { lines: [{ id: "shirt" }, { id: "mug" }] };
      const element = mountTag({ endpoint, "checkout-url": sandboxUrl() }, { payload }, page.body);
      await reached(element, "ready");
      const [request] = await requests(endpoint);
      expect(JSON.parse(request!.body)).to.deep.equal(payload);
      const frame = element.frame!;
      await grown(() => frame.offsetHeight > 500, frame);
      expect(box(frame)).to.deep.equal([0, 0, 600, frame.offsetHeight]);
      expect(element.offsetHeight - frame.offsetHeight).to.equal(0);
      expect(page.documentElement.scrollWidth).to.equal(600);

      await element.updateSession();
      const dispatched: Event[] = [];
      old.jQuery("dintero-checkout").on("dintero-payment", (event) => {
        event.preventDefault();
        dispatched.push(event);
      });
      if ("Prototype" in old) old.$(element).observe("dintero-payment", (event) => dispatched.push(event));
      await control(`sessions/${element.session!.id}/pay`);
      await reached(element, "paid");
      expect(dispatched).to.have.length("Prototype" in old ? 2 : 1);

      old.jQuery("body").html("");
      await Promise.resolve();
      expect(element.frame).to.equal(null);
      expect(trouble.errors).to.deep.equal([]);
      trouble.stop();
    });
  }
});
