import { css } from "lit";
import { liveStyles } from "./live.styles.ts";
import { panelStyles } from "./panel.styles.ts";

export const checkoutStyles = [
  panelStyles,
  liveStyles,
  css`
    /* Frame and panel share one cell: what stands in front of the frame moves nothing on the page. */
    .stage {
      display: grid;
    }
    .stage:focus {
      outline: none;
      box-shadow: none;
    }
    .tall {
      min-height: var(--dintero-checkout-min-height, min(44rem, 80vh));
    }
    .frame,
    .front {
      display: grid;
      grid-area: 1 / 1;
      min-width: 0;
    }
    /* Behind a panel it goes on working, unseen and out of reach. */
    .frame[inert] {
      visibility: hidden;
    }
    /* The frame that only opens a connection stays hidden and takes no room. */
    iframe:not([hidden]) {
      display: block;
      border: 0;
    }
  `,
];
