// What a pop-out loses under a Content-Security-Policy.
import { expect } from "@open-wc/testing";
import { sendMouse } from "@web/test-runner-commands";
import { appears, mountTag, reached } from "../support/checkout.ts";
import { FakePage, fakeOrigin, loaded } from "../support/fake-checkout.ts";
import { checkoutWithHeight, openShopPage, sid } from "../support/shop-page.ts";
import { button } from "../support/pop-out.ts";

const paid = { type: "SessionPaymentAuthorized", transaction_id: "t", merchant_reference: "m" };

describe("a pop-out under a Content-Security-Policy", () => {
  afterEach(() => document.body.replaceChildren());

  /** Opens the window, pays in it, and returns what the SDK drew on the page in between. */
  async function payInWindow(csp: string) {
    const { home, page, frame } = await openShopPage({ csp });
    const errors: unknown[] = [];
    home.console.error = (error: unknown) => errors.push(error);
    const checkout = checkoutWithHeight(home);
    checkout.onOpened = () => [loaded(), { ...button, stylesHover: { color: "red" } }];
    const attributes = { mode: "pop-out", "session-id": sid, "checkout-url": checkout.url };
    const element = mountTag(attributes, {}, page.body);
    const launcher = await appears<HTMLElement>(page, "#dintero-checkout-sdk-launch-pop-out");

    const open = home.open.bind(home);
    let popUp: Window | null = null;
    home.open = (...args) => (popUp ??= open(...args));
    const { x, y } = frame.getBoundingClientRect();
    const { left, top, width, height } = launcher.getBoundingClientRect();
    const position: [number, number] = [Math.round(x + left + width / 2), Math.round(y + top + height / 2)];
    // as in popOut(): a busy machine can lose a click, or have its window refused
    do await sendMouse({ type: "click", position });
    while (!popUp);
    await checkout.receives({ type: "OpenedPopOut" });
    const backdrop = page.querySelector("#dintero-checkout-sdk-backdrop");
    const hover = page.querySelector<HTMLStyleElement>("#dintero-checkout-sdk-launch-pop-out-styles");
    const drawn = {
      backdrop: backdrop && home.getComputedStyle(backdrop).position,
      hoverRules: hover!.sheet?.cssRules.length ?? 0,
      errors: errors.length,
    };

    const inWindow = new FakePage(
      () => popUp,
      () => sid,
    );
    inWindow.send({ ...paid, context: "popOut" });
    await reached(element, "paid");
    checkout.stop();
    return drawn;
  }

  const base = `default-src 'self'; frame-src ${fakeOrigin}`;

  it("with style-src 'self' pays; the backdrop and the hovered button have no style", async () => {
    const drawn = await payInWindow(`${base}; style-src 'self'`);
    expect(drawn).to.deep.equal({ backdrop: "static", hoverRules: 0, errors: 0 });
  });

  it("with Trusted Types pays; there is no backdrop, and the SDK logs why", async () => {
    const types = "require-trusted-types-for 'script'; trusted-types lit-html";
    const drawn = await payInWindow(`${base}; style-src 'self' 'unsafe-inline'; ${types}`);
    const supported = "trustedTypes" in window;
    expect(drawn).to.deep.equal({
      backdrop: supported ? null : "fixed",
      hoverRules: 1,
      errors: supported ? 1 : 0,
    });
  });
});
