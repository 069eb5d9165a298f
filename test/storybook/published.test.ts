// The output of `npm run build:storybook` in a folder of a plain static server: every page of the docs is rendered,
// nothing is missing or comes from another origin. `--project stories` runs the stories' play functions.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { chromium as engine, type Browser, type Page } from "playwright";
import { preview, type PreviewServer } from "vite";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { chromium } from "../support/browser.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Entry {
  readonly id: string;
  readonly type: "story" | "docs";
  readonly title: string;
}
const index = JSON.parse(readFileSync(`${root}storybook-static/index.json`, "utf8")) as {
  entries: Record<string, Entry>;
};
const pages = Object.values(index.entries).filter(({ type }) => type === "docs");

let server: PreviewServer;
let browser: Browser;
const url = () => server.resolvedUrls?.local[0] ?? "";

beforeAll(async () => {
  server = await preview({
    configFile: false,
    appType: "mpa",
    base: "/docs/ui/",
    logLevel: "warn",
    build: { outDir: `${root}storybook-static` },
    preview: { port: 0, host: "127.0.0.1" },
  });
  browser = await engine.launch(await chromium());
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** Opens an address below the Storybook's; `problems` collects errors, missing files and requests to other origins. */
async function open(path: string): Promise<{ page: Page; problems: string[] }> {
  const context = await browser.newContext({ locale: "en-GB", reducedMotion: "reduce" });
  onTestFinished(() => context.close());
  context.setDefaultTimeout(30_000);
  const problems: string[] = [];
  const { origin } = new URL(url());
  context.on("weberror", (error) => problems.push(`threw ${String(error.error())}`));
  context.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  context.on("request", (request) => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(`${origin}/`))
      problems.push(`requested ${request.url()}`);
  });
  const page = await context.newPage();
  await page.goto(url() + path);
  return { page, problems };
}

test("the start page shows the first page of the docs", async () => {
  const { page, problems } = await open("");
  await page.frameLocator("#storybook-preview-iframe").locator(".sbdocs-content h1").first().waitFor();
  expect(problems).toEqual([]);
});

test("a story shows the checkout, and the console reports no error", async () => {
  const { page, problems } = await open("iframe.html?id=checkout-overview--endpoint&viewMode=story");
  const errors: string[] = [];
  page.on("console", (message) => {
    // the browser requests an icon at the root by itself
    const icon = message.location().url.endsWith("/favicon.ico");
    if (message.type() === "error" && !icon) errors.push(message.text());
  });
  await page.reload();
  await page.locator("dintero-checkout:state(ready)").waitFor();
  expect([...problems, ...errors]).toEqual([]);
});

describe.each(pages)("$title", ({ id }) => {
  test("is rendered with its Markdown, fits on a phone and passes axe", async () => {
    const { page, problems } = await open(`iframe.html?id=${id}&viewMode=docs`);
    await page.locator(".sbdocs-content h1").first().waitFor();
    await page.waitForLoadState("load");

    const texts = await page.evaluate(() =>
      [...document.querySelectorAll(".sbdocs-content :is(h1, h2, h3, p, li, td)")]
        .filter((element) => !element.closest(".sb-story"))
        .map((element) => element.textContent.trim()),
    );
    const markup = texts.filter((text) => /\|\s*-{3}|\]\(|<!--/.test(text));
    expect(markup, "Markdown shown as it is written").toEqual([]);

    // stories on the page have their own test; tables of arguments and colours of code are Storybook's
    await page.evaluate(axe);
    const violations = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
      const include = [[".sbdocs-content"]];
      const exclude = [[".sb-story"], [".docblock-argstable"], ["pre"]];
      const { violations } = await axe.run({ include, exclude }, { iframes: false });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`);
    });
    expect(violations, "axe").toEqual([]);

    await page.setViewportSize({ width: 320, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    expect(problems).toEqual([]);
  });
});
