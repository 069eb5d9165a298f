// What editors and other frameworks' type checkers read, made from custom-elements.json into dist/editor/. The published
// generators do the editors' part; CONTRIBUTING explains why the frameworks' part is our own.
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { generateJetBrainsWebTypes } from "custom-element-jet-brains-integration";
import { generateVsCodeCustomElementData } from "custom-element-vs-code-integration";
import { format } from "prettier";

const root = fileURLToPath(new URL("..", import.meta.url));

/** An interface's members, each with its JSDoc. */
const members = (list, type) =>
  list
    .map(
      (item) =>
        `/** ${(item.description ?? "").replaceAll("*/", "*\\/")} */\n${JSON.stringify(item.name)}${type(item)};`,
    )
    .join("\n");

/** A property's type, widened to the values of an attribute. */
function attributeType(className, { fieldName, type }) {
  const property = `${className}[${JSON.stringify(fieldName)}]`;
  if (type.text === "boolean") return '?: boolean | "" | undefined';
  // any JSON value, written as text
  if (type.text === "unknown") return "?: string | undefined";
  return type.text === "number"
    ? `?: ${property} | \`\${number}\` | undefined`
    : `?: ${property} | undefined`;
}

/** elements.d.ts: the attributes, properties and events of each element, which all frameworks' types are made of. */
function elementTypes({ modules }) {
  const classes = new Map(
    modules.flatMap(({ path, declarations }) =>
      declarations.map((declaration) => [declaration.name, { ...declaration, path }]),
    ),
  );
  const elements = [...classes.values()].filter(({ tagName }) => tagName);
  const imports = new Set(
    elements.flatMap(({ name, events }) => [name, ...events.map(({ type }) => type.text)]),
  );
  const importLines = [...imports].map((name) => {
    const path = classes.get(name)?.path.replace(/^src\/(.*)\.ts$/, "../types/$1.js");
    if (!path) throw new Error(`custom-elements.json has an event of class ${name}, and no such class.`);
    return `import type { ${name} } from "${path}";`;
  });
  const tags = elements.map(({ name, tagName, description, attributes, members: fields, events }) => {
    const properties = fields.filter((field) => field.kind === "field" && !field.readonly && !field.static);
    return `/** ${description} */
      "${tagName}": {
        element: ${name};
        attributes: { ${members(attributes, (attribute) => attributeType(name, attribute))} };
        properties: { ${members(properties, (field) => `?: ${name}["${field.name}"] | undefined`)} };
        events: { ${members(events, ({ type }) => `: ${type.text}`)} };
      };`;
  });
  return `${importLines.join("\n")}

    export interface Elements { ${tags.join("\n\n")} }

    /** What a template may set on a tag: its attributes, which work on a server and in a browser alike. */
    export type Attributes<Tag extends keyof Elements> = Elements[Tag]["attributes"] & {
      "defer-hydration"?: "" | undefined;
    };

    /** React drops listeners of a tag while it hydrates. TypeScript does not report unknown names with a hyphen. */
    export type NoListeners<Tag extends keyof Elements> = {
      [Name in keyof Elements[Tag]["events"] & string as \`on\${Name}\`]?: undefined;
    };

    /** Listeners as properties: a prefix and the event's name. */
    export type Listeners<Tag extends keyof Elements, Prefix extends string> = {
      [Name in keyof Elements[Tag]["events"] & string as \`\${Prefix}\${Name}\`]?:
        ((event: Elements[Tag]["events"][Name]) => void) | undefined;
    };`;
}

/** Writes all of it to `outdir`. */
export async function writeEditorData(outdir = `${root}dist/editor`) {
  const manifest = JSON.parse(readFileSync(`${root}custom-elements.json`, "utf8"));
  cpSync(`${root}scripts/framework-types`, outdir, { recursive: true });
  const types = await format(elementTypes(manifest), { parser: "typescript", printWidth: 110 });
  writeFileSync(`${outdir}/elements.d.ts`, types);
  generateVsCodeCustomElementData(manifest, { outdir, hideLogs: true });
  generateJetBrainsWebTypes(manifest, { outdir, hideLogs: true, packageJson: false });
}
