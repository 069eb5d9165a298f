import type { EmitFn, HTMLAttributes, PublicProps } from "vue";
import type { Elements, Listeners, Props } from "./elements.js";

type Tags = {
  [Tag in keyof Elements]: new () => Elements[Tag]["element"] & {
    /** @deprecated for the type checker only, does not exist at run time */
    $props: Omit<HTMLAttributes, keyof Props<Tag>> & PublicProps & Props<Tag> & Listeners<Tag, "on">;
    /** @deprecated for the type checker only, does not exist at run time */
    $emit: EmitFn<{
      [Name in keyof Elements[Tag]["events"]]: (event: Elements[Tag]["events"][Name]) => void;
    }>;
  };
};

declare module "vue" {
  interface GlobalComponents extends Tags {}
}
