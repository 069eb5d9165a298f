// What a page may style and replace: custom properties, parts and slots, in the states that show them.
import { expect } from "@open-wc/testing";
import { clear, part } from "../support/checkout.ts";
import { panels, showPanel } from "../support/panels.ts";
import { checkoutNames as promised } from "../support/public-names.ts";

interface Content {
  /** The parts that are shown. */
  readonly parts: readonly string[];
  /** The slots whose content is shown; "" is the fallback content. */
  readonly slots: readonly string[];
}

const contents: Record<keyof typeof panels, Content> = {
  "the button": { parts: ["button"], slots: ["button"] },
  loading: { parts: ["loading", "message"], slots: ["loading"] },
  "the frame": { parts: ["frame"], slots: [] },
  "no answer, and a link": { parts: ["error", "message", "button", "link"], slots: ["error", ""] },
  expired: { parts: ["error", "message"], slots: ["expired", ""] },
  failed: { parts: ["error", "message", "button"], slots: [] },
  cancelled: { parts: ["error", "message", "button"], slots: [] },
};
const views = Object.entries(panels).map(([name, panel]) => ({
  name,
  panel,
  ...contents[name as keyof typeof panels],
}));

interface Effect {
  readonly value: string;
  readonly style: "height" | "color" | "backgroundColor" | "borderRadius" | "fontFamily";
  /** The parts with this style. */
  readonly parts: readonly string[];
}

const effects: Record<string, Effect> = {
  "--dintero-checkout-min-height": {
    value: "777px",
    style: "height",
    parts: ["loading", "error", "frame"],
  },
  "--dintero-checkout-color": {
    value: "rgb(1, 2, 3)",
    style: "color",
    parts: ["loading", "error", "message", "link"],
  },
  "--dintero-checkout-background": {
    value: "rgb(4, 5, 6)",
    style: "backgroundColor",
    parts: ["loading", "error"],
  },
  "--dintero-checkout-accent": { value: "rgb(7, 8, 9)", style: "backgroundColor", parts: ["button"] },
  "--dintero-checkout-radius": {
    value: "3px",
    style: "borderRadius",
    parts: ["loading", "error", "button"],
  },
  "--dintero-checkout-font": {
    value: "shop-font",
    style: "fontFamily",
    parts: ["loading", "error", "message", "button", "link"],
  },
};

/** Width of the outline that the page's style sheet gives each part, so that each rule is seen to have its own. */
const outline = (name: string) => `${promised.parts.indexOf(name) + 1}px`;

/** The page's own content, in these slots. */
const slots = ["loading", "error", "expired", "button", ""];
const content = slots.map((slot) => `<p slot="${slot}">Our own</p>`).join("");

describe("what the page may style and replace", () => {
  const { error } = console;
  beforeEach(() => {
    console.error = () => {};
  });
  afterEach(async () => {
    console.error = error;
    await clear();
  });

  for (const [property, { value, style, parts }] of Object.entries(effects)) {
    it(`${property} sets the ${style} of ${parts.join(", ")}`, async () => {
      const styled = new Set<string>();
      for (const view of views) {
        const element = await showPanel(document.body, view.panel);
        for (const name of view.parts.filter((each) => parts.includes(each))) {
          const computed = getComputedStyle(part(element, name)!);
          expect(computed[style], `${name} of ${view.name}, without it`).not.to.equal(value);
          document.documentElement.style.setProperty(property, value);
          expect(computed[style], `${name} of ${view.name}`).to.equal(value);
          document.documentElement.style.removeProperty(property);
          styled.add(name);
        }
        element.remove();
      }
      expect([...styled]).to.have.members(parts);
    });
  }

  it("text has the colour and the font of the page, where no custom property sets them", async () => {
    document.documentElement.style.cssText = "color: rgb(9, 8, 7); font-family: page-font";
    for (const { name, panel, parts } of views) {
      const element = await showPanel(document.body, panel);
      for (const each of parts) {
        const { color, fontFamily } = getComputedStyle(part(element, each)!);
        expect(fontFamily, `${each} of ${name}`).to.equal("page-font");
        // A button's text contrasts with the button.
        if (each !== "button") expect(color, `${each} of ${name}`).to.equal("rgb(9, 8, 7)");
      }
      element.remove();
    }
  });

  for (const { name, panel, parts } of views) {
    it(`${name}: shows the parts ${parts.join(", ")}, and ::part() styles them`, async () => {
      const sheet = document.createElement("style");
      sheet.textContent = promised.parts
        .map((each) => `dintero-checkout::part(${each}) { outline: ${outline(each)} solid }`)
        .join("\n");
      document.body.append(sheet);
      const element = await showPanel(document.body, panel);
      const visible = [...element.shadowRoot!.querySelectorAll<HTMLElement>("[part]")]
        .filter((node) => node.checkVisibility({ visibilityProperty: true }))
        .map((node) => [node.part.value, getComputedStyle(node).outlineWidth]);
      expect(visible).to.have.deep.members(parts.map((each) => [each, outline(each)]));
    });
  }

  for (const { name, panel, ...shown } of views) {
    const [slot, fallback] = shown.slots;
    const replacement = slot ? `the content of slot ${slot} replaces ours` : "no slot's content is shown";
    it(`${name}: ${replacement}${fallback === "" ? ", above the fallback content" : ""}`, async () => {
      const element = await showPanel(document.body, panel);
      element.innerHTML = content;
      const visible = [...element.children].filter((node) => node.checkVisibility());
      expect(visible.map((node) => node.slot)).to.deep.equal(shown.slots);
      const tops = visible.map((node) => node.getBoundingClientRect().top);
      expect(tops).to.deep.equal(tops.toSorted((a, b) => a - b));
      for (const each of shown.parts) expect(part(element, each) === null, each).to.equal(slot !== undefined);
    });
  }

  it("every documented custom property, part and slot is among these", () => {
    expect(Object.keys(effects)).to.have.members(promised.cssProperties);
    expect([...new Set(views.flatMap(({ parts }) => parts))]).to.have.members(promised.parts);
    // The slot `frame` is for pop-outs: see modes.test.ts and pop-out-box.test.ts.
    expect([...slots, "frame"]).to.have.members(promised.slots);
  });
});
