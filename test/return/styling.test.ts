// What a page may style: custom properties and parts, in the states that show them.
import { expect } from "@open-wc/testing";
import { returnNames as promised } from "../support/public-names.ts";
import { answer, arriveWith, claim, Clock, endpointOf, leave, next, open, shown } from "./support.ts";

interface Effect {
  readonly value: string;
  readonly style: "height" | "color" | "backgroundColor" | "borderRadius" | "fontFamily";
  /** The parts with this style. */
  readonly parts: readonly string[];
}

const effects: Record<string, Effect> = {
  "--dintero-checkout-min-height": { value: "777px", style: "height", parts: ["result"] },
  "--dintero-checkout-color": {
    value: "rgb(1, 2, 3)",
    style: "color",
    parts: ["result", "message", "link"],
  },
  "--dintero-checkout-background": { value: "rgb(4, 5, 6)", style: "backgroundColor", parts: ["result"] },
  "--dintero-checkout-accent": { value: "rgb(7, 8, 9)", style: "backgroundColor", parts: ["button"] },
  "--dintero-checkout-radius": { value: "3px", style: "borderRadius", parts: ["result", "button"] },
  "--dintero-checkout-font": {
    value: "shop-font",
    style: "fontFamily",
    parts: ["result", "message", "button", "link"],
  },
};

describe("what the page may style of <dintero-return>", () => {
  let clock: Clock;

  beforeEach(() => {
    clock = new Clock();
    arriveWith(claim);
  });

  afterEach(() => {
    clock.restore();
    leave();
  });

  /** The parts of a panel with a link, and of one with a button. */
  async function partsShown(): Promise<Map<string, HTMLElement>> {
    const failed = await open({ endpoint: endpointOf(answer("failed")), "retry-href": "/cart" });
    await shown(failed, "Back to cart");
    leave();
    arriveWith(claim);
    const waiting = await open({ endpoint: endpointOf(answer("on-hold")) });
    await next(waiting, "dintero-result");
    await clock.paused();
    clock.expire(120_000);
    await shown(waiting, "Check again");
    const nodes = [failed, waiting].flatMap((element) => [
      ...element.shadowRoot!.querySelectorAll<HTMLElement>("[part]"),
    ]);
    return new Map(nodes.map((node) => [node.part.value, node]));
  }

  for (const [property, { value, style, parts }] of Object.entries(effects)) {
    it(`${property} sets the ${style} of ${parts.join(", ")}`, async () => {
      const nodes = await partsShown();
      for (const name of parts) {
        const computed = getComputedStyle(nodes.get(name)!);
        expect(computed[style], `${name} without it`).not.to.equal(value);
        document.documentElement.style.setProperty(property, value);
        expect(computed[style], name).to.equal(value);
        document.documentElement.style.removeProperty(property);
      }
    });
  }

  it("every documented custom property is among these", () => {
    expect(Object.keys(effects)).to.have.members(promised.cssProperties);
  });

  it("::part() styles every part", async () => {
    const outline = (name: string) => `${promised.parts.indexOf(name) + 1}px`;
    const sheet = document.createElement("style");
    sheet.textContent = promised.parts
      .map((name) => `dintero-return::part(${name}) { outline: ${outline(name)} solid }`)
      .join("\n");
    document.body.append(sheet);
    const parts = await partsShown();
    expect([...parts.keys()]).to.have.members(promised.parts);
    for (const [name, node] of parts)
      expect(getComputedStyle(node).outlineWidth, name).to.equal(outline(name));
    sheet.remove();
  });
});
