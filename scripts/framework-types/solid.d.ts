import type { JSX } from "solid-js";
import type { Attributes, Elements, Listeners } from "./elements.js";

type Tags = {
  [Tag in keyof Elements]: Omit<JSX.HTMLAttributes<Elements[Tag]["element"]>, keyof Attributes<Tag>> &
    Attributes<Tag> &
    Listeners<Tag, "on:">;
};

declare module "solid-js" {
  namespace JSX {
    interface IntrinsicElements extends Tags {}
  }
}
