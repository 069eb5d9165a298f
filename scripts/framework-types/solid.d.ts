import type { JSX } from "solid-js";
import type { Elements, Listeners, Props } from "./elements.js";

type PropertiesByPrefix<Properties> = {
  [Name in keyof Properties & string as `prop:${Name}`]?: Properties[Name];
};

type Tags = {
  [Tag in keyof Elements]: Omit<JSX.HTMLAttributes<Elements[Tag]["element"]>, keyof Props<Tag>> &
    Props<Tag> &
    PropertiesByPrefix<Elements[Tag]["properties"]> &
    Listeners<Tag, "on:">;
};

declare module "solid-js" {
  namespace JSX {
    interface IntrinsicElements extends Tags {}
  }
}
