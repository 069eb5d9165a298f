import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { Attributes, Elements, NoListeners } from "./elements.js";

// While it hydrates, React sets attributes only; properties and listeners are set by the components of ./react. It writes
// `className` as `classname`, or not at all.
type Tags = {
  [Tag in keyof Elements]: Omit<
    DetailedHTMLProps<HTMLAttributes<Elements[Tag]["element"]>, Elements[Tag]["element"]>,
    keyof Attributes<Tag> | "className"
  > &
    Attributes<Tag> &
    NoListeners<Tag> & { class?: string | undefined };
};

declare module "react" {
  namespace JSX {
    interface IntrinsicElements extends Tags {}
  }
}
