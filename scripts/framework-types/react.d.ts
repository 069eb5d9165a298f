import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { Elements, Listeners, Props } from "./elements.js";

type Tags = {
  [Tag in keyof Elements]: Omit<
    DetailedHTMLProps<HTMLAttributes<Elements[Tag]["element"]>, Elements[Tag]["element"]>,
    keyof Props<Tag>
  > &
    Props<Tag> &
    Listeners<Tag, "on">;
};

declare module "react" {
  namespace JSX {
    interface IntrinsicElements extends Tags {}
  }
}
