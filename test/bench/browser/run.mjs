// npm run bench:browser [-- --pairs 30] [--readme]: how soon a shopper sees the checkout, against a page by hand with
// the plain SDK; what moves while it loads; what is left after a thousand of them. Needs `npm run build` and openssl.
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { chromium as playwright } from "playwright-core";
import { chromium } from "../../support/browser.mjs";
import { cycles } from "./cycles.mjs";
import { site } from "./site.mjs";

const { values } = parseArgs({
  options: {
    pairs: { type: "string", default: "30" },
    readme: { type: "boolean" },
    cycles: { type: "string", default: "1000" },
  },
});
const pairs = Number(values.pairs);
const { shop, checkout, session, close } = await site({ delay: 30, rate: 10e6 / 8 });
const found = await chromium();
const browser = await playwright.launch({
  ...found,
  args: [
    ...found.args,
    "--host-resolver-rules=MAP *.test 127.0.0.1",
    "--js-flags=--expose-gc",
    // else the heap is told in steps of a tenth
    "--enable-precise-memory-info",
  ],
});

/** Navigation start → first SessionLoaded, in ms, with nothing cached and no connection open. */
async function load(path) {
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    viewport: { width: 1280, height: 900 },
  });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(shop + path, { waitUntil: "commit" });
  await page.waitForFunction(() => window.loaded, null, { polling: 20, timeout: 60_000 });
  const result = await page.evaluate(() => ({ ms: window.loaded, shift: window.shift }));
  await context.close();
  return result;
}

const median = (numbers) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
const spread = (numbers) =>
  `${Math.round(median(numbers))} (${Math.round(Math.min(...numbers))}–${Math.round(Math.max(...numbers))})`;

const rows = [];
let shift = 0;
async function compare(name, tag, hand, aim) {
  await load(tag()); // warm the servers
  await load(hand());
  const a = [];
  const b = [];
  for (let pair = 0; pair < pairs; pair++) {
    const turns = [
      async () => {
        const loaded = await load(tag());
        a.push(loaded.ms);
        shift = Math.max(shift, loaded.shift);
      },
      async () => b.push((await load(hand())).ms),
    ];
    for (const turn of pair % 2 ? turns.toReversed() : turns) await turn();
  }
  const ratio = median(a.map((ms, pair) => ms / b[pair]));
  const row = [name, spread(a), spread(b), ratio.toFixed(3), aim, String(pairs)];
  rows.push(row);
  console.log(
    `${name}: tag ${row[1]} ms, by hand ${row[2]} ms, ratio ${row[3]} (median of ${pairs} pairs, aim ${aim})`,
  );
}

const sid = await session();
await compare(
  "`session-id`",
  () => `/tag-session?sid=${sid}`,
  () => `/hand-session?sid=${sid}`,
  "≤ 1.05",
);
await compare(
  "`endpoint`",
  () => "/tag-endpoint",
  () => "/hand-endpoint",
  "≤ 0.95",
);
console.log(`layout shift while loading: ${shift.toFixed(4)} at most (aim ≤ 0.01)`);
const left = await cycles(browser, { shop, checkout, count: Number(values.cycles) });
console.log(
  `${left.count} mounts and unmounts: ${left.listeners} listeners, ${left.frames} frames left; heap at ${left.count} is ${left.heap.toFixed(3)} × heap at 200 (aim ≤ 1.05)`,
);
await browser.close();
close();

if (values.readme) {
  const table = [
    "| navigation start → checkout shown, ms | the tag, median (min–max) | by hand with the SDK | ratio | aim | pairs |",
    "|---|---|---|---|---|---|",
    ...rows.map((row) => `| ${row.join(" | ")} |`),
    "",
    `Layout shift while loading: ${shift.toFixed(4)} at most. After ${left.count} mounts and unmounts, half of them before the frame had loaded: ` +
      `${left.listeners} listeners and ${left.frames} frames left, heap ${left.heap.toFixed(3)} × that after 200. ` +
      "Chromium, HTTP/2 over TLS, 60 ms round trip, 10 Mbit/s, nothing cached; written by `npm run bench:browser -- --readme`.",
  ].join("\n");
  const readme = readFileSync("README.md", "utf8");
  const filled = readme.replace(
    /(<!-- bench:start -->)[\s\S]*(<!-- bench:end -->)/,
    (_, start, end) => `${start}\n\n${table}\n\n${end}`,
  );
  if (filled === readme) console.log("README.md has no place for the figures, or has them already.");
  writeFileSync("README.md", filled);
}
