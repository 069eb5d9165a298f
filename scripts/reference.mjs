// docs/reference.md and three tables of README.md, generated from custom-elements.json.
// `--check` writes nothing and fails when one of the files is stale.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format } from "prettier";

const root = fileURLToPath(new URL("..", import.meta.url));

const preamble = `# Reference

<!-- Generated from custom-elements.json by \`npm run manifest\`. Edit the JSDoc in src/ instead. -->

Every attribute, property, method, event, slot, part, custom property and state of the two elements. The server functions are described in [Your server](server.md) and documented in their types.

Events bubble, are composed and carry their fields on the event itself; there is no \`detail\`. An event with a default action can be canceled with \`preventDefault()\`.
`;

const code = (text) => `\`${text}\``;
/** Text for a cell of a table. */
const cell = (text = "") => text.replace(/\s+/g, " ").replaceAll("|", "\\|").trim() || "–";
const typeOf = ({ type }) => (type ? code(type.text.replace(/\s+/g, " ")) : "");

function table(headings, rows) {
  if (rows.length === 0) return "";
  const line = (cells) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(headings), line(headings.map(() => "---")), ...rows.map(line)].join("\n");
}

function section(title, headings, rows) {
  return rows.length === 0 ? "" : `### ${title}\n\n${table(headings, rows)}\n`;
}

/** `"auto"` is the source of a default; people write `auto`. `null` means that there is none. */
function defaultOf({ default: value }) {
  if (value === undefined || value === "null") return "";
  return value.replace(
    /(`[^`]*`)|"([^"]*)"|^([\w.]+)$/g,
    (_, quoted, text, bare) => quoted ?? code(text ?? bare),
  );
}

/** Parts of a property's JSDoc that its row already contains. */
const description = ({ description: text = "" }) => text.replace(/ ?Attribute `[\w-]+`\.?/, "");

function signature({ name, parameters = [], return: returned }) {
  const list = parameters.map(({ name, optional }) => name + (optional ? "?" : "")).join(", ");
  return code(`${name}(${list})${returned ? `: ${returned.type.text}` : ""}`);
}

function fieldsOf(classes, className) {
  const { members = [] } = classes.get(className) ?? {};
  return members
    .map((member) => code(member.kind === "method" ? `${member.name}()` : member.name))
    .join(", ");
}

const attributeRows = ({ attributes }) =>
  attributes.map((attribute) => [code(attribute.name), defaultOf(attribute), description(attribute)]);

const methodRows = ({ members = [] }) =>
  members
    .filter((member) => member.kind === "method" && !member.static && member.privacy !== "private")
    .map((method) => [signature(method), method.description]);

const eventRows = ({ events }, classes) =>
  events.map((event) => [code(event.name), fieldsOf(classes, event.type.text), event.description]);

function elementReference(element, classes) {
  const own = (element.members ?? []).filter((member) => !member.static && member.privacy !== "private");
  const fields = own.filter(({ kind }) => kind === "field");
  const named = (list = []) =>
    list.map((item) => [item.name ? code(item.name) : "(default)", item.description]);
  return [
    `## \`<${element.tagName}>\`\n\n${element.description}\n`,
    section(
      "Attributes",
      ["attribute", "property", "type", "default", "description"],
      element.attributes.map((attribute) => [
        code(attribute.name),
        code(attribute.fieldName ?? attribute.name),
        typeOf(attribute),
        defaultOf(attribute),
        description(attribute),
      ]),
    ),
    section(
      "Properties without an attribute",
      ["property", "type", "description"],
      fields
        .filter(({ attribute, readonly }) => !attribute && !readonly)
        .map((field) => [code(field.name), typeOf(field), description(field)]),
    ),
    section(
      "Read-only properties",
      ["property", "type", "description"],
      fields
        .filter(({ readonly }) => readonly)
        .map((field) => [code(field.name), typeOf(field), description(field)]),
    ),
    section("Methods", ["method", "description"], methodRows(element)),
    section(
      "Events",
      ["event", "class", "fields", "description"],
      element.events.map((event) => [
        code(event.name),
        code(event.type.text),
        fieldsOf(classes, event.type.text),
        event.description,
      ]),
    ),
    section("Slots", ["slot", "description"], named(element.slots)),
    section("Parts", ["part", "description"], named(element.cssParts)),
    section(
      "Custom properties",
      ["custom property", "default", "description"],
      (element.cssProperties ?? []).map((property) => [
        code(property.name),
        property.default ? code(property.default) : "",
        property.description,
      ]),
    ),
    section(
      "States",
      ["state", "description"],
      (element.cssStates ?? []).map((state) => [code(`:state(${state.name})`), state.description]),
    ),
  ].join("\n");
}

function replaceBetween(text, marker, content) {
  const pattern = new RegExp(`(<!-- ${marker}:start -->)[\\s\\S]*(<!-- ${marker}:end -->)`);
  if (!pattern.test(text)) throw new Error(`README.md has no markers for the ${marker}.`);
  return text.replace(pattern, (_, start, end) => `${start}\n\n${content}\n\n${end}`);
}

/** The generated files by their path, as they should be. */
export async function generate() {
  const { modules } = JSON.parse(readFileSync(`${root}custom-elements.json`, "utf8"));
  const declarations = modules.flatMap(({ declarations = [] }) => declarations);
  const classes = new Map(declarations.map((declaration) => [declaration.name, declaration]));
  const elements = declarations.filter(({ tagName }) => tagName);
  const reference = [preamble, ...elements.map((element) => elementReference(element, classes))].join("\n");

  const checkout = elements.find(({ tagName }) => tagName === "dintero-checkout");
  let readme = readFileSync(`${root}README.md`, "utf8");
  const attributes = table(["attribute", "default", "description"], attributeRows(checkout));
  const events = table(["event", "fields", "description"], eventRows(checkout, classes));
  const methods = table(["method", "description"], methodRows(checkout));
  readme = replaceBetween(readme, "attributes", attributes);
  readme = replaceBetween(readme, "methods", methods);
  readme = replaceBetween(readme, "events", events);

  const options = { parser: "markdown", printWidth: 110 };
  return {
    "docs/reference.md": await format(reference, options),
    "README.md": await format(readme, options),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes("--check");
  for (const [path, text] of Object.entries(await generate())) {
    let current = "";
    try {
      current = readFileSync(root + path, "utf8");
    } catch {
      // Not generated yet.
    }
    if (current === text) continue;
    if (check) {
      console.error(`${path} is stale: run \`npm run manifest\` and commit it.`);
      process.exitCode = 1;
    } else {
      writeFileSync(root + path, text);
      console.log(`${path} written`);
    }
  }
}
