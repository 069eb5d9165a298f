import { css } from "lit";

/** For a live region that only screen readers meet: `.live`. */
export const liveStyles = css`
  .live {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
