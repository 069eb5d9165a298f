// The shopper's system prefers reduced motion. Run in browsers started that way: `npx wtr --group still`.
import { expect } from "@open-wc/testing";
import "../../src/index.ts";
import "../../src/return.ts";
import { clear, handled, mountFake, mountReady } from "../support/checkout.ts";
import { merchantUrl } from "../support/env.ts";

/** Resolves with the next animation frame. */
const painted = () => new Promise(requestAnimationFrame);

describe("prefers-reduced-motion", () => {
  afterEach(clear);

  it("is what this browser was started with", () => {
    expect(matchMedia("(prefers-reduced-motion: reduce)").matches, "npx wtr --group still").to.equal(true);
  });

  /** Checks that nothing in it moves from one animation frame to the next. */
  async function stands(spinner: Element): Promise<void> {
    const { animationName, rotate } = getComputedStyle(spinner);
    expect(animationName).to.equal("none");
    expect(spinner.getAnimations()).to.have.length(0);
    const { x, y, width, height } = spinner.getBoundingClientRect();
    expect([width, height]).to.deep.equal([44, 44]);
    await painted();
    await painted();
    expect(getComputedStyle(spinner).rotate).to.equal(rotate);
    const later = spinner.getBoundingClientRect();
    expect([later.x, later.y, later.width, later.height]).to.deep.equal([x, y, width, height]);
  }

  it("the spinner does not move while the checkout loads", async () => {
    const { element } = await mountFake();
    await stands(element.shadowRoot!.querySelector(".spinner")!);
  });

  it("the spinner does not move while the result is requested", async () => {
    const element = document.createElement("dintero-return");
    element.endpoint = merchantUrl("status", { hang: 1 });
    history.replaceState(history.state, "", "?transaction_id=t&merchant_reference=m");
    document.body.append(element);
    // its texts come a little later, and move what is above them
    while (!element.shadowRoot!.querySelector(".title")?.textContent) await painted();
    await stands(element.shadowRoot!.querySelector(".spinner")!);
  });

  it("the page scrolls to the checkout at once, not smoothly", async () => {
    const { element, page } = await mountReady();
    const spacer = document.createElement("div");
    spacer.style.height = "3000px";
    element.before(spacer);
    element.after(spacer.cloneNode());
    expect(Math.round(element.frame!.getBoundingClientRect().top)).to.be.greaterThan(2999);
    page.send({ type: "ScrollToTop" });
    await handled(element, page);
    expect(Math.round(element.frame!.getBoundingClientRect().top)).to.equal(0);
  });
});
