// Storybook as it is published: its start page, a story and a page of the docs. Needs `npm run build:storybook`.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { serve } from "../../test/storybook/static-server.mjs";

/** @typedef {import("../screenshots.mjs").Picture} Picture */

const built = fileURLToPath(new URL("../../storybook-static", import.meta.url));

/** @type {readonly [name: string, path: string, ready: string][]} */
const places = [
  ["storybook-start", "?path=/docs/start-here--docs", ".sbdocs-content h1"],
  [
    "storybook-story",
    "?path=/story/checkout-outcomes--is-refused-by-the-shop",
    "dintero-checkout:state(error)",
  ],
  ["storybook-docs", "?path=/docs/guides-gates--docs", ".sbdocs-content h1"],
];

/** @type {readonly Picture[]} */
export const storybook = places.map(([name, path, ready]) => ({
  name,
  async show(page) {
    if (!existsSync(built)) throw new Error("There is no Storybook: npm run build:storybook");
    const server = await serve(built);
    page.once("close", () => server.close());
    await page.goto(server.url + path);
    await page.frameLocator("#storybook-preview-iframe").locator(ready).first().waitFor();
  },
}));
