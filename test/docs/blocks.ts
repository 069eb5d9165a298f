import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** The pages of docs/, one topic each. */
export const pages = readdirSync(`${root}docs`)
  .filter((file) => file.endsWith(".md"))
  .map((file) => `docs/${file}`);

/** A fenced block of code in a Markdown file. */
export interface Block {
  /** `README.md:12`, of the first line of code. */
  readonly place: string;
  readonly language: string;
  readonly code: string;
  /** The rest of the opening line: `name=shop.mjs`, `run`. */
  readonly info: string;
}

/** Every fenced block of a file. */
export function blocksOf(file: string): Block[] {
  const lines = readFileSync(root + file, "utf8").split("\n");
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at++) {
    const [, indent, fence, language = "", info = ""] = /^(\s*)(`{3,})(\w*) ?(.*)/.exec(lines[at]!) ?? [];
    if (!fence) continue;
    const end = lines.findIndex((line, index) => index > at && line.trim() === fence);
    if (end < 0) throw new Error(`${file}:${at + 1} opens a block that is never closed.`);
    const code = lines.slice(at + 1, end).map((line) => line.slice(indent!.length));
    blocks.push({ place: `${file}:${at + 2}`, language, code: code.join("\n"), info });
    at = end;
  }
  return blocks;
}

/** The block of the README with this name. */
export function namedBlock(name: string): Block {
  const block = blocksOf("README.md").find(({ info }) => info === `name=${name}`);
  if (!block) throw new Error(`README.md has no block with the name ${name}.`);
  return block;
}
