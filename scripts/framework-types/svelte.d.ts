import type { HTMLAttributes } from "svelte/elements";
import type { Elements, Listeners, Props } from "./elements.js";

type Tags = {
  [Tag in keyof Elements]: Omit<HTMLAttributes<Elements[Tag]["element"]>, keyof Props<Tag>> &
    Props<Tag> &
    Listeners<Tag, "on"> &
    Listeners<Tag, "on:">;
};

declare module "svelte/elements" {
  interface SvelteHTMLElements extends Tags {}
}
