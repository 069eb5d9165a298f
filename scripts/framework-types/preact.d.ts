import type { HTMLAttributes } from "preact";
import type { Elements, Listeners, Props } from "./elements.js";

type Tags = {
  [Tag in keyof Elements]: Omit<HTMLAttributes<Elements[Tag]["element"]>, keyof Props<Tag>> &
    Props<Tag> &
    Listeners<Tag, "on">;
};

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements extends Tags {}
  }
}
