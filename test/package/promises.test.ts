// The public names are promises: they are listed in promises.json, and this test names a broken one.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import promises from "./promises.json" with { type: "json" };

interface Named {
  readonly name: string;
  readonly kind?: string;
  readonly description?: string;
  readonly fieldName?: string;
  readonly readonly?: boolean;
  readonly static?: boolean;
  readonly default?: string;
  readonly type?: { readonly text: string };
}

interface Declaration extends Named {
  readonly tagName?: string;
  readonly members?: Named[];
  readonly attributes?: Named[];
  readonly events?: Named[];
  readonly slots?: Named[];
  readonly cssParts?: Named[];
  readonly cssProperties?: Named[];
  readonly cssStates?: Named[];
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const outdir = "node_modules/.cache/manifest";
execFileSync("npm", ["run", "-s", "manifest:json", "--", "--outdir", outdir], { cwd: root });
const manifest = readFileSync(`${root}${outdir}/custom-elements.json`, "utf8");
const made = JSON.parse(manifest) as {
  modules: { path: string; declarations?: Declaration[]; exports?: { name: string }[] }[];
};
const declarations = made.modules.flatMap((module) => module.declarations ?? []);

/** Fails with the names that are missing, and those that are not promised. */
function keep(what: string, promised: readonly string[], found: readonly string[] = []) {
  const broken = promised.filter((name) => !found.includes(name));
  const unpromised = found.filter((name) => !promised.includes(name));
  expect(broken, `Promise broken: ${what} ${broken.join(", ")} is gone`).toEqual([]);
  expect(
    unpromised,
    `New: ${what} ${unpromised.join(", ")} is public; add it to test/package/promises.json or make it private`,
  ).toEqual([]);
}

const names = (list: readonly Named[] = []) => list.map(({ name }) => name);

function declaration(className: string): Declaration {
  const found = declarations.find(({ name }) => name === className);
  if (!found) throw new Error(`Promise broken: class ${className} is gone`);
  return found;
}

for (const [tagName, promise] of Object.entries(promises.elements)) {
  const element = () => declaration(promise.class);
  const fields = () => (element().members ?? []).filter(({ kind }) => kind === "field");

  test(`<${tagName}> keeps its tag name`, () => {
    expect(element().tagName).toBe(tagName);
  });

  test(`<${tagName}> keeps its attributes and the properties they set`, () => {
    const found = (element().attributes ?? []).map(({ name, fieldName }) => `${name} → ${fieldName}`);
    const promised = Object.entries(promise.attributes).map(([name, field]) => `${name} → ${field}`);
    keep(`attribute of <${tagName}>`, promised, found);
  });

  test(`<${tagName}> keeps its properties`, () => {
    const writable = names(fields().filter((field) => !field.readonly && !field.static));
    keep(`property of <${tagName}>`, [...Object.values(promise.attributes), ...promise.properties], writable);
    const readonly = names(fields().filter((field) => field.readonly && !field.static));
    keep(`read-only property of <${tagName}>`, promise.readonly, readonly);
  });

  test(`<${tagName}> documents the default of each property`, () => {
    for (const [name, value] of Object.entries(promise.defaults)) {
      // A property that is null is described in its sentence.
      if (value === null) continue;
      const documented = fields().find((field) => field.name === name)?.default;
      // The default of `trigger` has an exception, after a comma.
      expect(documented?.replace(/, .*/, ""), name).toBe(JSON.stringify(value));
    }
  });

  test(`<${tagName}> keeps its methods`, () => {
    const methods = (element().members ?? []).filter((member) => member.kind === "method" && !member.static);
    keep(`method of <${tagName}>`, promise.methods, names(methods));
  });

  test(`<${tagName}> keeps its events, their classes and fields`, () => {
    const promised = Object.entries(promise.events);
    keep(`event of <${tagName}>`, Object.keys(promise.events), names(element().events));
    for (const [name, event] of promised) {
      const type = element().events?.find((other) => other.name === name)?.type?.text;
      expect(type, `Promise broken: the event ${name} is a ${event.class}`).toBe(event.class);
      keep(`field of ${event.class}`, event.fields, names(declaration(event.class).members));
    }
  });

  test(`<${tagName}> keeps its slots, parts, custom properties and states`, () => {
    keep(`slot of <${tagName}>`, promise.slots, names(element().slots));
    keep(`part of <${tagName}>`, promise.parts, names(element().cssParts));
    keep(`custom property of <${tagName}>`, promise.cssProperties, names(element().cssProperties));
    keep(`state of <${tagName}>`, promise.states, names(element().cssStates));
  });

  test(`every public member of <${tagName}> is described in a sentence`, () => {
    const { members, attributes, events, slots, cssParts, cssProperties, cssStates } = element();
    const all = { members, attributes, events, slots, cssParts, cssProperties, cssStates };
    const mute = Object.entries(all).flatMap(([kind, list]) =>
      (list ?? [])
        .filter(({ description }) => !/\w.*[.!?)]$/s.test(description ?? ""))
        .map(({ name }) => `${kind}: ${name}`),
    );
    expect(mute, "no sentence in the JSDoc").toEqual([]);
    expect(element().description, "no description of the class").toBeTruthy();
  });
}

test("events can be cancelled, bubble and cross shadow roots as promised", async () => {
  const classes = {
    ...(await import("../../src/checkout/events.ts")),
    ...(await import("../../src/return/result-event.ts")),
  };
  for (const { events } of Object.values(promises.elements)) {
    for (const [name, promise] of Object.entries(events)) {
      const make = classes[promise.class as keyof typeof classes] as unknown as new (
        ...args: unknown[]
      ) => Event;
      const { type, cancelable, bubbles, composed } = new make({}, "", "", null);
      const kept = { type: name, cancelable: promise.cancelable, bubbles: true, composed: true };
      expect({ type, cancelable, bubbles, composed }, `Promise broken: ${name}`).toEqual(kept);
    }
  }
});

test("the state property has the promised states, and no others", () => {
  const { members } = declaration("StateEvent");
  const states = members?.find(({ name }) => name === "state")?.type?.text.match(/[\w-]+/g) ?? [];
  keep("state", promises.elements["dintero-checkout"].states, states);
});

test("errors keep their codes", () => {
  const { members } = declaration("DinteroCheckoutError");
  const codes = members?.find(({ name }) => name === "code")?.type?.text.match(/[\w-]+/g) ?? [];
  keep("error code", promises.errorCodes, codes);
});

test("messages keep their keys, in every language", async () => {
  const { checkoutMessages, returnMessages } = await import("../../src/messages/index.ts");
  for (const [kind, messages] of Object.entries({ checkout: checkoutMessages, return: returnMessages })) {
    keep("language", promises.languages, Object.keys(messages));
    for (const [language, texts] of Object.entries(messages)) {
      const promised = promises.messages[kind as keyof typeof promises.messages];
      keep(`message key of ${language}`, promised, Object.keys(texts));
    }
  }
});

test("the package keeps its entries and its command", async () => {
  keep("entry", promises.entries, Object.keys(packageJson.exports));
  keep("command", ["dintero-checkout-element"], Object.keys(packageJson.bin));
});

test("the commands keep their flags", async () => {
  const { doctorFlags } = await import("../../src/cli/doctor.ts");
  const { sandboxFlags } = await import("../../src/cli/sandbox.ts");
  const found = { sandbox: sandboxFlags, doctor: doctorFlags };
  keep("command", Object.keys(promises.cli), Object.keys(found));
  for (const [name, flags] of Object.entries(found)) {
    const names = Object.keys(flags).map((flag) => `--${flag}`);
    keep(`flag of ${name}`, promises.cli[name as keyof typeof found], names);
  }
});

const sources: Record<string, string> = {
  ".": "../../src/index.ts",
  "./element": "../../src/checkout/dintero-checkout.ts",
  "./return": "../../src/return.ts",
  "./server": "../../src/server/index.ts",
  "./sandbox": "../../src/sandbox/index.ts",
};
for (const [entry, promised] of Object.entries(promises.exports)) {
  test(`the entry ${entry} keeps its exports, and loads in Node`, async () => {
    const module = (await import(sources[entry] ?? entry)) as object;
    keep(`export of ${entry}`, promised, Object.keys(module));
  });
}

// Names are enough: without the types of browsers and Node, which take seconds to read.
const program = ts.createProgram(
  Object.values(sources).map((source) => fileURLToPath(new URL(source, import.meta.url))),
  {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    noEmit: true,
    lib: ["lib.es5.d.ts"],
    types: [],
  },
);
const checker = program.getTypeChecker();

/** What an entry exports, values and types, by name. */
function exportsOf(entry: string): Map<string, ts.Symbol> {
  const file = program.getSourceFile(fileURLToPath(new URL(sources[entry] ?? entry, import.meta.url)));
  const exports = checker.getExportsOfModule(checker.getSymbolAtLocation(file!)!);
  const origin = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return new Map(exports.map((symbol) => [symbol.name, origin(symbol)]));
}

function serverType(name: string): ts.Type {
  const symbol = exportsOf("./server").get(name);
  if (!symbol) throw new Error(`Promise broken: type ${name} of ./server is gone`);
  return checker.getDeclaredTypeOfSymbol(symbol);
}

test.each(Object.entries(promises.types))("the entry %s keeps its types", (entry, promised) => {
  const values: readonly string[] = promises.exports[entry as keyof typeof promises.exports];
  const found = [...exportsOf(entry).keys()].filter((name) => !values.includes(name));
  keep(`type of ${entry}`, promised, found);
});

test.each(Object.entries(promises.serverMembers))("%s of ./server keeps its members", (name, promised) => {
  const found = serverType(name)
    .getProperties()
    // An error also has what every Error has.
    .filter(({ declarations = [] }) =>
      declarations.some((node) => node.getSourceFile().fileName.startsWith(`${root}src/`)),
    );
  keep(`member of ${name}`, promised, names(found));
});

test("the server functions' errors keep their codes", () => {
  const codes = serverType("DinteroErrorCode") as ts.UnionType;
  const found = codes.types.map((code) => String((code as ts.StringLiteralType).value));
  keep("error code of ./server", promises.serverErrorCodes, found);
});

test("the client keeps its methods", async () => {
  const { createDinteroClient } = await import("../../src/server/index.ts");
  const client = createDinteroClient({ accountId: "T12345678", clientId: "id", clientSecret: "secret" });
  keep("member of the client", promises.client, Object.keys(client));
});

test("the sandbox keeps its members", async () => {
  const { createSandbox } = await import("../../src/sandbox/index.ts");
  const sandbox = createSandbox() as object;
  const missing = promises.sandbox.filter((name) => !(name in sandbox));
  expect(missing, `Promise broken: ${missing.join(", ")} of createSandbox() is gone`).toEqual([]);
});

test("the manifest in the repository is the one made from src/", () => {
  const committed = readFileSync(`${root}custom-elements.json`, "utf8");
  expect(committed === manifest, "custom-elements.json is stale: run `npm run manifest` and commit it").toBe(
    true,
  );
});
