import type { EmitFn, HTMLAttributes, PublicProps } from "vue";
import type { Attributes, Elements, Listeners } from "./elements.js";

/** The type checker looks for the camelCase names of attributes in kebab case. */
type Names<Tag extends keyof Elements> = Attributes<Tag> &
  Omit<Elements[Tag]["properties"], keyof Attributes<Tag>>;

type Tags = {
  [Tag in keyof Elements]: new () => Elements[Tag]["element"] & {
    /** @deprecated for the type checker only, does not exist at run time */
    $props: Omit<HTMLAttributes, keyof Names<Tag>> & PublicProps & Names<Tag> & Listeners<Tag, "on">;
    /** @deprecated for the type checker only, does not exist at run time */
    $emit: EmitFn<{
      [Name in keyof Elements[Tag]["events"]]: (event: Elements[Tag]["events"][Name]) => void;
    }>;
  };
};

declare module "vue" {
  interface GlobalComponents extends Tags {}
}
