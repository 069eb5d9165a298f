import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Language } from "../../src/messages/language.ts";
import { loadCheckoutMessages } from "../../src/messages/checkout/index.ts";
import { loadReturnMessages } from "../../src/messages/return/index.ts";

const languages: Language[] = ["en", "nb", "nn", "sv", "da", "fi", "de"];

for (const [element, load] of [
  ["checkout", loadCheckoutMessages],
  ["return", loadReturnMessages],
] as const) {
  describe(`the texts of <dintero-${element}>`, () => {
    it("exist in the languages we promise, a file each", () => {
      const files = readdirSync(new URL(`../../src/messages/${element}/`, import.meta.url));
      expect(files.toSorted()).toEqual([...languages, "index"].map((name) => `${name}.ts`).toSorted());
    });

    it("are there at once in English, and in any other language from the second time on", async () => {
      expect(load("en")).not.toBeInstanceOf(Promise);
      const first = load("sv");
      expect(first).toBeInstanceOf(Promise);
      const texts = await first;
      expect(load("sv")).toBe(texts);
    });

    it.each(languages)("say everything in %s", async (language) => {
      const [texts, english] = [await load(language), await load("en")];
      expect(Object.keys(texts).toSorted()).toEqual(Object.keys(english).toSorted());
      for (const [key, text] of Object.entries(texts)) {
        expect(text, key).toBe(text.trim());
        expect(text.length, key).toBeGreaterThan(2);
        // the CDN files keep the texts of a language in one string, parted by it
        expect(text, key).not.toContain("|");
        // what is translated differs; a title is no sentence and a sentence ends
        if (language !== "en")
          expect(text, key).not.toBe((english as unknown as Record<string, string>)[key]);
        if (/(Text|Elsewhere)$/.test(key)) expect(text, key).toMatch(/\.$/);
        if (/Title$/.test(key)) expect(text, key).not.toMatch(/\.$/);
      }
    });
  });
}
