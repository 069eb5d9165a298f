import readme from "../../README.md?raw";

/** A section of the README by its heading, without the heading and its subheadings a level up: what stands there is written once. */
export function section(heading: string): string {
  const lines = readme.split("\n");
  const from = lines.findIndex((line) => /^##+ /.test(line) && line.replace(/^#+ /, "") === heading);
  if (from < 0) throw new Error(`The README has no section "${heading}".`);
  const level = /^#+/.exec(lines[from]!)![0].length;
  let fenced = false;
  const end = lines.findIndex((line, index) => {
    if (line.startsWith("```")) fenced = !fenced;
    const found = /^(#+) /.exec(line);
    return index > from && !fenced && found !== null && found[1]!.length <= level;
  });
  return lines
    .slice(from + 1, end < 0 ? undefined : end)
    .filter((line) => !/^<!--.*-->$/.test(line))
    .join("\n")
    .replace(/^#(?=##+ )/gm, "")
    .replace(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, "$1");
}
