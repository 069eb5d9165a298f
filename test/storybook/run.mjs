// npm run test:storybook: the built Storybook on a plain static server, with nothing else reachable. Each story's play
// and axe pass, each page of the docs draws itself and passes axe, and no request leaves the origin.
// `-- states` takes those only whose id holds the word.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { chromium as engine } from "playwright-core";
import { chromium } from "../support/browser.mjs";
import { serve } from "./static-server.mjs";

const folder = fileURLToPath(new URL("../../storybook-static", import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** @type {{ id: string, type: "story" | "docs", title: string, name: string }[]} */
const entries = Object.values(JSON.parse(readFileSync(`${folder}/index.json`, "utf8")).entries);
const wanted = entries.filter(({ id }) => id.includes(process.argv[2] ?? ""));

const server = await serve(folder);
const browser = await engine.launch(await chromium());
let passed = 0;
let failed = 0;

try {
  const queue = wanted.map((entry) => ({ name: `${entry.title} › ${entry.name}`, run: () => look(entry) }));
  queue.unshift({ name: "The start page", run: start }, { name: "A silent console", run: icons });
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const problems = await next.run().catch((error) => [String(error)]);
      if (problems.length) failed += 1;
      else passed += 1;
      if (problems.length) console.log(`✘ ${next.name}\n${problems.join("\n").replace(/^/gm, "    ")}`);
    }
  };
  await Promise.all([work(), work()]);
} finally {
  await browser.close();
  server.close();
}
console.log(`storybook: ${passed} passed, ${failed} failed`);
process.exitCode = failed || !passed ? 1 : 0;

/** A page that reaches our origin alone, and what it did wrong. */
async function visit() {
  const context = await browser.newContext({ locale: "en-GB", reducedMotion: "reduce" });
  context.setDefaultTimeout(30_000);
  /** @type {string[]} */
  const problems = [];
  await context.route("**/*", (route) => {
    const url = route.request().url();
    if (url.startsWith(server.origin)) return route.continue();
    problems.push(`asked for ${url}`);
    return route.abort();
  });
  context.on("weberror", (error) => problems.push(`threw ${error.error().stack ?? error.error()}`));
  context.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  return { context, page: await context.newPage(), problems };
}

async function start() {
  const { context, page, problems } = await visit();
  try {
    await page.goto(server.url);
    await page.frameLocator("#storybook-preview-iframe").locator(".sbdocs-content h1").first().waitFor();
    return problems;
  } finally {
    await context.close();
  }
}

/** Where requests are routed, as above, Playwright answers for every icon: here the console tells what is missing. */
async function icons() {
  const context = await browser.newContext();
  /** @type {string[]} */
  const problems = [];
  context.on("console", (message) => {
    const { url } = message.location();
    // the browser's own question
    if (message.type() === "error" && url !== `${server.origin}/favicon.ico`) {
      problems.push(`${message.text()}: ${url}`);
    }
  });
  try {
    const page = await context.newPage();
    await page.addInitScript(hearFinished);
    await page.goto(`${server.url}iframe.html?id=checkout-overview--endpoint&viewMode=story`);
    await finished(page);
    return problems;
  } finally {
    await context.close();
  }
}

/** @param {typeof entries[number]} entry */
async function look({ id, type }) {
  const { context, page, problems } = await visit();
  try {
    await page.addInitScript(hearFinished);
    if (type === "docs") {
      await page.goto(`${server.url}iframe.html?id=${id}&viewMode=docs`);
      await page.locator(".sbdocs-content h1").first().waitFor();
      // Not "networkidle": a page that waits for a result never is.
      await page.waitForLoadState("load");
      problems.push(...(await page.evaluate(asWritten)));
      // Stories on the page have their own turn; tables of arguments and colours of code are Storybook's.
      await page.evaluate(axe);
      const violations = await page.evaluate(() =>
        /** @type {any} */ (globalThis).axe
          .run(
            { include: [[".sbdocs-content"]], exclude: [[".sb-story"], [".docblock-argstable"], ["pre"]] },
            { iframes: false },
          )
          .then((/** @type {any} */ result) => result.violations.map(/** @type {any} */ (globalThis).tell))
          .catch(String),
      );
      await page.setViewportSize({ width: 320, height: 800 });
      return [...problems, ...[violations].flat(), ...(await page.evaluate(tooWide))];
    }
    await page.goto(`${server.url}iframe.html?id=${id}&viewMode=story`);
    return [...problems, ...verdict(await finished(page))];
  } finally {
    await context.close();
  }
}

/** Runs in the page: what is shown as it is written, and not as it is meant. */
function asWritten() {
  return [...document.querySelectorAll(".sbdocs-content :is(h1, h2, h3, p, li, td)")]
    .filter((element) => !element.closest(".sb-story"))
    .map((element) => element.textContent.trim())
    .filter((text) => /\|\s*-{3}|\]\(|<!--/.test(text))
    .map((text) => `reads: ${text.slice(0, 60)}`);
}

/** Runs in the page: whether a phone scrolls it sideways. */
function tooWide() {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth > clientWidth ? [`is ${scrollWidth} px wide on ${clientWidth} px`] : [];
}

/** How the story ended; one that never does fails. */
async function finished(/** @type {import("playwright-core").Page} */ page) {
  const end = await page.waitForFunction("finished", undefined, { timeout: 120_000 });
  return /** @type {Promise<any>} */ (end.jsonValue());
}

/** Runs in the page: a promise of how the story ended. */
function hearFinished() {
  /** @type {any} */
  let channel;
  /** @type {any} */
  const page = globalThis;
  page.tell = (/** @type {any} */ { id, help, nodes }) =>
    `axe: ${id}: ${help}: ${nodes.map((/** @type {any} */ node) => node.target.flat().join(" ")).join(", ")}`;
  page.finished = new Promise((resolve) => {
    const trouble = /** @type {unknown[]} */ ([]);
    Object.defineProperty(globalThis, "__STORYBOOK_ADDONS_CHANNEL__", {
      configurable: true,
      get: () => channel,
      set(value) {
        channel = value;
        for (const name of [
          "playFunctionThrewException",
          "storyThrewException",
          "storyErrored",
          "storyMissing",
        ]) {
          channel.on(name, (/** @type {any} */ error) =>
            trouble.push(error?.message ?? error?.description ?? name),
          );
        }
        channel.on("storyMissing", () => resolve({ status: "error", trouble }));
        channel.on("storyFinished", (/** @type {any} */ { status, reporters }) => {
          resolve(JSON.parse(JSON.stringify({ status, reporters, trouble })));
        });
      },
    });
  });
}

/** @param {{ status: string, reporters?: any[], trouble: string[] }} finished */
function verdict({ status, reporters = [], trouble }) {
  const found = [...trouble];
  let looked = false;
  for (const { type, result, status } of reporters) {
    if (type !== "a11y") continue;
    looked = true;
    if (status !== "failed") continue;
    if (result.error) found.push(`axe: ${JSON.stringify(result.error)}`);
    for (const { id, help, nodes } of result.violations ?? []) {
      found.push(`axe: ${id}: ${help}: ${nodes.map((/** @type {any} */ node) => node.html).join("\n")}`);
    }
  }
  if (!looked) found.push("axe did not look at it");
  if (status !== "success" && !found.length) found.push(`ended with ${status}`);
  return found;
}
