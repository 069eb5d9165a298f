// docs/states.png, the README's picture, from the screenshots of the element: `npm run screenshots -- element`, then
// `node scripts/states-picture.mjs`.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium as engine } from "playwright-core";
import { chromium } from "../test/support/browser.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Names of screenshots and what stands below them. */
const states = {
  ready: "ready",
  idle: "idle, trigger=click",
  loading: "loading",
  "error-unreachable": "error",
  failed: "failed",
  expired: "expired",
  "paid-elsewhere": "paid, in another tab",
};

const figures = Object.entries(states).map(([name, words]) => {
  const picture = readFileSync(`${root}screenshots/element-${name}-320-light.png`, "base64");
  return `<figure><img alt="" src="data:image/png;base64,${picture}"><figcaption>${words}</figcaption></figure>`;
});

const browser = await engine.launch(await chromium());
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 400 } });
  await page.setContent(`<style>
      body { margin: 0; align-content: start; padding: 16px; display: grid; grid: auto-flow / repeat(4, 1fr); gap: 16px; background: #e8ecf1; font: 15px/1.4 system-ui, sans-serif }
      figure { margin: 0; display: grid; gap: 6px; align-content: start; color: #1a2733 }
      figure:first-child { grid-row: span 2 }
      img { width: 100%; object-fit: cover; object-position: center; background: #fff; border-radius: 8px; height: 300px }
      figure:nth-child(-n + 2) img { object-position: top }
      figure:first-child img { height: 644px }
      figcaption { text-align: center }
    </style>${figures.join("")}`);
  await page.screenshot({ path: `${root}docs/states.png`, fullPage: true });
} finally {
  await browser.close();
}
