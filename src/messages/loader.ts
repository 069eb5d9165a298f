import type { Language } from "./language.ts";

/**
 * Gives the texts of a language: at once where they are there already (so that nothing flickers), else a promise. It
 * never rejects: English stands in where the file could not be loaded, and the next call tries again.
 */
export function textsLoader<Texts>(
  en: Texts,
  files: Record<Exclude<Language, "en">, () => Promise<{ messages: Texts }>>,
): (language: Language) => Texts | Promise<Texts> {
  const loaded: Partial<Record<Language, Texts>> = { en };
  return (language) =>
    loaded[language] ??
    files[language as Exclude<Language, "en">]().then(
      ({ messages }) => (loaded[language] = messages),
      () => en,
    );
}
