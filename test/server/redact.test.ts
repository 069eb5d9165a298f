import fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor } from "../../src/server/redact.ts";
import { secretPattern } from "../../src/server/secret-pattern.ts";
import { formsOf } from "./support/leaks.ts";
import { clientId, clientSecret } from "./support/upstream.ts";

const redactorOf = (secrets: readonly string[]) => createRedactor(secretPattern(secrets));
const redact = (text: string, secrets: readonly string[]) => redactorOf(secrets).text(text);

const seen = (text: string, secret: string) => formsOf(secret).filter((form) => text.includes(form));

test("every form of a secret goes, wherever it stands", () => {
  const hide = (text: string) => redact(text, [clientSecret, `${clientId}:${clientSecret}`]);
  for (const form of [...formsOf(clientSecret), ...formsOf(`${clientId}:${clientSecret}`)]) {
    expect(hide(`before ${form} after`)).toMatch(/^before \[redacted\][=]* after$/);
  }
});

test("a secret goes that a server's JSON writes with escapes", () => {
  const code = (character: string) => character.charCodeAt(0).toString(16).padStart(4, "0");
  const escaped = clientSecret.replace(/\W/g, (character) => `\\u${code(character)}`);
  expect(JSON.parse(`"${escaped}"`)).toBe(clientSecret);
  expect(redact(`{"message":"${escaped}"}`, [clientSecret])).toBe('{"message":"[redacted]"}');
});

test("any secret goes, whatever its characters", () => {
  const secret = fc.string({ minLength: 8, unit: "grapheme" }).filter((text) => text.trim() === text);
  fc.assert(
    fc.property(secret, fc.string(), fc.string(), (one, before, after) => {
      const hide = (text: string) => redact(text, [one]);
      for (const form of formsOf(one)) {
        expect(seen(hide(`${before}|${form}|${after}`), one)).toEqual([]);
        expect(seen(JSON.stringify(JSON.parse(hide(JSON.stringify({ [form]: form })))), one)).toEqual([]);
      }
    }),
    { numRuns: 300, seed: 20261122 },
  );
});

test("nothing goes where nothing is secret", () => {
  expect(redact("", [])).toBe("");
  expect(redact("a text", [])).toBe("a text");
  expect(redact("a text", ["secret"])).toBe("a text");
});
