// What editors and other frameworks' type checkers read, made from custom-elements.json into dist/editor/.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { generateJetBrainsWebTypes } from "custom-element-jet-brains-integration";
import { generateVsCodeCustomElementData } from "custom-element-vs-code-integration";
import { format } from "prettier";

const root = fileURLToPath(new URL("..", import.meta.url));

/** A JSDoc block of a sentence, safe against what would end it. */
const doc = (text, indent = "  ") =>
  text ? `${indent}/** ${text.replaceAll("*/", "*\\/").replaceAll("\n", `\n${indent} * `)} */\n` : "";

const member = (name, type, text) => `${doc(text)}  ${JSON.stringify(name)}?: ${type} | undefined;\n`;

/** `sessionId` of the class, loosened to what an attribute can say. */
function attributeType(element, { fieldName, type }) {
  const own = `${element.name}[${JSON.stringify(fieldName)}]`;
  if (type?.text === "boolean") return `boolean | ""`;
  if (type?.text === "number") return `${own} | \`\${number}\``;
  return own;
}

/** Elements with what a template may set on them. */
function elements(manifest) {
  const declarations = manifest.modules.flatMap((module) =>
    (module.declarations ?? []).map((declaration) => ({ ...declaration, path: module.path })),
  );
  return declarations
    .filter((declaration) => declaration.customElement && declaration.tagName)
    .map((element) => ({
      ...element,
      attributes: element.attributes ?? [],
      events: element.events ?? [],
      properties: (element.members ?? []).filter(
        (item) => item.kind === "field" && !item.readonly && !item.static,
      ),
      module: (name) => declarations.find((declaration) => declaration.name === name)?.path,
    }));
}

const types = (path) => path.replace(/^src\//, "../types/").replace(/\.ts$/, ".js");

/** Attributes, properties and events of each element: what the files of the frameworks have in common. */
export function common(manifest) {
  const imports = new Map();
  const use = (name, path) => imports.set(types(path), (imports.get(types(path)) ?? new Set()).add(name));
  let body = "";
  for (const element of elements(manifest)) {
    use(element.name, element.path);
    body += `${doc(`Attributes of \`<${element.tagName}>\`.`, "")}export interface ${element.name}Attributes {\n`;
    for (const attribute of element.attributes) {
      body += member(attribute.name, attributeType(element, attribute), attribute.description);
    }
    body += `}\n\n${doc(`Properties of \`<${element.tagName}>\`.`, "")}export interface ${element.name}Properties {\n`;
    for (const { name, description } of element.properties) {
      body += member(name, `${element.name}[${JSON.stringify(name)}]`, description);
    }
    body += `}\n\n${doc(`What a template may set on \`<${element.tagName}>\`.`, "")}`;
    body += `export type ${element.name}Props = ${element.name}Attributes & Omit<${element.name}Properties, keyof ${element.name}Attributes>;\n\n`;
    body += `${doc(`Events of \`<${element.tagName}>\`.`, "")}export interface ${element.name}Events {\n`;
    for (const { name, type, description } of element.events) {
      const path = element.module(type.text);
      if (!path)
        throw new Error(`${name} of <${element.tagName}> has the class ${type.text}, which nobody exports.`);
      use(type.text, path);
      body += `${doc(description)}  ${JSON.stringify(name)}: ${type.text};\n`;
    }
    body += "}\n\n";
  }
  const head = [...imports]
    .map(([path, names]) => `import type { ${[...names].sort().join(", ")} } from ${JSON.stringify(path)};`)
    .join("\n");
  return `${head}

/** Listeners as properties: \`on\` and the event's name. */
export type On<Events, Prefix extends string = "on"> = {
  [Name in keyof Events & string as \`\${Prefix}\${Name}\`]?: ((event: Events[Name]) => void) | undefined;
};

${body}`;
}

/** Head of a framework's file: what it takes from the others. */
function head(list, parts, framework) {
  const own = list.map(
    (element) => `import type { ${element.name} } from ${JSON.stringify(types(element.path))};`,
  );
  const shared = list.flatMap(({ name }) => parts.map((part) => (part === "On" ? part : name + part)));
  return `${own.join("\n")}
import type { ${[...new Set(shared)].join(", ")} } from "./elements.js";
${framework}
`;
}

const entries = (list, type) =>
  list
    .map((element) => doc(element.description, "") + `${JSON.stringify(element.tagName)}: ${type(element)};`)
    .join("\n");

const jsx = (module, list, type) => `
declare module ${JSON.stringify(module)} {
  namespace JSX {
    interface IntrinsicElements {
${entries(list, type)}
    }
  }
}
`;

const all = ["Props", "Events", "On"];

/** One file a framework, each in that framework's own words for properties and events. */
const frameworks = {
  react: (list) =>
    head(list, all, 'import type { DetailedHTMLProps, HTMLAttributes } from "react";') +
    jsx(
      "react",
      list,
      ({ name }) =>
        `Omit<DetailedHTMLProps<HTMLAttributes<${name}>, ${name}>, keyof ${name}Props> & ${name}Props & On<${name}Events>`,
    ),
  // React 18 sets attributes only: properties and listeners go through a ref
  "react-18": (list) =>
    head(list, ["Attributes"], 'import type { DetailedHTMLProps, HTMLAttributes } from "react";') +
    `
declare global {
  namespace JSX {
    interface IntrinsicElements {
${entries(list, ({ name }) => `DetailedHTMLProps<HTMLAttributes<${name}>, ${name}> & ${name}Attributes`)}
    }
  }
}
`,
  preact: (list) =>
    head(list, all, 'import type { HTMLAttributes } from "preact";') +
    jsx(
      "preact",
      list,
      ({ name }) => `Omit<HTMLAttributes<${name}>, keyof ${name}Props> & ${name}Props & On<${name}Events>`,
    ),
  solid: (list) =>
    head(list, [...all, "Properties"], 'import type { JSX } from "solid-js";') +
    `
type Prop<Properties> = { [Name in keyof Properties & string as \`prop:\${Name}\`]?: Properties[Name] };
` +
    jsx(
      "solid-js",
      list,
      ({ name }) =>
        `Omit<JSX.HTMLAttributes<${name}>, keyof ${name}Props> & ${name}Props & Prop<${name}Properties> & On<${name}Events, "on:">`,
    ),
  svelte: (list) =>
    head(list, all, 'import type { HTMLAttributes } from "svelte/elements";') +
    `
declare module "svelte/elements" {
  interface SvelteHTMLElements {
${entries(
  list,
  ({ name }) =>
    `Omit<HTMLAttributes<${name}>, keyof ${name}Props> & ${name}Props & On<${name}Events> & On<${name}Events, "on:">`,
)}
  }
}
`,
  vue: (list) =>
    head(list, all, 'import type { EmitFn, HTMLAttributes, PublicProps } from "vue";') +
    `
type Tag<Element, Props, Events> = new () => Element & {
  /** @deprecated for the type checker only, not there at run time */
  $props: Omit<HTMLAttributes, keyof Props> & PublicProps & Props & On<Events>;
  /** @deprecated for the type checker only, not there at run time */
  $emit: EmitFn<{ [Name in keyof Events]: (event: Events[Name]) => void }>;
};

declare module "vue" {
  interface GlobalComponents {
${entries(list, ({ name }) => `Tag<${name}, ${name}Props, ${name}Events>`)}
  }
}
`,
};

/** Every file with its text. Nothing is written. */
export async function editorData(manifest) {
  const list = elements(manifest);
  const files = { "elements.d.ts": common(manifest) };
  for (const [name, make] of Object.entries(frameworks)) files[`${name}.d.ts`] = make(list);
  for (const [name, text] of Object.entries(files)) {
    files[name] = await format(text, { parser: "typescript", printWidth: 110 });
  }
  return files;
}

/** Writes all of it to `dist/editor/`. */
export async function writeEditorData(outdir = `${root}dist/editor`) {
  const manifest = JSON.parse(readFileSync(`${root}custom-elements.json`, "utf8"));
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  for (const [name, text] of Object.entries(await editorData(manifest)))
    writeFileSync(`${outdir}/${name}`, text);
  generateVsCodeCustomElementData(manifest, { outdir, hideLogs: true });
  generateJetBrainsWebTypes(manifest, { outdir, hideLogs: true, packageJson: false });
}
