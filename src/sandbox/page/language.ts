import { da } from "./texts/da.ts";
import { en, type Texts } from "./texts/en.ts";
import { fi } from "./texts/fi.ts";
import { no } from "./texts/no.ts";
import { sv } from "./texts/sv.ts";

/** The languages of the hosted page, each by its own name. */
export const languages = { en: "English", no: "Norsk", sv: "Svenska", da: "Dansk", fi: "Suomi" } as const;

export type Language = keyof typeof languages;

const texts: Readonly<Record<Language, Texts>> = { en, no, sv, da, fi };

/** The first of the tags that the page supports, by its first part; English when there is none. */
export function pickLanguage(...tags: readonly string[]): Language {
  for (const tag of tags) {
    const first = tag.toLowerCase().split("-")[0] ?? "";
    const language = first === "nb" || first === "nn" ? "no" : first;
    if (Object.hasOwn(languages, language)) return language as Language;
  }
  return "en";
}

export type GetText = (key: keyof Texts, values?: Readonly<Record<string, string>>) => string;

/** Looks up the page's texts in one language. */
export function textsIn(language: Language): GetText {
  return (key, values = {}) =>
    texts[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** 29990 NOK as the reader writes it: `299,90 kr` or `NOK 299.90`. */
export function money(amount: number, currency: string, language: Language): string {
  const locale = { en: "en-GB", no: "nb-NO", sv: "sv-SE", da: "da-DK", fi: "fi-FI" }[language];
  try {
    const format = new Intl.NumberFormat(locale, { style: "currency", currency });
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    return format.format(amount / 10 ** digits);
  } catch {
    // A currency unknown to Intl is shown as the merchant wrote it.
    return `${(amount / 100).toFixed(2)} ${currency}`;
  }
}
