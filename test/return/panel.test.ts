import { expect } from "@open-wc/testing";
import { returnNames } from "../support/public-names.ts";
import { answer, arriveWith, claim, Clock, endpointOf, leave, next, open, shown } from "./support.ts";

describe("the panel of <dintero-return>", () => {
  let clock: Clock;

  beforeEach(() => {
    clock = new Clock();
    arriveWith(claim);
  });

  afterEach(() => {
    clock.restore();
    leave();
  });

  it("uses the language of the nearest lang attribute", async () => {
    const element = await open({ endpoint: endpointOf(answer("paid")), lang: "nn-NO" });
    expect(await shown(element, "Betalinga")).to.equal("Betalinga er motteken Takk for bestillinga.");
    expect(element.shadowRoot!.querySelector(".panel")!.getAttribute("lang")).to.equal("nn");
  });

  it("changes the language while it is shown", async () => {
    const element = await open({ endpoint: endpointOf(answer("paid")), language: "de" });
    await shown(element, "Zahlung eingegangen");
    element.language = "fi";
    await shown(element, "Maksu vastaanotettu");
    element.language = "fr";
    await shown(element, "Payment received");
  });

  it("shows no English before another language is loaded", async () => {
    const element = await open({ endpoint: endpointOf(answer("paid")), language: "da" });
    const seen: string[] = [];
    const observer = new MutationObserver(() => seen.push(element.shadowRoot!.textContent!));
    observer.observe(element.shadowRoot!, { subtree: true, childList: true, characterData: true });
    await shown(element, "Betalingen er modtaget");
    observer.disconnect();
    expect(seen.join()).not.to.match(/payment/i);
  });

  it("uses the page's own texts, as text", async () => {
    const element = await open({ endpoint: endpointOf(answer("paid")) });
    element.messages = { paidTitle: "Hurra! <img src=x>" };
    expect(await shown(element, "Hurra!")).to.equal("Hurra! <img src=x> Thank you for your order.");
    expect(element.shadowRoot!.querySelector("img")).to.equal(null);
  });

  for (const [name, unusable] of [
    ["a symbol", Symbol("Thanks")],
    [
      "an object that throws",
      {
        toString: () => {
          throw new Error("no such text");
        },
      },
    ],
    ["an object without a text", Object.create(null)],
    ["a BigInt", 1n],
  ] as const) {
    it(`a text that cannot be rendered (${name}) does not keep a right one from being shown`, async () => {
      const { error } = console;
      console.error = () => {};
      arriveWith(claim);
      const element = await open({ endpoint: endpointOf(answer("paid")) });
      element.messages = { paidTitle: unusable as string };
      await next(element, "dintero-result");
      await element.updateComplete;
      console.error = error;
      element.messages = { paidTitle: "Thanks" };
      await shown(element, "Thanks");
      element.messages = null;
      await shown(element, "Payment received");
    });
  }

  for (const status of returnNames.slots) {
    it(`shows the page's own content for ${status} instead of ours`, async () => {
      const content = returnNames.slots.map((slot) => `<p slot="${slot}">Our own</p>`).join("");
      const element = await open({ endpoint: endpointOf(answer(status)) }, content);
      if (status === "pending") await clock.paused();
      else await next(element, "dintero-result");
      await element.updateComplete;
      const visible = [...element.children].filter((node) => node.getClientRects().length === 1);
      expect(visible.map((node) => node.slot)).to.deep.equal([status]);
      expect(element.shadowRoot!.querySelector(".title")!.getClientRects().length).to.equal(0);
    });
  }

  it("links back to the cart only after a failure, and only to a valid address", async () => {
    for (const [status, href, expected] of [
      ["failed", "/cart", new URL("/cart", location.href).href],
      ["cancelled", "https://shop.example/cart", "https://shop.example/cart"],
      ["failed", "javascript:alert(1)", undefined],
      ["failed", "data:text/html,x", undefined],
      ["failed", "http://", undefined],
      ["paid", "/cart", undefined],
    ] as const) {
      leave();
      arriveWith(claim);
      const element = await open({ endpoint: endpointOf(answer(status)), "retry-href": href });
      await next(element, "dintero-result");
      await element.updateComplete;
      expect(element.shadowRoot!.querySelector("a")?.href, `${status} ${href}`).to.equal(expected);
    }
  });

  it("shows no link to an address that is neither http nor https", async () => {
    const element = await open({ endpoint: endpointOf(answer("failed")), "retry-href": "/cart" });
    await shown(element, "Back to cart");
    for (const href of [
      " \tJava\nScript:alert(1)",
      "vbscript:alert(1)",
      "file:///cart",
      `blob:${location.origin}/cart`,
      "shop-app://cart",
    ]) {
      element.retryHref = href;
      await element.updateComplete;
      expect(element.shadowRoot!.querySelector("a")?.href, href).to.equal(undefined);
      element.retryHref = "/cart";
      await element.updateComplete;
      expect(element.shadowRoot!.querySelector("a")?.pathname).to.equal("/cart");
    }
  });

  it("announces politely, and never takes the focus", async () => {
    const element = await open({ endpoint: endpointOf(answer("pending"), answer("paid")) });
    await shown(element, "Waiting");
    const region = element.shadowRoot!.querySelector("[role=status]")!;
    await clock.pass();
    await shown(element, "Payment received");
    expect(element.shadowRoot!.querySelector("[role=status]"), "the region stays, its text changes").to.equal(
      region,
    );
    expect(region.textContent).to.contain("Payment received");
    expect(document.activeElement).to.equal(document.body);
  });

  it("has the parts that its documentation names", async () => {
    const parts = async (status: string) => {
      leave();
      arriveWith(claim);
      const element = await open({ endpoint: endpointOf(answer(status)), "retry-href": "/cart" });
      await next(element, "dintero-result");
      if (status === "on-hold") {
        await clock.paused();
        clock.expire(120_000);
        await shown(element, "Check again");
      }
      await element.updateComplete;
      return [...element.shadowRoot!.querySelectorAll("[part]")].map((node) => node.getAttribute("part"));
    };
    expect(await parts("failed")).to.deep.equal(["result", "message", "link"]);
    expect(await parts("on-hold")).to.deep.equal(["result", "message", "button"]);
  });

  it("moves nothing below it when an answer arrives", async () => {
    const element = await open({ endpoint: endpointOf(answer("pending"), answer("paid")) });
    await shown(element, "Waiting");
    const { height } = element.getBoundingClientRect();
    await clock.pass();
    await shown(element, "Payment received");
    expect(element.getBoundingClientRect().height).to.equal(height);
  });
});
