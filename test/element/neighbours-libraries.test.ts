// Libraries of another time on the page: prototype.js gives methods to every element, array and function, replaces
// `Element` and `Array.from`, and jQuery stands beside it under its own name.
import { expect } from "@open-wc/testing";
import { env, merchantUrl, requests } from "../support/env.ts";
import { mount, uncaught, until } from "./support/checkout.ts";
import { announced, box, neighbourhood, speaking } from "./support/neighbours.ts";

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
    it(`${name}: it pays, and the result is told to the page's own kind of listener`, async function () {
      // left out where npm alone brought what is needed; the runner says so, and CI=true requires it
      if (libraries.includes(prototype) && !env.prototype) return this.skip();
      const { home, page } = await neighbourhood({ head: `<style>body { margin: 0 }</style>${libraries}` });
      const old = home as Old;
      const trouble = uncaught(home);
      const endpoint = merchantUrl();
      const checkout = speaking(home);
      const payload = { lines: [{ id: "shirt" }, { id: "mug" }] };
      const element = mount({ endpoint, "checkout-url": checkout.url }, { payload }, page.body);
      await until(element, "ready");
      expect(box(element)).to.deep.equal([0, 0, 600, announced]);
      expect(box(element.frame!)).to.deep.equal([0, 0, 600, announced]);
      const [request] = await requests(endpoint);
      expect(JSON.parse(request!.body)).to.deep.equal(payload);

      await element.updateSession(async () => {});
      const told: Event[] = [];
      old.jQuery("dintero-checkout").on("dintero-payment", (event) => {
        event.preventDefault();
        told.push(event);
      });
      if (env.prototype && "Prototype" in old) {
        old.$(element).observe("dintero-payment", (event) => told.push(event));
      }
      checkout.say({ type: "SessionPaymentAuthorized", transaction_id: "t", href: "/support/page?gone" });
      await until(element, "paid");
      expect(told).to.have.length("Prototype" in old ? 2 : 1);
      expect(home.location.search).not.to.contain("gone");

      old.jQuery("body").html("");
      await Promise.resolve();
      expect(element.frame).to.equal(null);
      expect(trouble.errors).to.deep.equal([]);
      trouble.stop();
      checkout.stop();
    });
  }
});
