import { css } from "lit";

/**
 * The look that the panels of both elements share. Font and colour are the page's; surfaces are mixed from the text
 * colour, so that they fit light and dark pages alike, whether or not the page declares a `color-scheme`.
 *
 * Markup: `.panel` > `.spinner`?, `.title`, `.text`, `.actions` > `button`, `a`.
 */
export const panelStyles = css`
  :host {
    display: block;
    color: var(--dintero-checkout-color, inherit);
    font-family: var(--dintero-checkout-font, inherit);
  }
  :host([hidden]) {
    display: none;
  }
  .panel {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 0.5rem;
    box-sizing: border-box;
    min-height: var(--dintero-checkout-min-height, auto);
    padding: clamp(1rem, 5%, 2.5rem);
    border: 1px solid color-mix(in srgb, currentColor 20%, transparent);
    border-radius: var(--dintero-checkout-radius, 0.75rem);
    background: var(--dintero-checkout-background, transparent);
    text-align: center;
    line-height: 1.5;
    overflow-wrap: anywhere;
  }
  p {
    margin: 0;
    /* The line is there before its text is. */
    min-height: 1lh;
    text-wrap: balance;
    /* Our own languages read from left to right also on a page that does not. */
    unicode-bidi: plaintext;
  }
  .title {
    font-size: 1.25em;
    font-weight: 600;
    line-height: 1.3;
  }
  .actions {
    display: grid;
    gap: 0.25rem;
    margin-top: 0.75rem;
  }
  button {
    /* Black or white on the page's accent, whichever reads better (WCAG luminance); invalid, so unset, without one. */
    --on: clamp(0, (0.18 - y) * 999, 1);
    --on-accent: color(
      from var(--dintero-checkout-accent) xyz calc(0.95 * var(--on)) var(--on) calc(1.09 * var(--on))
    );
    padding: 0.5rem 1.5rem;
    border: 1px solid color-mix(in srgb, currentColor 20%, var(--dintero-checkout-accent, GrayText));
    border-radius: min(var(--dintero-checkout-radius, 0.5rem), 22px);
    background: var(--dintero-checkout-accent, CanvasText);
    color: var(--on-accent, Canvas);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  button:hover {
    opacity: 0.8;
  }
  button,
  a {
    min-height: 44px;
  }
  a {
    display: inline-grid;
    place-items: center;
    color: inherit;
  }
  /* Two rings, one light and one dark: one of them shows on any page. */
  :focus-visible {
    outline: 2px solid #000;
    outline-offset: 2px;
    box-shadow: 0 0 0 2px #fff;
  }
  /*
   * It turns after half a second only: most waits are shorter, and where there is no graphics processor, an animation
   * takes the time that the checkout needs to load.
   */
  .spinner {
    width: 2.375rem;
    height: 2.375rem;
    border: 3px solid color-mix(in srgb, currentColor 20%, transparent);
    border-top-color: currentColor;
    border-radius: 50%;
    animation: spin 1s linear 0.5s infinite;
  }
  @keyframes spin {
    to {
      rotate: 1turn;
    }
  }
  @media (prefers-reduced-motion) {
    .spinner {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    button {
      background: ButtonFace;
      color: ButtonText;
    }
    .spinner {
      border-top-color: Canvas;
    }
  }
`;
