// npm run bench:browser [-- --pairs 30] [--readme]: how soon a shopper sees the checkout, against the same page by hand
// with the plain SDK, from a CDN and from npm; what moves while it loads; what is left after a thousand of them.
// `--readme` writes the figures into README.md. Needs `npm run build` and openssl.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { chromium as playwright } from "playwright";
import prettier from "prettier";
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
const loadBefore = loadavg()[0];
const { shop, checkout, session, close } = await site({ delay: 30, rate: 10e6 / 8 });
const found = await chromium();
const browser = await playwright.launch({
  ...found,
  args: [
    ...found.args,
    "--host-resolver-rules=MAP *.test 127.0.0.1",
    "--js-flags=--expose-gc",
    // without it the heap is reported in steps of a tenth
    "--enable-precise-memory-info",
  ],
});

/** Opens a page with nothing cached and no connection open; `ms` from navigation start to the first SessionLoaded. */
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

/** The value below which this part of the numbers lies, interpolated. */
function quantile(numbers, part) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * part;
  const [low, high] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
  return low + (high - low) * (position % 1);
}

const sid = await session();
const comparisons = ["cdn", "npm"].flatMap((source) => [
  { source, attribute: "session-id", query: `?sid=${sid}`, aim: "≤ 1.05", tag: [], byHand: [] },
  { source, attribute: "endpoint", query: "", aim: "≤ 0.95", tag: [], byHand: [] },
]);
let shift = 0;

async function measurePair({ source, query, tag, byHand }, { tagFirst }) {
  const turns = [
    async () => {
      const loaded = await load(`/${source}/tag${query}`);
      tag.push(loaded.ms);
      shift = Math.max(shift, loaded.shift);
    },
    async () => byHand.push((await load(`/${source}/by-hand${query}`)).ms),
  ];
  for (const turn of tagFirst ? turns : turns.toReversed()) await turn();
}

for (const { source, query } of comparisons) {
  // Warms the servers up
  await load(`/${source}/tag${query}`);
  await load(`/${source}/by-hand${query}`);
}
// The four take turns, so that a busy minute of the machine falls on all of them
for (let pair = 0; pair < pairs; pair++) {
  for (const comparison of comparisons) await measurePair(comparison, { tagFirst: pair % 2 === 0 });
}
const left = await cycles(browser, { shop, checkout, count: Number(values.cycles) });
await browser.close();
close();

const row = (name, numbers, ratio) => {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((part) => Math.round(quantile(numbers, part)));
  return `| ${name} | ${middle} | ${low}–${high} | ${ratio} |`;
};
const rows = comparisons.flatMap(({ source, attribute, aim, tag, byHand }) => {
  const ratio = quantile(
    tag.map((ms, pair) => ms / byHand[pair]),
    0.5,
  );
  const from = source === "cdn" ? "CDN" : "npm";
  return [
    row(`${from}, \`${attribute}\`: the tag`, tag, `**${ratio.toFixed(2)}** (aim ${aim})`),
    row(`${from}, \`${attribute}\`: by hand`, byHand, "1"),
  ];
});
const report = [
  "| navigation start → checkout shown | median, ms | middle half, ms | ratio |",
  "|---|---|---|---|",
  ...rows,
  "",
  `${pairs} pairs each, in turns, the ratio is the median of the pairs' ratios. Chromium ${browser.version()}, HTTP/2 over TLS, 60 ms round trip, 10 Mbit/s, nothing cached, ` +
    `${cpus().length} × ${cpus()[0]?.model.trim()}, load average ${loadBefore.toFixed(1)} before and ${loadavg()[0].toFixed(1)} after.`,
  "",
  `Layout shift while loading: ${shift.toFixed(4)} at most (aim ≤ 0.01). After ${left.count} mounts and unmounts, half of them before the frame had loaded: ` +
    `${left.listeners} listeners and ${left.frames} frames left, heap ${left.heap.toFixed(2)} × that after 200 (aim ≤ 1.05).`,
].join("\n");
console.log(report);

if (values.readme) {
  const markers = /(<!-- bench:start -->)[\s\S]*(<!-- bench:end -->)/;
  const readme = readFileSync("README.md", "utf8");
  if (!markers.test(readme)) throw new Error("README.md has no <!-- bench:start --> … <!-- bench:end -->.");
  const written = readme.replace(markers, (_, start, end) => `${start}\n\n${report}\n\n${end}`);
  const style = await prettier.resolveConfig("README.md");
  writeFileSync("README.md", await prettier.format(written, { ...style, parser: "markdown" }));
}
