import { css } from "lit";

/** What the return page's panel has beyond the shared look. */
export const returnStyles = css`
  .panel {
    /* Room for the longest panel: an answer that arrives moves nothing below it. */
    min-height: var(--dintero-checkout-min-height, 16rem);
    /* In a box that takes its width from its content, the panel takes the room there is. */
    grid-template-columns: minmax(0, 100vw);
  }
  .spinner,
  svg {
    margin-bottom: 0.5rem;
  }
  svg {
    width: 1.75rem;
    padding: 0.5rem;
    border-radius: 50%;
    background: color-mix(in srgb, currentColor 10%, transparent);
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
  }
  [part="message"] {
    display: inherit;
    justify-items: inherit;
    gap: inherit;
  }
`;
