import type { ArgTypes } from "@storybook/web-components-vite";
import manifest from "../../custom-elements.json";

interface Attribute {
  readonly name: string;
  readonly fieldName?: string;
  readonly type?: { readonly text: string };
}

/** Controls for an element's attributes, as the manifest describes them; its properties are shown without. */
export function controls(tag: string): ArgTypes {
  const found: ArgTypes = {};
  const properties: ArgTypes = {};
  for (const { name, fieldName, type } of attributesOf(tag)) {
    const text = type?.text ?? "";
    const words = [...text.matchAll(/"([^"]+)"/g)].map(([, word]) => word);
    const control = words.length ? "select" : text === "boolean" || text === "number" ? text : "text";
    if (fieldName && fieldName !== name) properties[fieldName] = { control: false };
    found[name] = {
      control: { type: control },
      ...(words.length ? { options: words } : {}),
    } as ArgTypes[string];
  }
  return { ...found, ...properties };
}

function attributesOf(tag: string): readonly Attribute[] {
  for (const { declarations } of manifest.modules) {
    for (const declaration of declarations) {
      if ("tagName" in declaration && declaration.tagName === tag && "attributes" in declaration) {
        return declaration.attributes as readonly Attribute[];
      }
    }
  }
  throw new Error(`The manifest knows no <${tag}>: run npm run manifest.`);
}
