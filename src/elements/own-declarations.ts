import type { PropertyDeclarations } from "lit";

/** Lit would read the fields that a declaration leaves out from a polluted `Object.prototype`. */
export function ownDeclarations(declarations: PropertyDeclarations): void {
  for (const declaration of Object.values(declarations)) Object.setPrototypeOf(declaration, null);
}
