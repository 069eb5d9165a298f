import { isObject } from "../../dintero/rules/rule.ts";

/** What is known of an answer, by its path: types and names, never values of the shop or its shoppers. */
export type Shape = ReadonlyMap<string, string>;

/** Fields whose values are names of Dintero's: they are compared as they are. */
const enumerations: ReadonlySet<string> = new Set([
  "channel",
  "code",
  "country",
  "currency",
  "event",
  "payability",
  "payment_operation",
  "payment_product",
  "payment_product_type",
  "settlement_status",
  "status",
  "token_type",
  "transaction_status",
]);

const formats: readonly (readonly [string, RegExp])[] = [
  ["time", /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/],
  ["id of the account", /^[TP]\d{8}\.[\w.-]+$/],
  ["uuid", /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i],
  ["address", /^[a-z][a-z\d+.-]*:\/\//i],
];

/** The types of everything in an answer. Entries of a list share their paths: `events[].event`. */
export function shapeOf(value: unknown): Shape {
  const found = new Map<string, Set<string>>();
  const add = (path: string, type: string): void => {
    found.set(path, (found.get(path) ?? new Set()).add(type));
  };
  const visit = (part: unknown, path: string, name: string): void => {
    if (Array.isArray(part)) {
      add(path, part.length ? "list" : "empty list");
      const order = part.map((entry) => nameOf(entry)).filter((entry) => entry !== undefined);
      if (order.length) add(`${path}[] in order`, order.join(", "));
      for (const entry of part) visit(entry, `${path}[]`, name);
    } else if (isObject(part)) {
      add(path, "object");
      for (const [key, field] of Object.entries(part)) visit(field, path ? `${path}.${key}` : key, key);
    } else add(path, typeOf(part, name));
  };
  visit(value, "", "");
  return new Map([...found].map(([path, types]) => [path, [...types].sort().join(" or ")]));
}

/** The name of an event, in a session or a transaction. */
function nameOf(entry: unknown): string | undefined {
  if (!isObject(entry)) return undefined;
  const name = entry["event"] ?? (typeof entry["created_at"] === "string" ? entry["name"] : undefined);
  return typeof name === "string" && /^[A-Z_]+$/.test(name) ? name : undefined;
}

function typeOf(value: unknown, name: string): string {
  if (value === null) return "null";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "decimal";
  if (typeof value !== "string") return typeof value;
  if (enumerations.has(name) && /^[\w .-]{1,60}$/.test(value)) return `"${value}"`;
  return formats.find(([, format]) => format.test(value))?.[0] ?? (value === "" ? "empty text" : "text");
}
