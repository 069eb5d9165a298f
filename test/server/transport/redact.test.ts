import fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor, redactJson } from "../../../src/server/transport/redact.ts";
import { formsOf } from "../support/leaks.ts";
import { clientId, clientSecret } from "../support/upstream.ts";

const redact = (text: string, secrets: readonly string[]) => createRedactor(secrets)(text);
const json = (value: unknown, secrets: readonly string[] = [clientSecret]) =>
  redactJson(value, JSON.stringify(value), createRedactor(secrets));

const seen = (text: string, secret: string) => formsOf(secret).filter((form) => text.includes(form));

test("every form of a secret is removed, wherever it occurs", () => {
  for (const form of formsOf(clientSecret)) {
    expect(redact(`before, ${form}, after`, [clientSecret])).toMatch(
      /^before, [\w+/]?\[redacted\][\w+/]?[=]*, after$/,
    );
  }
  for (const form of formsOf(`${clientId}:${clientSecret}`)) {
    const hidden = redact(`before, ${form}, after`, [clientSecret]);
    expect(hidden).toContain("[redacted]");
    expect(seen(hidden, clientSecret)).toEqual([]);
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
      const hide = createRedactor([one]);
      for (const form of formsOf(one)) {
        expect(seen(hide(`${before}|${form}|${after}`), one)).toEqual([]);
        expect(seen(JSON.stringify(json({ [form]: form }, [one])), one)).toEqual([]);
      }
    }),
    { numRuns: 300, seed: 20261122 },
  );
});

test("any piece of 12 characters is removed, in any encoding and encodings of encodings", () => {
  const encodings: readonly ((text: string) => string)[] = [
    (text) => text,
    (text) => text.toUpperCase(),
    encodeURIComponent,
    (text) => new URLSearchParams({ "": text }).toString().slice(1),
    (text) => JSON.stringify(text).slice(1, -1),
    (text) =>
      text.replace(/./gsu, (one) => one.replace(/[^]/g, (unit) => `\\u${hex(unit.charCodeAt(0), 4)}`)),
  ];
  const bytes = (text: string) => [...new TextEncoder().encode(text)];
  const last: readonly ((text: string) => string)[] = [
    (text) => text,
    (text) =>
      bytes(text)
        .map((byte) => hex(byte, 2))
        .join(""),
    (text) =>
      bytes(text)
        .map((byte) => `%${hex(byte, 2)}`)
        .join(""),
  ];
  const secret = fc.string({ minLength: 24, maxLength: 60, unit: "grapheme-ascii" });
  const piece = fc.record({ at: fc.nat(), length: fc.integer({ min: 12, max: 60 }) });
  fc.assert(
    fc.property(
      ...([
        secret,
        piece,
        fc.constantFrom(...encodings),
        fc.constantFrom(...encodings),
        fc.constantFrom(...last),
      ] as const),
      (one, { at, length }, inner, outer, outermost) => {
        const start = at % (one.length - 11);
        const encoded = outer(inner(outermost(one.slice(start, start + length))));
        const hidden = redact(`(${encoded})`, [one]);
        expect(hidden.replace(/[^]*?\[redacted\]|[()]/g, "").length, hidden).toBeLessThan(encoded.length / 2);
        expect(hidden).toContain("[redacted]");
      },
    ),
    { numRuns: 500, seed: 20261201 },
  );
});

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, "0");
}

test("a piece that is shorter than 8 characters is text of the shop", () => {
  const text = `the shop ${clientSecret.slice(0, 7)} of ${clientSecret.slice(16, 23)}`;
  expect(redact(text, [clientSecret])).toBe(text);
});

test("a secret with every letter escaped is removed, from the parsed answer and from a text in it", () => {
  const escape = (text: string) =>
    [...text].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
  const raw = JSON.stringify({ raw: `{"s":"${escape(clientSecret)}"}` });
  expect(json(JSON.parse(`{"message":"no ${escape(clientSecret)}!"}`))).toEqual({
    message: "no [redacted]!",
  });
  expect(json(JSON.parse(raw))).toEqual({ raw: '{"s":"[redacted]"}' });
});

test("a secret in the base64 of a longer text is removed, at any offset, also url-safe and in an url", () => {
  for (const before of ["", "a", "ab", "client-id:", "Basic client:"]) {
    for (const encoding of ["base64", "base64url"] as const) {
      const encoded = Buffer.from(`${before}${clientSecret} and more`).toString(encoding);
      for (const form of [encoded, encodeURIComponent(encoded)]) {
        const hidden = redact(`x ${form} y`, [clientSecret]);
        const [, start = "", end = ""] = /^x ([\w+/-]*)\[redacted\]([\w+/=%-]*) y$/.exec(hidden) ?? [];
        expect(start.length + end.length, hidden).toBeGreaterThan(0);
        const rest = Buffer.from(start, "base64").toString() + Buffer.from(end, "base64").toString();
        expect(rest).not.toContain(clientSecret.slice(2, -2));
      }
    }
  }
});

test.each([
  ["neighbouring texts", (a: string, b: string) => ["x", `no ${a}`, `${b}!`]],
  ["errors", (a: string, b: string) => [{ message: `no ${a}` }, { code: "2", message: b }]],
  ["keys and texts, however deep", (a: string, b: string) => ({ [a]: { y: ["", [b]] } })],
])("a secret goes that is cut in pieces of 12 characters over %s", (_, split) => {
  const [a, b] = [clientSecret.slice(0, 12), clientSecret.slice(12)];
  const text = JSON.stringify(json(split(a, b)));
  expect(text.match(/\[redacted\]/g)).toHaveLength(2);
  for (const part of [a, b]) expect(text).not.toContain(JSON.stringify(part).slice(1, -1));
});

test("values without a secret are unchanged: numbers, null, empty lists and keys", () => {
  const value = { a: [1, null, true, "text", { b: [] }], "": {}, c: "" };
  expect(json(value)).toBe(value);
  expect(json({ ...value, d: clientSecret })).toEqual({ ...value, d: "[redacted]" });
});

test("nothing is removed without a secret", () => {
  expect(redact("", [])).toBe("");
  expect(redact("a text", [])).toBe("a text");
  expect(redact("a text", ["", "secret"])).toBe("a text");
  expect(redact("a secret!", ["secret"])).toBe("a [redacted]!");
});
