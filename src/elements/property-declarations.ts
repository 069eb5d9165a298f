import type { PropertyDeclarations } from "lit";

/** Lit would read the fields that a declaration leaves out from a polluted `Object.prototype`. */
export function ownDeclarations(declarations: PropertyDeclarations): void {
  for (const declaration of Object.values(declarations)) Object.setPrototypeOf(declaration, null);
}

/** The value of a boolean attribute. React 18 writes `false` as text: `validate-session="false"`. */
export function isTrue(value: string | null): boolean {
  return value !== null && value !== "false";
}
