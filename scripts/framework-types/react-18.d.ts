import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { Elements } from "./elements.js";

// React 18 sets attributes only: properties and listeners go through a ref.
type Tags = {
  [Tag in keyof Elements]: DetailedHTMLProps<
    HTMLAttributes<Elements[Tag]["element"]>,
    Elements[Tag]["element"]
  > &
    Elements[Tag]["attributes"];
};

declare global {
  namespace JSX {
    interface IntrinsicElements extends Tags {}
  }
}
