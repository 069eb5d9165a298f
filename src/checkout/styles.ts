import { css } from "lit";
import { liveStyles } from "../shared/live-styles.ts";
import { panelStyles } from "../shared/panel-styles.ts";

export const checkoutStyles = [
  panelStyles,
  liveStyles,
  css`
    /* Frame and panel share one cell: what stands in front of the frame moves nothing on the page. */
    .stage {
      display: grid;
      outline: none;
      box-shadow: none;
    }
    .tall {
      min-height: var(--dintero-checkout-min-height, min(60rem, 100vh));
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
    .frame iframe {
      display: block;
    }
  `,
];
