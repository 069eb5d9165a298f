// Where a tag can stand on a page, each place measured.
import { expect } from "@open-wc/testing";
import { sendKeys } from "@web/test-runner-commands";
import type { DinteroCheckout } from "../../src/index.ts";
import "../../src/index.ts";
import { mountTag, newSession, nextEvent, reached } from "../support/checkout.ts";
import { sandboxUrl } from "../support/env.ts";
import { FakeCheckout } from "../support/fake-checkout.ts";
import {
  announced,
  box,
  checkoutWithHeight,
  grown,
  openShopPage,
  shopIn,
  sid,
} from "../support/shop-page.ts";

/** A `<div>` at the top left of the page, 600 px wide. */
function place(style = ""): HTMLElement {
  const parent = document.createElement("div");
  parent.style.cssText = `position: absolute; left: 0; top: 0; width: 600px; ${style}`;
  document.body.append(parent);
  return parent;
}

describe("places in the page", () => {
  let checkout: FakeCheckout;
  beforeEach(() => {
    checkout = checkoutWithHeight();
  });
  afterEach(() => {
    checkout.stop();
    document.body.replaceChildren();
  });

  const put = (parent: Element, attributes = {}): DinteroCheckout =>
    mountTag({ "session-id": sid, "checkout-url": checkout.url, ...attributes }, {}, parent);

  it("in a transformed parent the frame is transformed with it, and keeps its own measures", async () => {
    const parent = place("transform: translate(50px, 10px) scale(0.5); transform-origin: 0 0");
    const element = put(parent);
    await reached(element, "ready");
    expect(box(element)).to.deep.equal([50, 10, 300, announced / 2]);
    expect(box(element.frame!)).to.deep.equal([50, 10, 300, announced / 2]);
    expect([element.frame!.offsetWidth, element.frame!.offsetHeight]).to.deep.equal([600, announced]);
  });

  it("in a parent that is not displayed it has no box, and its whole one when the parent is shown", async () => {
    const parent = place("display: none");
    const element = put(parent);
    await reached(element, "ready");
    expect(box(element.frame!)).to.deep.equal([0, 0, 0, 0]);
    parent.style.display = "block";
    expect(box(element)).to.deep.equal([0, 0, 600, announced]);
    expect(box(element.frame!)).to.deep.equal([0, 0, 600, announced]);
    parent.style.display = "none";
    expect(box(element)).to.deep.equal([0, 0, 0, 0]);
    parent.style.display = "";
    expect(box(element.frame!)).to.deep.equal([0, 0, 600, announced]);
    expect(await checkout.requests()).to.have.length(1);
  });

  it("the checkout itself, loaded while it is not displayed, has its width and its height when it is shown", async () => {
    const open = async (parent: HTMLElement): Promise<HTMLIFrameElement> => {
      const element = mountTag(
        { "session-id": await newSession(), "checkout-url": sandboxUrl() },
        {},
        parent,
      );
      await reached(element, "ready");
      return element.frame!;
    };
    const shown = await open(place());
    await grown(() => shown.offsetHeight > 300, shown);
    const parent = place("display: none");
    const late = await open(parent);
    parent.style.display = "block";
    // WebKit leaves buttons that were laid out without any width taller than they need to be: by lines, not by pages
    const spare = navigator.userAgent.includes("Chrome") || navigator.userAgent.includes("Firefox") ? 0 : 100;
    const fits = () =>
      late.offsetHeight >= shown.offsetHeight && late.offsetHeight <= shown.offsetHeight + spare;
    await grown(fits, late, shown);
    expect(box(late).slice(0, 3)).to.deep.equal(box(shown).slice(0, 3));
  });

  it('with trigger "visible" in a parent that is not displayed it starts when the parent is shown', async () => {
    const parent = place("display: none");
    const element = put(parent, { trigger: "visible" });
    await element.updateComplete;
    // This observer was created later, so it is called later: by then the element's observer has been called.
    await new Promise<void>((resolve) => {
      new IntersectionObserver((_, self) => {
        self.disconnect();
        resolve();
      }).observe(element);
    });
    expect(element.state).to.equal("idle");
    expect(await checkout.requests()).to.have.length(0);
    parent.style.display = "block";
    await reached(element, "ready");
    expect(box(element.frame!)).to.deep.equal([0, 0, 600, announced]);
  });

  function dialog(): HTMLDialogElement {
    const element = document.createElement("dialog");
    element.style.cssText =
      "inset: 0 auto auto 0; margin: 0; border: 0; padding: 20px; width: 500px; max-height: none";
    document.body.append(element);
    return element;
  }

  it("in a modal dialog it fills the dialog, and is as it was when the dialog opens again", async () => {
    const modal = dialog();
    const element = put(modal);
    await reached(element, "ready");
    modal.showModal();
    expect(box(modal)).to.deep.equal([0, 0, 540, announced + 40]);
    expect(box(element)).to.deep.equal([20, 20, 500, announced]);
    expect(box(element.frame!)).to.deep.equal([20, 20, 500, announced]);
    modal.close();
    expect(box(element.frame!)).to.deep.equal([0, 0, 0, 0]);
    modal.showModal();
    expect(box(element.frame!)).to.deep.equal([20, 20, 500, announced]);
    expect(await checkout.requests()).to.have.length(1);
    modal.close();
  });

  it("in a modal dialog the button is reached and starts, and focus stays in the dialog", async () => {
    const outside = document.createElement("button");
    document.body.append(outside);
    const modal = dialog();
    const element = put(modal, { trigger: "click" });
    await element.updateComplete;
    modal.showModal();
    const button = element.shadowRoot!.querySelector("button")!;
    for (let left = 4; left > 0 && element.shadowRoot!.activeElement !== button; left--) {
      await sendKeys({ press: "Tab" });
    }
    expect(element.shadowRoot!.activeElement === button).to.equal(true);
    await sendKeys({ press: "Enter" });
    await reached(element, "ready");
    expect(document.activeElement === element).to.equal(true);
    expect(box(element.frame!)).to.deep.equal([20, 20, 500, announced]);
    modal.close();
  });

  for (const mode of ["open", "closed"] as const) {
    it(`inside of another element's ${mode} shadow root it has its box, and the page gets its events`, async () => {
      const host = place();
      const outer = host.attachShadow({ mode });
      outer.innerHTML = `<style>* { margin: 0 } iframe, div { display: none }</style><section></section>`;
      const inner = outer.querySelector("section")!.attachShadow({ mode });
      const spot = document.createElement("p");
      inner.append(spot);
      const dispatched: unknown[] = [];
      document.addEventListener("dintero-session", ({ target }) => dispatched.push(target), { once: true });
      const element = put(spot);
      await reached(element, "ready");
      expect(box(element.frame!).slice(2)).to.deep.equal([600, announced]);
      expect(box(element)).to.deep.equal(box(element.frame!));
      expect(dispatched.length === 1 && dispatched[0] === host).to.equal(true);
    });
  }

  it("inside of a same-origin frame it fills the frame, and navigates the frame, not the page around it", async () => {
    const { home, page, frame } = await openShopPage({ head: "<style>body { margin: 10px }</style>" });
    const { element, checkout: inside } = await shopIn(home);
    expect(box(element)).to.deep.equal([10, 10, 580, announced]);
    expect(box(element.frame!)).to.deep.equal([10, 10, 580, announced]);
    expect(page.documentElement.scrollWidth).to.equal(600);
    const there = nextEvent(frame, "load");
    const href = new URL("/support/page?thanks", location.href).href;
    inside.send({ type: "SessionPaymentAuthorized", href, transaction_id: "t", merchant_reference: "m" });
    await there;
    expect(frame.contentWindow!.location.href).to.equal(href);
    inside.stop();
  });
});
