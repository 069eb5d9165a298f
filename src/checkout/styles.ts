import { css } from "lit";
import { panelStyles } from "../elements/panel-styles.ts";

export const checkoutStyles = [
  panelStyles,
  css`
    /* Frame and panel share one cell, so that a panel in front of the frame moves nothing on the page. */
    .stage {
      display: grid;
      min-height: 0;
      outline: none;
      box-shadow: none;
    }
    /*
     * Where a box takes its width from its content (a centred column, a dialog, a table cell), a frame counts as 300px.
     * This counts as the viewport, and shrinks to the room there is.
     */
    .stage::before {
      display: grid;
      grid-area: 1 / 1;
      grid-template-columns: minmax(0, 100vw);
      content: "";
    }
    /* Room that no frame needs any more goes smoothly; room for a frame is there at once. */
    .stage:not(.tall) {
      transition: min-height 0.3s;
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
    /* Behind a panel it keeps working, unseen and out of reach. */
    .frame[inert] {
      visibility: hidden;
    }
    /* No frame is to come: the panel takes the room of its texts. */
    .stage:not(.tall) > .frame[inert] {
      display: none;
    }
    .frame iframe:not([hidden]) {
      display: block;
    }
    /* The page's warm start, whatever its style says of frames. */
    ::slotted(iframe[hidden]) {
      display: none !important;
    }
    slot[hidden] {
      display: none;
    }
    /* The live region, which only screen readers meet. */
    .live {
      position: absolute;
      width: 1px;
      height: 1px;
      margin: -1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    @media (prefers-reduced-motion) {
      .stage:not(.tall) {
        transition: none;
      }
    }
  `,
];
