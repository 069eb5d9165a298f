import type { HTMLAttributes } from "svelte/elements";
import type { Attributes, Elements, Listeners } from "./elements.js";

type Tags = {
  [Tag in keyof Elements]: Omit<HTMLAttributes<Elements[Tag]["element"]>, keyof Attributes<Tag>> &
    Attributes<Tag> &
    Listeners<Tag, "on"> &
    Listeners<Tag, "on:">;
};

declare module "svelte/elements" {
  interface SvelteHTMLElements extends Tags {}
}
