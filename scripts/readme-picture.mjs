// npm run screenshots:readme: docs/states.png, the README's picture, taken from stories in storybook-static/.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium as engine } from "playwright";
import { chromium } from "../test/support/browser.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const storybook = join(root, "storybook-static");

/** Stories by the caption below each; the first is twice as high as the others. */
const stories = {
  ready: "checkout-states--ready",
  'idle, trigger="click"': "checkout-states--idle",
  loading: "checkout-states--loading",
  error: "checkout-outcomes--times-out",
  failed: "checkout-states--failed-without-address",
  expired: "checkout-states--expired",
  "paid in another tab": "checkout-outcomes--paid-in-another-tab",
};

const browser = await engine.launch(await chromium());

async function open(viewport) {
  const context = await browser.newContext({ viewport, reducedMotion: "reduce", locale: "en-GB" });
  // The checkout shows this host as the shop's name.
  await context.route("https://shop.example/**", (route) => {
    const { pathname } = new URL(route.request().url());
    return route.fulfill({ path: join(storybook, pathname.replace(/\/$/, "/index.html")) });
  });
  return context.newPage();
}

/** Each in a context of its own: tabs of one context would report results to each other. */
async function takeStory(id, viewport) {
  const page = await open(viewport);
  await page.goto(`https://shop.example/iframe.html?id=${id}&viewMode=story`);
  await page.waitForFunction(() => window.__STORYBOOK_PREVIEW__?.currentRender?.phase === "finished");
  await page.evaluate(() => {
    document.activeElement?.blur();
    const { shadowRoot } = document.querySelector("dintero-checkout");
    shadowRoot.querySelector(".panel")?.scrollIntoView({ block: "center" });
  });
  const picture = await page.screenshot();
  await page.context().close();
  return `data:image/png;base64,${picture.toString("base64")}`;
}

try {
  const figures = [];
  for (const [caption, id] of Object.entries(stories)) {
    const height = figures.length === 0 ? 648 : 300;
    const source = await takeStory(id, { width: 280, height });
    figures.push(`<figure><img src="${source}"><figcaption>${caption}</figcaption></figure>`);
  }
  const page = await open({ width: 1200, height: 720 });
  await page.setContent(`<style>
    body { margin: 16px; display: grid; grid: auto auto / repeat(4, 1fr); gap: 16px;
      background: #e8ebf0; font: 15px system-ui, sans-serif; color: #14202b; text-align: center; }
    figure { margin: 0; }
    figure:first-child { grid-row: span 2; }
    img { display: block; width: 280px; margin-bottom: 6px; border-radius: 8px; }
  </style>${figures.join("")}`);
  await page.screenshot({ path: `${root}docs/states.png`, fullPage: true });
} finally {
  await browser.close();
}
