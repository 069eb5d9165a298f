import { css } from "lit";

/**
 * The look that the panels of both elements share. Font and colour are the page's; surfaces are mixed from the text
 * colour, so that they fit light and dark pages alike, whether or not the page declares a `color-scheme`.
 *
 * Markup: `.panel` > `.spinner`?, `.title`, `.text`, `.actions` > `button`, `a`; `.live` for the live region.
 */
export const panelStyles = css`
  :host {
    display: block;
    color: var(--dintero-checkout-color, inherit);
    font-family: var(--dintero-checkout-font, inherit);
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  .panel {
    box-sizing: border-box;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 0.5rem;
    min-height: var(--dintero-checkout-min-height, auto);
    padding: clamp(1.25rem, 5%, 2.5rem) clamp(1rem, 4%, 2.5rem);
    border: 1px solid color-mix(in srgb, currentColor 20%, transparent);
    border-radius: var(--dintero-checkout-radius, 0.75rem);
    background: var(--dintero-checkout-background, transparent);
    text-align: center;
    line-height: 1.5;
    overflow-wrap: anywhere;
  }
  .title,
  .text {
    max-inline-size: 36rem;
    margin: 0;
  }
  .title {
    font-size: 1.25em;
    font-weight: 600;
    line-height: 1.3;
    text-wrap: balance;
  }
  .text {
    text-wrap: pretty;
    white-space: pre-line;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 0.5rem 1.25rem;
    margin-block-start: 0.75rem;
  }
  button {
    /* Black or white on the page's accent, whichever reads better (WCAG luminance); invalid, so unset, without one. */
    --on: clamp(0, (0.18 - y) * 999, 1);
    --on-accent: color(
      from var(--dintero-checkout-accent) xyz-d65 calc(0.9505 * var(--on)) var(--on) calc(1.089 * var(--on))
    );
    min-block-size: 44px;
    padding: 0.5rem 1.5rem;
    border: 1px solid color-mix(in srgb, var(--dintero-checkout-accent, currentColor), currentColor 20%);
    border-radius: min(var(--dintero-checkout-radius, 0.5rem), 22px);
    background: var(--dintero-checkout-accent, light-dark(#1c1f23, #f4f5f6));
    color: var(--on-accent, light-dark(#fff, #1c1f23));
    font: inherit;
    font-weight: 600;
    line-height: 1.25;
    cursor: pointer;
  }
  button:hover {
    filter: brightness(0.9) contrast(0.95);
  }
  button:disabled {
    opacity: 0.6;
    cursor: default;
  }
  a {
    display: inline-flex;
    align-items: center;
    min-block-size: 44px;
    color: inherit;
    text-underline-offset: 0.2em;
  }
  a:hover {
    text-decoration-thickness: 2px;
  }
  /* Two rings, one light and one dark: one of them shows on any page. */
  :focus-visible {
    outline: 2px solid #000;
    outline-offset: 2px;
    box-shadow: 0 0 0 2px #fff;
  }
  a:focus-visible {
    border-radius: 2px;
  }
  .spinner {
    inline-size: 1.75rem;
    block-size: 1.75rem;
    box-sizing: border-box;
    border: 3px solid color-mix(in srgb, currentColor 20%, transparent);
    border-block-start-color: currentColor;
    border-radius: 50%;
    animation: spin 0.9s linear infinite;
  }
  @keyframes spin {
    to {
      rotate: 1turn;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .spinner {
      border-color: CanvasText;
      border-block-start-color: Canvas;
    }
    :focus-visible {
      outline-color: Highlight;
    }
  }
  .live {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
