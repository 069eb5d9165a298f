// Who may know whom, and how large a room may be.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const src = fileURLToPath(new URL("../../src", import.meta.url));

interface Import {
  readonly from: string;
  /** A path below src/, or the name of a package. */
  readonly to: string;
  readonly typeOnly: boolean;
  /** `import("…")` */
  readonly later: boolean;
}

/** `import { type A }` costs as little as `import type { A }`. */
function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const clause = node.importClause;
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const bindings = clause.namedBindings;
  return (
    !clause.name &&
    bindings !== undefined &&
    ts.isNamedImports(bindings) &&
    bindings.elements.every((element) => element.isTypeOnly)
  );
}

const files = (readdirSync(src, { recursive: true }) as string[])
  .filter((file) => file.endsWith(".ts"))
  .sort();
const text = new Map(files.map((file) => [file, readFileSync(join(src, file), "utf8")]));

function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(file, text.get(file) ?? "", ts.ScriptTarget.ES2022, true);
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean, later = false) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    const name = specifier.text.replace(/\?.*$/, "");
    found.push({ from: file, to: name.startsWith(".") ? join(dirname(file), name) : name, typeOnly, later });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, isTypeOnly(node));
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const imports = files.flatMap(importsOf);

/** What breaks a rule, as sentences. */
const broken = (from: RegExp, allowed: RegExp, { types = false } = {}) =>
  imports
    .filter((one) => from.test(one.from) && (types || !one.typeOnly) && !allowed.test(one.to))
    .map((one) => `src/${one.from} may not know ${one.to}`);

test("state, events and errors know nobody, types aside", () => {
  expect(broken(/^(state|events|element-events|errors)\.ts$/, /^$/)).toEqual([]);
});

test("messages know only messages", () => {
  expect(broken(/^messages\//, /^messages\//)).toEqual([]);
});

test("the adapter and the session source know only errors; the adapter alone knows the SDK", () => {
  expect(broken(/^sdk/, /^(problem\.ts|within\.ts|sdk.*|@dintero\/checkout-web-sdk)$/)).toEqual([]);
  expect(broken(/^session-source\.ts$/, /^(problem|within|session-request)\.ts$/)).toEqual([]);
  expect(broken(/^within\.ts$/, /^problem\.ts$/)).toEqual([]);
  expect(broken(/^problem\.ts$/, /^errors\.ts$/)).toEqual([]);
  const others = imports.filter(({ from, to }) => to.startsWith("@dintero/") && !from.startsWith("sdk"));
  expect(others).toEqual([]);
});

test("the first load holds no SDK, no adapter and no attempt: they come when a session is shown", () => {
  const loaded = new Set<string>();
  const load = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const { from, to, typeOnly, later } of imports) if (from === file && !typeOnly && !later) load(to);
  };
  load("define.ts");
  expect([...loaded].filter((file) => !file.includes("/")).sort()).toMatchInlineSnapshot(`
    [
      "checkout-address.ts",
      "define.ts",
      "dintero-checkout.styles.ts",
      "dintero-checkout.ts",
      "element-events.ts",
      "errors.ts",
      "lit",
      "live.styles.ts",
      "panel.styles.ts",
      "panels.ts",
      "session-request.ts",
      "state.ts",
      "texts.ts",
    ]
  `);
});

test("the server knows only itself and the Web's standards", () => {
  expect(broken(/^server\//, /^server\//, { types: true })).toEqual([]);
});

test("the sandbox knows of the server only the signature, and of the browser's side only what its pages are made of", () => {
  const known = /^(sandbox\/|server\/signature\.ts$|node:|hono|@hono\/)/;
  expect(broken(/^sandbox\/(?!page\/|console\/|static)/, known, { types: true })).toEqual([]);
  expect(broken(/^sandbox\/(page\/|console\/|static)/, /^(sandbox\/|lit$|lit\/)/, { types: true })).toEqual(
    [],
  );
});

test("the command knows the server and the sandbox, and nothing of the browser's side", () => {
  expect(broken(/^cli\//, /^(cli\/|server\/|sandbox\/|node:|hono|@hono\/)/, { types: true })).toEqual([]);
});

test("the browser's side knows Lit and the SDK, and no server", () => {
  expect(
    broken(/^[^/]+\.ts$/, /^([^/]+\.ts$|messages\/|lit$|lit\/|@dintero\/checkout-web-sdk$)/, { types: true }),
  ).toEqual([]);
});

test("nobody in src/ knows what is outside of it", () => {
  expect(broken(/./, /^(?!\.\.)/, { types: true })).toEqual([]);
});

test("no file grows past its room: 200 lines, an element 400, comments aside", () => {
  const large = files.flatMap((file) => {
    const code =
      (text.get(file) ?? "").replace(/^\s*(\/\*\*[\s\S]*?\*\/|\/\/.*)?\n/gm, "").split("\n").length - 1;
    const limit = /^dintero-(checkout|return)\.ts$/.test(file) ? 400 : 200;
    return code > limit ? [`src/${file} has ${code} lines, ${limit} is the limit`] : [];
  });
  expect(large).toEqual([]);
});
