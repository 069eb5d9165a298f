// Boxes that take their width from their content: both elements take the width there is, as a paragraph does.
import { expect } from "@open-wc/testing";
import "../../src/index.ts";
import "../../src/return.ts";
import { appears, clear, mount, mountTag, nextEvent, reached } from "../support/checkout.ts";
import { merchantUrl } from "../support/env.ts";
import { FakeCheckout } from "../support/fake-checkout.ts";

/** By how they are written around the element, which is put into the innermost box. */
const boxes: Readonly<Record<string, string>> = {
  "a centred column": `<main style="display: flex; flex-direction: column; align-items: center">`,
  "a centred body": `<div style="display: flex; place-items: center"><main style="margin: 0 auto">`,
  "a grid that centres its items": `<main style="display: grid; place-items: center">`,
  "a row that centres its items": `<main style="display: flex; align-items: center">`,
  "a dialog": `<dialog open>`,
  "a popover": `<div popover>`,
  "a table cell": `<table><tr><td>`,
  "a box that fits its content": `<main style="width: fit-content">`,
  "a float": `<main style="float: left">`,
  "an inline block": `<main style="display: inline-block">`,
  "a box out of the flow": `<main style="position: absolute">`,
  "a fieldset in a centred column": `<div style="display: flex; flex-direction: column; align-items: center"><fieldset>`,
};

/** Widths in px of the box that a test puts the others in: a phone's, and the window's. */
const widths = [344, innerWidth - 16];

describe("boxes that take their width from their content", () => {
  let checkout: FakeCheckout;
  const { error } = console;
  beforeEach(() => {
    console.error = () => {};
    checkout = new FakeCheckout();
  });
  afterEach(async () => {
    console.error = error;
    checkout.stop();
    await clear();
  });

  /** The innermost box, in one of this width. */
  function open(markup: string, width: number): HTMLElement {
    const outer = document.createElement("div");
    // The containing block of a box out of the flow, a fixed one included.
    outer.style.cssText = `width: ${width}px; position: relative; transform: none; contain: layout`;
    outer.innerHTML = `${markup}<h1>Pay</h1>`;
    document.body.append(outer);
    outer.querySelector<HTMLElement>("[popover]")?.showPopover();
    return outer.querySelector("h1")!.parentElement!;
  }

  /** The width in px that a paragraph longer than any line takes in the same box. */
  function paragraphWidth(markup: string, width: number): number {
    const box = open(markup, width);
    const paragraph = document.createElement("div");
    paragraph.textContent = "word ".repeat(2000);
    box.append(paragraph);
    const { width: taken } = paragraph.getBoundingClientRect();
    document.body.replaceChildren();
    return taken;
  }

  for (const [name, markup] of Object.entries(boxes)) {
    for (const width of widths) {
      it(`${name}, ${width} px: frame, panels and return page take the width there is`, async () => {
        const there = paragraphWidth(markup, width);
        const properties = { sessionId: "T00000000.abc", checkoutUrl: checkout.url };

        const element = mount(properties, open(markup, width));
        const measure = (part: HTMLElement): number => Math.abs(part.getBoundingClientRect().width - there);
        await reached(element, "ready");
        expect(measure(element.frame!), "the frame").to.be.at.most(1);
        checkout.send({ type: "SessionCancel" });
        await reached(element, "cancelled");
        expect(measure(element.shadowRoot!.querySelector(".panel")!), "an outcome").to.be.at.most(1);
        document.body.replaceChildren();

        const failing = mount({ endpoint: merchantUrl("session", { status: 500 }) }, open(markup, width));
        await failing.updateComplete;
        expect(measure(failing), "before it starts").to.be.at.most(1);
        await reached(failing, "error");
        expect(measure(failing.shadowRoot!.querySelector(".panel")!), "an error").to.be.at.most(1);
        document.body.replaceChildren();

        const waiting = mountTag({ endpoint: "/", trigger: "click" }, {}, open(markup, width));
        await waiting.updateComplete;
        expect(measure(waiting), "the button").to.be.at.most(1);
        document.body.replaceChildren();

        const result = document.createElement("dintero-return");
        const known = nextEvent(result, "dintero-result");
        open(markup, width).append(result);
        await known;
        const panel = await appears<HTMLElement>(result.shadowRoot!, ".panel");
        expect(measure(panel), "the return page").to.be.at.most(1);
      });
    }
  }

  it("a width that the page sets is kept", async () => {
    const element = mount(
      { sessionId: "T00000000.abc", checkoutUrl: checkout.url },
      open(boxes["a dialog"]!, innerWidth),
    );
    element.style.width = "400px";
    await reached(element, "ready");
    expect(element.frame!.getBoundingClientRect().width).to.equal(400);
  });

  it("a neighbour in the same row keeps the width of its longest word", async () => {
    const box = open(`<main style="display: flex">`, 344);
    const element = mount({ sessionId: "T00000000.abc", checkoutUrl: checkout.url }, box);
    await reached(element, "ready");
    const heading = box.querySelector("h1")!;
    expect(heading.getBoundingClientRect().right).to.be.at.most(element.getBoundingClientRect().left);
    expect(element.getBoundingClientRect().right).to.be.at.most(box.getBoundingClientRect().right + 0.1);
  });
});
