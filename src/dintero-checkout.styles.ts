import { css } from "lit";
import { panelStyles } from "./panel.styles.ts";

export const checkoutStyles = [
  panelStyles,
  css`
    /* Frame and panel share one cell: what stands in front of the frame moves nothing on the page. */
    .stage {
      display: grid;
      position: relative;
      outline: none;
    }
    .stage:focus {
      box-shadow: none;
    }
    .stage.tall {
      min-height: var(--dintero-checkout-min-height, 30rem);
    }
    .frame,
    .front {
      grid-area: 1 / 1;
      min-inline-size: 0;
    }
    /* Behind a panel it goes on working, unseen and out of reach. */
    .frame[inert] {
      visibility: hidden;
    }
    iframe {
      display: block;
      border: 0;
    }
    .front {
      display: grid;
    }
    .start button {
      inline-size: 100%;
    }
  `,
];
