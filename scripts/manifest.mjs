// custom-elements.json, made from src/: what Storybook, editors and the types of other frameworks are made from.
// `--check` writes nothing and fails when the committed file is stale.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { create, ts } from "@custom-elements-manifest/analyzer";
import { litPlugin } from "@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js";
import { format } from "prettier";

const root = fileURLToPath(new URL("..", import.meta.url));
const file = `${root}custom-elements.json`;

/** What people meet: the elements with their definitions, their events and errors. */
const sources = [
  "src/checkout/dintero-checkout.ts",
  "src/checkout/define.ts",
  "src/return/dintero-return.ts",
  "src/return.ts",
  "src/checkout/events.ts",
  "src/checkout/element-events.ts",
  "src/return/result-event.ts",
  "src/checkout/errors.ts",
];

/** Read for their types only. */
const typesOnly = ["src/checkout/state.ts"];

/** Inside matters: private fields, Lit's hooks and what only the platform calls. */
const inner = new Set([
  "properties",
  "styles",
  "shadowRootOptions",
  "connectedMoveCallback",
  "createRenderRoot",
  "getUpdateComplete",
  "scheduleUpdate",
]);

/** `CheckoutMode` says little in an editor: unions of literals are written out. */
const literalUnions = new Map();

const tidy = {
  name: "tidy",
  collectPhase({ ts, node }) {
    if (!ts.isTypeAliasDeclaration(node) || !ts.isUnionTypeNode(node.type)) return;
    if (node.type.types.every((type) => ts.isLiteralTypeNode(type))) {
      literalUnions.set(node.name.text, node.type.types.map((type) => type.getText()).join(" | "));
    }
  },
  packageLinkPhase({ customElementsManifest }) {
    for (const module of customElementsManifest.modules) {
      for (const declaration of module.declarations ?? []) {
        if (declaration.kind !== "class") continue;
        declaration.members = declaration.members?.filter(
          ({ name, privacy }) =>
            !name.startsWith("#") && !inner.has(name) && privacy !== "private" && privacy !== "protected",
        );
        declaration.events = declaration.events?.filter(({ name }) => name);
        for (const item of [...(declaration.members ?? []), ...(declaration.attributes ?? [])]) {
          const union = literalUnions.get(item.type?.text);
          if (union) item.type.text = union;
          // what a constructor assigns from its arguments is no default
          if (item.default && (item.readonly || item.default === "undefined")) delete item.default;
        }
      }
    }
  },
};

/** The manifest as it should be, as the text of the file. */
export async function manifest(read = (path) => readFileSync(root + path, "utf8")) {
  const modules = [...sources, ...typesOnly]
    .filter((path) => existsSync(root + path))
    .map((path) => ts.createSourceFile(path, read(path), ts.ScriptTarget.ES2022, true));
  const made = create({ modules, plugins: [...litPlugin(), tidy], context: { dev: false } });
  made.readme = "README.md";
  made.modules = made.modules.filter(({ path }) => !typesOnly.includes(path));
  return format(JSON.stringify(made), { parser: "json", printWidth: 110 });
}

if (process.argv[1] && relative(process.argv[1], fileURLToPath(import.meta.url)) === "") {
  const text = await manifest();
  const stale = !existsSync(file) || readFileSync(file, "utf8") !== text;
  if (process.argv.includes("--check")) {
    if (stale) console.error("custom-elements.json is stale: run `npm run manifest` and commit it.");
    process.exitCode = stale ? 1 : 0;
  } else if (stale) {
    writeFileSync(file, text);
    console.log("custom-elements.json written");
  }
}
