// README, docs and Storybook explain each topic in one place only.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { generate } from "../../scripts/reference.mjs";
import { blocksOf, pages, root } from "./blocks.ts";

const text = (file: string) => readFileSync(root + file, "utf8");
// Generated from the manifest: tables, no topics.
const written = pages.filter((page) => page !== "docs/reference.md");
const documents = ["README.md", ...written];

/** Text without its blocks of code, in which `#` starts a comment. */
const prose = (file: string) => text(file).replace(/^```[^]*?^```$/gm, "");

/** Places by what they have in common, where there is more than one. */
function repeated(entries: readonly (readonly [key: string, place: string])[]) {
  const places = new Map<string, string[]>();
  for (const [key, place] of entries) places.set(key, [...(places.get(key) ?? []), place]);
  return [...places].filter(([, list]) => list.length > 1);
}

test("README.md has at most 300 lines", () => {
  expect(text("README.md").trimEnd().split("\n").length).toBeLessThanOrEqual(300);
});

test("no heading occurs twice, in one document or in two", () => {
  const normalize = (heading: string) => heading.toLowerCase().replace(/^(the|your|an?) /, "");
  const headings = documents.flatMap((file) =>
    [...prose(file).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => [normalize(heading!), file] as const),
  );
  expect(headings.length).toBeGreaterThan(60);
  expect(repeated(headings)).toEqual([]);
});

test("no sentence and no block of code occurs twice", () => {
  const sentences = documents.flatMap((file) =>
    prose(file)
      .split(/\n+|(?<=[.:!?]) /)
      .map((sentence) => sentence.replace(/[`*_|]/g, "").trim())
      .filter((sentence) => sentence.length > 60 && !/^[-: ]+$/.test(sentence))
      .map((sentence) => [sentence, file] as const),
  );
  const blocks = documents.flatMap(blocksOf).map(({ code, place }) => [code, place] as const);
  expect(repeated([...sentences, ...blocks])).toEqual([]);
});

test("every page of docs/ is in the README, in llms.txt and in Storybook, under its own name", () => {
  for (const page of pages) {
    const name = page.replace(/^docs\/|\.md$/g, "");
    expect(text("README.md"), page).toContain(`](${page})`);
    expect(text("llms.txt"), page).toContain(`](${page})`);
    const story = text(`stories/docs/${name}.mdx`);
    expect(story).toContain(`from "../../docs/${name}.md?raw"`);
    const [, title = ""] = /<Meta title="Guides\/(.*)" \/>/.exec(story) ?? [];
    expect(title.toLowerCase().replaceAll(" ", "-"), `the address of ${page} in Storybook`).toBe(name);
    expect(text(".storybook/preview.ts"), "the order of the sidebar").toContain(`"${title}"`);
  }
});

test("a page in Storybook adds examples, and no text of its own", () => {
  for (const file of readdirSync(`${root}stories/docs`)) {
    expect(blocksOf(`stories/docs/${file}`), file).toEqual([]);
    const sentences = text(`stories/docs/${file}`)
      .replace(/^(import|<).*$/gm, "")
      .split(/\n+/);
    expect(
      sentences.filter((line) => line.length > 160),
      file,
    ).toEqual([]);
  }
});

test("what is generated is up to date: npm run manifest", async () => {
  for (const [file, generated] of Object.entries(await generate())) {
    expect(text(file) === generated, `${file} is stale: run \`npm run manifest\` and commit it`).toBe(true);
  }
});
