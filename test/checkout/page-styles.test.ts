// Pages with styles that were not written for the checkout. Each is measured: where the tag and its frame are, how large
// they are, and that the page does not scroll sideways.
import { expect } from "@open-wc/testing";
import type { DinteroCheckout } from "../../src/index.ts";
import { announced, box, openShopPage, shopIn, sticksOut } from "../support/shop-page.ts";
import { panels, showPanel } from "../support/panels.ts";

const reset = `<style>
  *, *::before, *::after {
    box-sizing: border-box !important; margin: 0 !important; padding: 0 !important; border: 0 !important;
    max-width: 100% !important; vertical-align: baseline !important; list-style: none !important;
    background: none !important; transition: none !important; animation: none !important;
  }
  iframe { display: none !important; position: absolute !important; width: 11px !important;
    height: 11px !important; visibility: hidden !important; transform: scale(0) !important }
  div { display: none !important; float: left !important; width: 1px !important; height: 1px !important;
    overflow: hidden !important; position: fixed !important }
  p, a, button, slot { display: none !important; font-size: 3px !important }
</style>`;

/** Every box in front of the frame. */
const rectangles = (element: DinteroCheckout) =>
  [...element.shadowRoot!.querySelectorAll(".stage, .front, .front *")].map((node) => [
    node.className || node.localName,
    ...box(node),
  ]);

describe("styles of the page", () => {
  const { error } = console;
  beforeEach(() => {
    console.error = () => {};
  });
  afterEach(() => {
    console.error = error;
    document.body.replaceChildren();
  });

  it("a reset with !important for everything, for iframe and for div does not affect the frame", async () => {
    const { home, page } = await openShopPage({ head: reset });
    const { element } = await shopIn(home);
    expect(box(element)).to.deep.equal([0, 0, 600, announced]);
    expect(box(element.frame!)).to.deep.equal([0, 0, 600, announced]);
    expect(element.frame!.checkVisibility({ visibilityProperty: true })).to.equal(true);
    expect(page.documentElement.scrollWidth).to.equal(600);
  });

  it("a reset leaves every panel as it is on a page without one", async () => {
    const hostile = await openShopPage({ head: reset });
    const plain = await openShopPage({ head: "<style>body { margin: 0 }</style>" });
    for (const [name, panel] of Object.entries(panels)) {
      const [there, here] = [
        await showPanel(hostile.page.body, panel),
        await showPanel(plain.page.body, panel),
      ];
      expect(rectangles(there), name).to.deep.equal(rectangles(here));
      expect(box(there), name).to.deep.equal(box(here));
      there.remove();
      here.remove();
    }
  });

  for (const rule of ["all: unset", "all: initial", "all: unset !important", "display: contents"]) {
    it(`"${rule}" on the tag leaves the frame its place and size`, async () => {
      const head = `<style>body { margin: 0 } dintero-checkout { ${rule} }</style>`;
      const { home, page } = await openShopPage({ head });
      const { element } = await shopIn(home);
      expect(box(element.frame!)).to.deep.equal([0, 0, 600, announced]);
      expect(page.documentElement.scrollWidth).to.equal(600);
      expect(page.documentElement.scrollHeight).to.equal(1000);
    });
  }

  it("on a page from right to left the frame fills its line, and nothing scrolls sideways", async () => {
    const { home, page } = await openShopPage({ head: "<style>body { margin: 0 0 0 100px }</style>" });
    Object.assign(page.documentElement, { dir: "rtl", lang: "ar" });
    const { element } = await shopIn(home);
    expect(box(element)).to.deep.equal([100, 0, 500, announced]);
    expect(box(element.frame!)).to.deep.equal([100, 0, 500, announced]);
    expect(page.documentElement.scrollWidth).to.equal(600);
    element.remove();
    for (const [name, panel] of Object.entries(panels)) {
      const shown = await showPanel(page.body, panel);
      expect([name, ...sticksOut(shown)]).to.deep.equal([name]);
      expect(shown.getBoundingClientRect().left, name).to.equal(100);
      expect(page.documentElement.scrollWidth, name).to.equal(600);
      shown.remove();
    }
  });

  for (const language of ["en", "nb", "nn", "sv", "da", "fi", "de"]) {
    it(`at 400 % zoom, 320 px wide, nothing scrolls sideways: ${language}`, async () => {
      const { page } = await openShopPage({}, 320, 256);
      for (const [name, panel] of Object.entries(panels)) {
        const element = await showPanel(page.body, panel, { language });
        // a scroll bar that is not an overlay takes part of the width
        const { clientWidth } = page.documentElement;
        expect(page.documentElement.scrollWidth, name).to.equal(clientWidth);
        const { x, width } = element.getBoundingClientRect();
        expect([x, width], name).to.deep.equal([8, clientWidth - 16]);
        expect([name, ...sticksOut(element)]).to.deep.equal([name]);
        if (element.frame?.checkVisibility())
          expect(element.frame.offsetWidth, name).to.equal(clientWidth - 16);
        element.remove();
      }
    });
  }
});
