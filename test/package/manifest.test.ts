// The manifest is made from the JSDoc in src/: README tables, reference, editor data and the frameworks' types follow it.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { checkoutMessages, returnMessages } from "../../src/messages/index.ts";
import { declarationsOf, elementOf, publicNames, type Manifest, type TagName } from "../support/manifest.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const outdir = "node_modules/.cache/manifest";
execFileSync("npm", ["run", "-s", "manifest:json", "--", "--outdir", outdir], { cwd: root });
const made = readFileSync(`${root}${outdir}/custom-elements.json`, "utf8");
const manifest = JSON.parse(made) as Manifest;
const tagNames: readonly TagName[] = ["dintero-checkout", "dintero-return"];

test("the manifest in the repository is the one made from src/", () => {
  const committed = readFileSync(`${root}custom-elements.json`, "utf8");
  expect(committed === made, "custom-elements.json is stale: run `npm run manifest` and commit it").toBe(
    true,
  );
});

describe.each(tagNames)("<%s>", (tagName) => {
  const element = elementOf(manifest, tagName);
  const { members, attributes, events, slots, cssParts, cssProperties, cssStates } = element;
  const described = { members, attributes, events, slots, cssParts, cssProperties, cssStates };

  test("every public member is described in a sentence", () => {
    const mute = Object.entries(described).flatMap(([kind, list]) =>
      (list ?? [])
        .filter(({ description }) => !/\w.*[.!?)]$/s.test(description ?? ""))
        .map(({ name }) => `${kind}: ${name}`),
    );
    expect(mute, "no sentence in the JSDoc").toEqual([]);
    expect(element.description, "no description of the class").toBeTruthy();
  });

  test("each event is a class of its own name that bubbles and is composed", async () => {
    const classes = {
      ...(await import("../../src/checkout/events.ts")),
      ...(await import("../../src/return/result-event.ts")),
    };
    for (const { name, type, description } of events ?? []) {
      const EventClass = classes[type!.text as keyof typeof classes] as unknown as new (
        ...args: unknown[]
      ) => Event;
      const event = new EventClass({}, "", "", null);
      const cancelable = /Default action:/.test(description!);
      expect(event, type!.text).toMatchObject({ type: name, bubbles: true, composed: true, cancelable });
    }
  });
});

test("each state of the checkout is a custom state with its description", () => {
  const event = declarationsOf(manifest).find(({ name }) => name === "StateEvent");
  const states = event?.members?.find(({ name }) => name === "state")?.type?.text.match(/[\w-]+/g);
  expect(publicNames(manifest, "dintero-checkout").states).toEqual(states);
});

test.each(Object.entries({ checkout: checkoutMessages, return: returnMessages }))(
  "the texts of %s have the same keys in every language",
  (_, messages) => {
    for (const [language, texts] of Object.entries(messages))
      expect(Object.keys(texts).sort(), language).toEqual(Object.keys(messages.en).sort());
  },
);
