// Stands in for Lit's css-tag in the CDN files. Every browser we support has constructable style sheets, so Lit's
// ways around them stay out (0.4 KB of each file). Same exports, as far as Lit and our own styles use them.

export class CSSResult {
  readonly _$cssResult$ = true;
  readonly cssText: string;
  readonly styleSheet = new CSSStyleSheet();

  constructor(cssText: string) {
    this.cssText = cssText;
    this.styleSheet.replaceSync(cssText);
  }
}

export const supportsAdoptingStyleSheets = true;

export const unsafeCSS = (cssText: unknown) => new CSSResult(String(cssText));

/** Our styles have no expressions in them. */
export const css = ([cssText]: TemplateStringsArray) => unsafeCSS(cssText);

export const getCompatibleStyle = (style: CSSResult) => style;

export function adoptStyles(root: ShadowRoot, styles: CSSResult[]): void {
  root.adoptedStyleSheets = styles.map(({ styleSheet }) => styleSheet);
}
