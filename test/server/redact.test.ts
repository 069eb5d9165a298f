import fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor } from "../../src/server/redact.ts";
import { secretPattern } from "../../src/server/secret-pattern.ts";
import { formsOf } from "./support/leaks.ts";
import { clientId, clientSecret } from "./support/upstream.ts";

const redactorOf = (secrets: readonly string[]) => createRedactor(secretPattern(secrets));
const redact = (text: string, secrets: readonly string[]) => redactorOf(secrets).text(text);

const seen = (text: string, secret: string) => formsOf(secret).filter((form) => text.includes(form));

test("every form of a secret is removed, wherever it occurs", () => {
  const { text: hide } = redactorOf([clientSecret, `${clientId}:${clientSecret}`]);
  for (const form of [...formsOf(clientSecret), ...formsOf(`${clientId}:${clientSecret}`)]) {
    expect(hide(`before ${form} after`)).toMatch(/^before \[redacted\][=]* after$/);
  }
});

test("a secret with JSON escapes is removed", () => {
  const code = (character: string) => character.charCodeAt(0).toString(16).padStart(4, "0");
  const escaped = clientSecret.replace(/\W/g, (character) => `\\u${code(character)}`);
  expect(JSON.parse(`"${escaped}"`)).toBe(clientSecret);
  expect(redact(`{"message":"${escaped}"}`, [clientSecret])).toBe('{"message":"[redacted]"}');
});

test("any secret is removed, whatever its characters", () => {
  const secret = fc.string({ minLength: 8, unit: "grapheme" }).filter((text) => text.trim() === text);
  fc.assert(
    fc.property(secret, fc.string(), fc.string(), (one, before, after) => {
      const { text: hide } = redactorOf([one]);
      for (const form of formsOf(one)) {
        expect(seen(hide(`${before}|${form}|${after}`), one)).toEqual([]);
        expect(seen(JSON.stringify(JSON.parse(hide(JSON.stringify({ [form]: form })))), one)).toEqual([]);
      }
    }),
    { numRuns: 300, seed: 20261122 },
  );
});

test("a secret with every letter escaped is removed, from the parsed answer and from a text in it", () => {
  const escape = (text: string) =>
    [...text].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
  const raw = JSON.stringify({ raw: `{"s":"${escape(clientSecret)}"}` });
  const { json } = redactorOf([clientSecret]);
  expect(json(JSON.parse(`{"message":"no ${escape(clientSecret)}!"}`))).toEqual({
    message: "no [redacted]!",
  });
  expect(json(JSON.parse(raw))).toEqual({ raw: '{"s":"[redacted]"}' });
});

test("a secret in the base64 of a longer text is removed, at any offset", () => {
  for (const before of ["", "a", "ab", "client-id:", "Basic client:"]) {
    const encoded = Buffer.from(`${before}${clientSecret} and more`).toString("base64");
    const hidden = redact(`x ${encoded} y`, [clientSecret]);
    const [, start = "", end = ""] = /^x ([\w+/]*)\[redacted\]([\w+/=]*) y$/.exec(hidden) ?? [];
    expect(start.length + end.length, hidden).toBeGreaterThan(0);
    const rest = Buffer.from(start, "base64").toString() + Buffer.from(end, "base64").toString();
    expect(rest).not.toContain(clientSecret.slice(2, -2));
  }
});

test.each([
  ["neighbouring texts", (a: string, b: string) => ["x", `no ${a}`, `${b}!`]],
  [
    "the messages of errors",
    (a: string, b: string) => [
      { code: "1", message: `no ${a}` },
      { code: "2", message: b },
    ],
  ],
  ["keys and texts, however deep", (a: string, b: string) => ({ x: { y: [a, [b]] } })],
])("a secret goes that is split over %s", (_, split) => {
  const { json } = redactorOf([clientSecret]);
  for (const at of [1, 5, 12, clientSecret.length - 1]) {
    const [a, b] = [clientSecret.slice(0, at), clientSecret.slice(at)];
    const text = JSON.stringify(json(split(a, b)));
    expect(text).toContain("[redacted]");
    if (a.length > 3) expect(text).not.toContain(JSON.stringify(a).slice(1, -1));
    if (b.length > 3) expect(text).not.toContain(JSON.stringify(b).slice(1, -1));
  }
});

test("values without a secret are unchanged: numbers, null, empty lists and keys", () => {
  const value = { a: [1, null, true, "text", { b: [] }], "": {}, c: "" };
  expect(redactorOf([clientSecret]).json(value)).toEqual(value);
  expect(redactorOf([]).json(value)).toBe(value);
});

test("nothing is removed without a secret", () => {
  expect(redact("", [])).toBe("");
  expect(redact("a text", [])).toBe("a text");
  expect(redact("a text", ["secret"])).toBe("a text");
});
