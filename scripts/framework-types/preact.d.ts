import type { HTMLAttributes } from "preact";
import type { Attributes, Elements, Listeners } from "./elements.js";

type Tags = {
  [Tag in keyof Elements]: Omit<
    HTMLAttributes<Elements[Tag]["element"]>,
    keyof Attributes<Tag> | "className"
  > &
    Attributes<Tag> &
    Listeners<Tag, "on">;
};

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements extends Tags {}
  }
}
