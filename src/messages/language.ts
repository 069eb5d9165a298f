/** The languages that our own texts exist in. */
export type Language = "en" | "nb" | "nn" | "sv" | "da" | "fi" | "de";

/** One answer to "which language?", in the two forms it is needed in. */
export interface ResolvedLanguage {
  /** The language of our own texts; English where nothing better is known. */
  readonly ours: Language;
  /** What the checkout is told: ISO 639-1, Norwegian as `no`. Undefined lets Dintero choose. */
  readonly sdk: string | undefined;
}

const languages = /^(en|nb|nn|sv|da|fi|de)$/;

// A tag counts by its first part. The underscore is no BCP 47, yet many systems write `nb_NO`.
const tag = /^([a-z]{2,3})(?:[-_][a-z\d]{1,8})*$/i;

/**
 * The language an element is in: `explicit` where it is given, else the nearest `lang` attribute as HTML inherits
 * it, out of shadow roots through their hosts. A malformed tag counts as none. Browser preferences are not asked:
 * the text would not match the page around it.
 */
export function resolveLanguage(element: Element, explicit?: string | null): ResolvedLanguage {
  const primary = primaryPart(explicit) ?? inherited(element);
  const ours = primary === "no" ? "nb" : (primary ?? "");
  const sdk = /^n[obn]$/.test(ours) ? "no" : primary;
  return { ours: languages.test(ours) ? (ours as Language) : "en", sdk };
}

function inherited(element: Element | undefined): string | undefined {
  if (!element) return undefined;
  const outer = element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host;
  return primaryPart(element.getAttribute("lang")) ?? inherited(outer);
}

function primaryPart(value: string | null | undefined): string | undefined {
  return tag.exec(value?.trim() ?? "")?.[1]?.toLowerCase();
}
