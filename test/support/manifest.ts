// The elements' public names, read from the manifest, which is made from the JSDoc in src/.

export interface Named {
  readonly name: string;
  readonly kind?: string;
  readonly description?: string;
  readonly fieldName?: string;
  readonly attribute?: string;
  readonly readonly?: boolean;
  readonly static?: boolean;
  readonly default?: string;
  readonly type?: { readonly text: string };
}

export interface Declaration extends Named {
  readonly tagName?: string;
  readonly members?: readonly Named[];
  readonly attributes?: readonly Named[];
  readonly events?: readonly Named[];
  readonly slots?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
  readonly cssStates?: readonly Named[];
}

export interface Manifest {
  readonly modules: readonly { readonly path: string; readonly declarations?: readonly unknown[] }[];
}

export type TagName = "dintero-checkout" | "dintero-return";

export interface PublicNames {
  readonly className: string;
  /** Attribute → property. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Properties that a page may set. */
  readonly writable: readonly string[];
  readonly readonly: readonly string[];
  /** Event → class. */
  readonly events: Readonly<Record<string, string>>;
  readonly slots: readonly string[];
  readonly parts: readonly string[];
  readonly cssProperties: readonly string[];
  readonly states: readonly string[];
}

export const declarationsOf = ({ modules }: Manifest): Declaration[] =>
  modules.flatMap(({ declarations = [] }) => declarations as Declaration[]);

/** The class of an element. */
export function elementOf(manifest: Manifest, tagName: TagName): Declaration {
  return declarationsOf(manifest).find((declaration) => declaration.tagName === tagName)!;
}

const names = (list: readonly Named[] = []): string[] => list.map(({ name }) => name);

export function publicNames(manifest: Manifest, tagName: TagName): PublicNames {
  const element = elementOf(manifest, tagName);
  const fields = (element.members ?? []).filter((member) => member.kind === "field" && !member.static);
  return {
    className: element.name,
    attributes: Object.fromEntries(
      (element.attributes ?? []).map(({ name, fieldName }) => [name, fieldName!]),
    ),
    writable: names(fields.filter((field) => !field.readonly)),
    readonly: names(fields.filter((field) => field.readonly)),
    events: Object.fromEntries((element.events ?? []).map(({ name, type }) => [name, type!.text])),
    slots: names(element.slots),
    parts: names(element.cssParts),
    cssProperties: names(element.cssProperties),
    states: names(element.cssStates),
  };
}
