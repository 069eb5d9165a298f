import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import manifest from "../../custom-elements.json" with { type: "json" };

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = `${root}stories/docs/`;

interface Block {
  readonly where: string;
  readonly language: string;
  readonly code: string;
}

interface Declaration {
  readonly tagName?: string;
  readonly attributes?: readonly { readonly name: string }[];
  readonly slots?: readonly { readonly name: string }[];
}

const blocks: Block[] = readdirSync(folder).flatMap((file) =>
  [...readFileSync(folder + file, "utf8").matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(
    ([, language = "", code = ""], index) => ({ where: `${file}, block ${index + 1}`, language, code }),
  ),
);
const of = (language: string) => blocks.filter((block) => block.language === language);

/** What the elements know, by tag. */
const known = new Map<string, { attributes: Set<string>; slots: Set<string> }>();
for (const { declarations } of manifest.modules as readonly { declarations: readonly Declaration[] }[]) {
  for (const { tagName, attributes = [], slots = [] } of declarations) {
    if (!tagName) continue;
    known.set(tagName, {
      attributes: new Set(attributes.map(({ name }) => name)),
      slots: new Set(slots.map(({ name }) => name)),
    });
  }
}

describe("code in the pages of the docs", () => {
  test("is of a kind that is checked here", () => {
    const languages = new Set(blocks.map(({ language }) => language));
    expect([...languages].filter((language) => !["ts", "html", "sh"].includes(language))).toEqual([]);
    expect(of("ts").length).toBeGreaterThan(5);
  });

  test("in TypeScript compiles against the package", { timeout: 60_000 }, () => {
    const files = new Map(
      of("ts").map(({ code }, index) => [`${folder}block-${index}.ts`, `${code}\nexport {};`]),
    );
    const { config } = ts.readConfigFile(`${root}tsconfig.json`, (path) => ts.sys.readFile(path));
    const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root);
    const host = ts.createCompilerHost(options);
    const { getSourceFile, fileExists, readFile } = host;
    host.fileExists = (path) => files.has(path) || fileExists(path);
    host.readFile = (path) => files.get(path) ?? readFile(path);
    host.getSourceFile = (path, ...rest) => {
      const code = files.get(path);
      return code === undefined ? getSourceFile(path, ...rest) : ts.createSourceFile(path, code, rest[0]);
    };
    const program = ts.createProgram([...files.keys()], { ...options, types: ["node"] }, host);
    const names = [...files.keys()];
    const wrong = names.flatMap((name, index) => {
      const file = program.getSourceFile(name)!;
      return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
        ({ messageText }) =>
          `${of("ts")[index]!.where}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
      );
    });
    expect(wrong).toEqual([]);
  });

  test.each(of("html").map((block) => [block.where, block] as const))(
    "knows every attribute and slot it writes: %s",
    (_, { code }) => {
      const tags = [...code.matchAll(/<(dintero-\w+)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*>/g)];
      expect(tags.length).toBe(code.match(/<dintero-/g)?.length ?? 0);
      for (const [, tag = "", attributes = ""] of tags) {
        const names = [...attributes.matchAll(/([\w-]+)(?:="[^"]*")?/g)].map(([, name]) => name!);
        for (const name of names) expect(known.get(tag)?.attributes).toContain(name);
      }
      for (const [, name = ""] of code.matchAll(/\sslot="([^"]*)"/g))
        expect([...known.values()].some(({ slots }) => slots.has(name))).toBe(true);
    },
  );
});
