import readme from "../../README.md?raw";

/**
 * A section of the README, or of another text, by its heading: without the heading, and with its subheadings a level up.
 * What stands there is written once.
 */
export function section(heading: string, text = readme): string {
  const lines = text.split("\n");
  const from = lines.findIndex((line) => /^##+ /.test(line) && line.replace(/^#+ /, "") === heading);
  if (from < 0) throw new Error(`There is no section "${heading}".`);
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
