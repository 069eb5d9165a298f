// A page with Cross-Origin-Embedder-Policy: require-corp, which blocks the frame.
import { expect } from "@open-wc/testing";
import type { DinteroCheckout } from "../../src/index.ts";
import { mountTag, nextEvent, panelParts, reached } from "../support/checkout.ts";
import { box, checkoutWithHeight, openShopPage, sid } from "../support/shop-page.ts";

const flush = "<style>body { margin: 0 }</style>";

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
    const { home } = await openShopPage({ coep: "require-corp", head: flush });
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
