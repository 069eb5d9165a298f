import { join } from "node:path";
import ts from "typescript";
import { namedBlock, root } from "./blocks.ts";

const options: ts.CompilerOptions = {
  allowJs: true,
  checkJs: true,
  noEmit: true,
  strict: true,
  // a snippet in JavaScript declares no types
  noImplicitAny: false,
  strictNullChecks: false,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  allowImportingTsExtensions: true,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  types: ["node"],
  skipLibCheck: true,
  paths: {
    "dintero-checkout-element": [join(root, "src/index.ts")],
    "dintero-checkout-element/element": [join(root, "src/checkout/dintero-checkout.ts")],
    "dintero-checkout-element/return": [join(root, "src/return.ts")],
    "dintero-checkout-element/server": [join(root, "src/server/index.ts")],
    "dintero-checkout-element/sandbox": [join(root, "src/sandbox/index.ts")],
  },
};

/** Type-checks snippets of JavaScript and TypeScript against the package's own types, all in one go. */
export function typeErrors(snippets: ReadonlyMap<string, string>): Map<string, string[]> {
  const names = [...snippets.keys()].map((name) => join(root, "docs", name));
  const files = new Map([...snippets.values()].map((code, index) => [names[index]!, code]));
  // The examples of a server import the client from here.
  files.set(join(root, "docs/dintero.mjs"), namedBlock("dintero.mjs").code);
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.getSourceFile = (file, version, ...rest) => {
    const code = files.get(file);
    return code === undefined
      ? getSourceFile(file, version, ...rest)
      : ts.createSourceFile(file, code, version, true);
  };
  const scripts = join(root, "src/sandbox/page/assets.d.ts");
  const program = ts.createProgram([...files.keys(), scripts], options, host);
  return new Map(
    names.map((file, index) => {
      const source = program.getSourceFile(file)!;
      const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
      return [[...snippets.keys()][index]!, found.map((diagnostic) => describe(diagnostic, source))];
    }),
  );
}

/** Errors of the parser alone: for templates of frameworks that are not installed here. */
export function syntaxErrors(code: string, kind: "js" | "ts" | "tsx"): string[] {
  const { diagnostics = [] } = ts.transpileModule(code, {
    fileName: `snippet.${kind}`,
    reportDiagnostics: true,
    compilerOptions: { ...options, jsx: ts.JsxEmit.Preserve, experimentalDecorators: true },
  });
  return diagnostics.map((diagnostic) => describe(diagnostic, diagnostic.file));
}

function describe({ messageText, start }: ts.Diagnostic, file: ts.SourceFile | undefined): string {
  const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
  return `line ${line} of the block: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
}
