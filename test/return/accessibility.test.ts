import { expect } from "@open-wc/testing";
import type axeCore from "axe-core";
import { answer, arriveWith, claim, Clock, endpointOf, leave, open, shown } from "./support.ts";

await import(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url).href);
const { axe } = window as unknown as { axe: typeof axeCore };

const schemes = {
  light: "color-scheme: light; background: #fff; color: #222",
  dark: "color-scheme: dark; background: #121212; color: #eee",
  "dark without color-scheme": "background: #000; color: #fff",
  "light with an accent": "background: #fff; color: #222; --dintero-checkout-accent: #e5ff00",
  "dark with an accent":
    "color-scheme: dark; background: #121212; color: #eee; --dintero-checkout-accent: #0057d9",
};

describe("<dintero-return> has no axe violation", () => {
  let clock: Clock;

  beforeEach(() => {
    clock = new Clock();
    arriveWith(claim);
  });

  afterEach(() => {
    clock.restore();
    leave();
  });

  for (const [scheme, style] of Object.entries(schemes)) {
    for (const [status, text] of [
      ["paid", "Payment received"],
      ["on-hold", "Check again"],
      ["failed", "Back to cart"],
      ["cancelled", "Back to cart"],
      ["pending", "Check again"],
      ["waiting", "Waiting for confirmation"],
    ] as const) {
      it(`${status}, ${scheme}`, async () => {
        const reported = status === "waiting" ? "pending" : status;
        const element = await open({ endpoint: endpointOf(answer(reported)), "retry-href": "/cart" });
        const page = element.parentElement!;
        page.style.cssText = `${style}; padding: 1rem`;
        if (status === "on-hold" || status === "pending") {
          await clock.paused();
          clock.expire(120_000);
        }
        await shown(element, text);
        clock.restore();
        const { violations, incomplete } = await axe.run(page, { resultTypes: ["violations", "incomplete"] });
        const found = [...violations, ...incomplete].map(({ id, nodes }) => [id, nodes[0]?.failureSummary]);
        expect(found).to.deep.equal([]);
      });
    }
  }

  it("gives a button on any accent a text with a contrast of at least 4.5:1", async () => {
    const element = await open({ endpoint: endpointOf(answer("pending")) });
    await clock.paused();
    clock.expire(120_000);
    await shown(element, "Check again");
    const button = element.shadowRoot!.querySelector("button")!;
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
    const luminance = (colour: string) => {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((byte) => {
        const part = byte / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      }) as [number, number, number];
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    for (const accent of [
      "#000",
      "#fff",
      "#767676",
      "#777",
      "#f00",
      "#00f",
      "#0a0",
      "#e60000",
      "#0073fa",
      "#ff0",
    ]) {
      element.style.setProperty("--dintero-checkout-accent", accent);
      const style = getComputedStyle(button);
      const [low, high] = [luminance(style.color), luminance(style.backgroundColor)].sort((a, b) => a - b);
      expect((high! + 0.05) / (low! + 0.05), accent).to.be.at.least(4.5);
    }
  });
});
