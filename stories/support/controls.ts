import type { ArgTypes } from "@storybook/web-components-vite";
import manifest from "../../custom-elements.json";

interface Attribute {
  readonly name: string;
  readonly fieldName?: string;
  readonly type?: { readonly text: string };
}

/** Controls for an element's attributes, from the manifest. They come first; properties have no control. */
export function controls(tag: string): ArgTypes {
  const attributes: ArgTypes = {};
  const properties: ArgTypes = {};
  for (const { name, fieldName, type } of attributesOf(tag)) {
    const text = type?.text ?? "";
    const options = [...text.matchAll(/"([^"]+)"/g)].map(([, option]) => option);
    const control = options.length ? "select" : text === "boolean" || text === "number" ? text : "text";
    if (fieldName && fieldName !== name) properties[fieldName] = { control: false };
    attributes[name] = {
      control: { type: control },
      ...(options.length ? { options } : {}),
    } as ArgTypes[string];
  }
  return { ...attributes, ...properties };
}

function attributesOf(tag: string): readonly Attribute[] {
  for (const { declarations } of manifest.modules) {
    for (const declaration of declarations) {
      if ("tagName" in declaration && declaration.tagName === tag && "attributes" in declaration) {
        return declaration.attributes as readonly Attribute[];
      }
    }
  }
  throw new Error(`custom-elements.json has no <${tag}>: run npm run manifest.`);
}
