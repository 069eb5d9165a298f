/** The languages that our own texts exist in. */
const languages = ["en", "nb", "nn", "sv", "da", "fi", "de"] as const;

export type Language = (typeof languages)[number];

/** The language of an element, in the two forms it is needed in. */
export interface ResolvedLanguage {
  /** The language of our own texts. English when the page's language is not one of ours. */
  readonly own: Language;
  /** The language passed to the SDK: ISO 639-1, Norwegian as `no`. Undefined lets Dintero choose. */
  readonly sdk: string | undefined;
}

// The underscore is not BCP 47, yet many systems write `nb_NO`.
const languageTag = /^([a-z]{2,3})(?:[-_][a-z\d]{1,8})*$/i;

/**
 * The language of an element: `explicit` when given, else the nearest `lang` attribute as HTML inherits it, out of
 * shadow roots through their hosts. Tags count by their first part; malformed ones are skipped. The browser's
 * preferences are not used, because the texts would not match the page around them.
 */
export function resolveLanguage(element: Element, explicit?: string | null): ResolvedLanguage {
  const primary = primarySubtag(explicit) ?? inheritedLanguage(element);
  const code = primary === "no" ? "nb" : primary;
  const own = languages.find((language) => language === code) ?? "en";
  return { own, sdk: own === "nb" || own === "nn" ? "no" : primary };
}

function inheritedLanguage(element: Element | undefined): string | undefined {
  if (!element) return undefined;
  const outer = element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host;
  return primarySubtag(element.getAttribute("lang")) ?? inheritedLanguage(outer);
}

function primarySubtag(value: string | null | undefined): string | undefined {
  return languageTag.exec(value?.trim() ?? "")?.[1]?.toLowerCase();
}
