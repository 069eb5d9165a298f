// Editor data and framework types, compared with the manifest of the classes.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeEditorData } from "../../scripts/editor-data.mjs";
import manifest from "../../custom-elements.json" with { type: "json" };
import { publicNames, type TagName } from "../support/manifest.ts";

const folder = mkdtempSync(join(tmpdir(), "editor-"));
const read = (name: string) => readFileSync(join(folder, name), "utf8");

interface Named {
  readonly name: string;
  readonly description?: string;
}

beforeAll(() => writeEditorData(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const names = (list: readonly Named[]) => list.map(({ name }) => name).sort();

const tagNames: readonly TagName[] = ["dintero-checkout", "dintero-return"];

describe.each(tagNames)("<%s>", (tagName) => {
  const promise = publicNames(manifest, tagName);
  const attributes = Object.keys(promise.attributes).sort();
  const writable = [...promise.writable].sort();

  test("VS Code has the tag, its attributes, and the values of those with a list", () => {
    const { tags } = JSON.parse(read("vscode.html-custom-data.json")) as {
      tags: (Named & { attributes: (Named & { values?: Named[] })[] })[];
    };
    const tag = tags.find(({ name }) => name === tagName);
    expect(names(tag?.attributes ?? [])).toEqual(attributes);
    for (const { name, description } of tag?.attributes ?? []) expect(description, name).toBeTruthy();
    for (const name of Object.keys(promise.events)) expect(tag?.description).toContain(name);
    if (tagName === "dintero-checkout") {
      const mode = tag?.attributes.find(({ name }) => name === "mode");
      expect(names(mode?.values ?? [])).toEqual(["auto", "embed", "pop-out", "redirect"]);
    }
    const { properties } = JSON.parse(read("vscode.css-custom-data.json")) as { properties: Named[] };
    expect(names(properties)).toEqual(expect.arrayContaining([...promise.cssProperties]));
  });

  test("JetBrains has the tag, its attributes, properties, events, slots and parts", () => {
    const { contributions } = JSON.parse(read("web-types.json")) as {
      contributions: {
        html: {
          elements: (Named & {
            attributes: Named[];
            events: Named[];
            slots?: Named[];
            js: { properties: Named[] };
          })[];
        };
        css: { properties: Named[]; "pseudo-elements": Named[] };
      };
    };
    const element = contributions.html.elements.find(({ name }) => name === tagName);
    expect(names(element?.attributes ?? [])).toEqual(attributes);
    expect(names(element?.events ?? [])).toEqual(Object.keys(promise.events).sort());
    expect(names(element?.slots ?? [])).toEqual([...promise.slots].sort());
    expect(names(element?.js.properties ?? [])).toEqual([...writable, ...promise.readonly].sort());
    const parts = names(contributions.css["pseudo-elements"]);
    expect(parts).toEqual(expect.arrayContaining(promise.parts.map((part) => `part(${part})`)));
  });

  test("the types of the frameworks have every attribute, property and event, in the class's own types", () => {
    const text = read("elements.d.ts");
    const tag = text.slice(text.indexOf(`\n  "${tagName}": {`)).split(/^ {2}\};$/m)[0] ?? "";
    const body = (kind: string) =>
      new RegExp(`^ {4}${kind}: \\{([\\s\\S]*?)^ {4}\\};$`, "m").exec(tag)?.[1] ?? "";
    const keys = (kind: string) =>
      [...body(kind).matchAll(/^ {6}"?([\w-]+)"?\??:/gm)].map(([, key]) => key).sort();
    expect(keys("attributes")).toEqual(attributes);
    expect(keys("properties")).toEqual(writable);
    expect(keys("events")).toEqual(Object.keys(promise.events).sort());
    for (const [name, eventClass] of Object.entries(promise.events)) {
      expect(body("events")).toContain(`"${name}": ${eventClass};`);
    }
    for (const property of writable)
      expect(body("properties")).toContain(`${promise.className}["${property}"]`);
  });
});

test.each(["react", "react-18", "vue", "svelte", "solid", "preact"])(
  "%s's templates type every element",
  (framework) => {
    const text = read(`${framework}.d.ts`);
    expect(text).toContain("[Tag in keyof Elements]");
    expect(text).toMatch(/^ +interface \w+ extends Tags \{\}/m);
  },
);
