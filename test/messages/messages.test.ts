import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkoutMessages, returnMessages } from "../../src/messages/index.ts";
import type { Language } from "../../src/messages/language.ts";

const languages: Language[] = ["en", "nb", "nn", "sv", "da", "fi", "de"];

it("each language has a file", () => {
  const files = readdirSync(new URL("../../src/messages/", import.meta.url));
  expect(files.toSorted()).toEqual(
    [...languages, "index", "keys", "language"].map((name) => `${name}.ts`).toSorted(),
  );
});

for (const [element, messages] of Object.entries({ checkout: checkoutMessages, return: returnMessages })) {
  describe(`the texts of <dintero-${element}>`, () => {
    it.each(languages)("are complete in %s", (language) => {
      const english: Record<string, string> = { ...messages.en };
      const texts: Record<string, string> = { ...messages[language] };
      expect(Object.keys(texts).toSorted()).toEqual(Object.keys(english).toSorted());
      for (const [key, text] of Object.entries(texts)) {
        expect(text, key).toBe(text.trim());
        expect(text.length, key).toBeGreaterThan(2);
        // what is translated differs; a title is no sentence and a sentence ends
        if (language !== "en") expect(text, key).not.toBe(english[key]);
        if (/(Text|Elsewhere)$/.test(key)) expect(text, key).toMatch(/\.$/);
        if (/Title$/.test(key)) expect(text, key).not.toMatch(/\.$/);
      }
    });
  });
}
