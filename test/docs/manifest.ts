import { readFileSync } from "node:fs";
import { root } from "./blocks.ts";

interface Named {
  readonly name: string;
}

/** A custom element of `custom-elements.json`. */
export interface Tag {
  readonly tagName: string;
  readonly attributes: readonly Named[];
  readonly events: readonly Named[];
  readonly members: readonly (Named & { readonly kind: string; readonly privacy?: string })[];
  readonly slots: readonly Named[];
  readonly cssParts: readonly Named[];
  readonly cssProperties: readonly Named[];
  readonly cssStates: readonly Named[];
}

interface Manifest {
  readonly modules: readonly { readonly declarations: readonly Partial<Tag>[] }[];
}

const manifest = JSON.parse(readFileSync(`${root}custom-elements.json`, "utf8")) as Manifest;

export const tags = new Map(
  manifest.modules
    .flatMap(({ declarations }) => declarations)
    .filter((declaration): declaration is Tag => Boolean(declaration.tagName))
    .map((tag) => [tag.tagName, tag]),
);

const has = (list: readonly Named[], name: string) => list.some((item) => item.name === name);

/** Attributes that any element can have, in any framework. */
const common = /^(class(Name)?|id|slot|ref|key|style|lang|hidden|use:\w+|data-[\w-]+)$/;

/** Tags, attributes, events and slots of a template that do not exist, be it HTML, JSX, Vue, Svelte or Angular. */
export function wrongUse(template: string): string[] {
  const wrong: string[] = [];
  for (const [, name = ""] of template.matchAll(/<(dintero-[\w-]+)/g)) {
    if (!tags.has(name)) wrong.push(`<${name}> does not exist`);
  }
  for (const [, name = "", inside = ""] of template.matchAll(
    /<(dintero-[\w-]+)((?:[^>{"']|\{[^]*?\}+|"[^"]*"|'[^']*'|=>)*)>/g,
  )) {
    const tag = tags.get(name);
    if (!tag) continue;
    // only names matter here, not values
    const names = inside
      .replace(/="[^"]*"|='[^']*'/g, "")
      .replace(/=\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}/g, "");
    for (const attribute of names.split(/[\s/]+/).filter(Boolean)) {
      const event = /^(?:@|on:|on|\()(dintero-[\w-]+)\)?$/.exec(attribute)?.[1];
      const property = /^(?::|prop:|\.|\[)?([A-Za-z-]+)\]?$/.exec(attribute)?.[1] ?? "";
      const fine = event
        ? has(tag.events, event)
        : common.test(attribute) || has(tag.attributes, property) || has(tag.members, property);
      if (!fine) wrong.push(`<${name}> has no ${attribute}`);
    }
  }
  for (const [, name = ""] of template.matchAll(/\sslot="([^"]*)"/g)) {
    if (![...tags.values()].some(({ slots }) => has(slots, name)))
      wrong.push(`no element has the slot ${name}`);
  }
  return wrong;
}

/** Names in a style sheet that no element has. */
export function wrongStyle(css: string): string[] {
  const all = [...tags.values()];
  const unknown = (pattern: RegExp, list: (tag: Tag) => readonly Named[]) =>
    [...css.matchAll(pattern)]
      .filter(([, name = ""]) => !all.some((tag) => has(list(tag), name)))
      .map(([whole]) => `no element has ${whole}`);
  return [
    ...unknown(/(--dintero-[\w-]+)/g, (tag) => tag.cssProperties),
    ...unknown(/:state\(([\w-]+)\)/g, (tag) => tag.cssStates),
    ...unknown(/::part\(([\w-]+)\)/g, (tag) => tag.cssParts),
  ];
}
