import { invalidOption } from "./errors.ts";

const parameterTypes: readonly string[] = ["string", "number", "boolean", "undefined"];

/** Refuses query parameters that are not texts, numbers, booleans or lists of them. */
export function checkQuery(query: object): void {
  for (const [name, value] of Object.entries(query) as [string, unknown][]) {
    if (![value].flat().every((one) => parameterTypes.includes(typeof one))) {
      throw invalidOption(`query.${name}`, "a text, a number, a boolean or a list of them");
    }
  }
}
