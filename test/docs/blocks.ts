import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** A fenced block of code in a Markdown file. */
export interface Block {
  /** `README.md:12`, of the first line of code. */
  readonly place: string;
  readonly language: string;
  readonly code: string;
  /** What a comment in front of it says: `<!-- test: ten-lines -->`, `<!-- file: demo/hosts/bun.js -->`. */
  readonly note: string;
}

/** Every fenced block of a file. */
export function blocksOf(file: string): Block[] {
  const lines = readFileSync(root + file, "utf8").split("\n");
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at++) {
    const [, indent, fence, language = ""] = /^(\s*)(`{3,})(\w*)/.exec(lines[at]!) ?? [];
    if (!fence) continue;
    const end = lines.findIndex((line, index) => index > at && line.trim() === fence);
    if (end < 0) throw new Error(`${file}:${at + 1} opens a block that nobody closes.`);
    const before = lines.slice(Math.max(0, at - 4), at).join("\n");
    const [, note = ""] =
      /<!-- ((?:test|file): .*?) -->\s*(?:<!-- prettier-ignore -->\s*)?$/.exec(before) ?? [];
    const code = lines.slice(at + 1, end).map((line) => line.slice(indent!.length));
    blocks.push({ place: `${file}:${at + 2}`, language, code: code.join("\n"), note });
    at = end;
  }
  return blocks;
}
