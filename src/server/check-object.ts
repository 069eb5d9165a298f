import { invalidField } from "./errors.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** Refuses what is not an object. */
export function checkObject(value: unknown, path: string): asserts value is Fields {
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw invalidField(path, "an object");
  }
}

/** The objects of a list, each with its path; none when there is no list. */
export function checkObjects(list: unknown, path: string): readonly (readonly [Fields, string])[] {
  if (list === undefined) return [];
  if (!Array.isArray(list)) throw invalidField(path, "a list");
  return list.map((value: unknown, index) => {
    const place = `${path}[${index}]`;
    checkObject(value, place);
    return [value, place] as const;
  });
}

/** Refuses a `line_id` that two objects of a list share: captures, refunds and choices refer to it. */
export function checkLineIds(list: readonly (readonly [Fields, string])[]): void {
  const lineIds = new Set<unknown>();
  for (const [{ line_id: lineId }, path] of list) {
    if (lineId === undefined) continue;
    if (lineIds.has(lineId)) throw invalidField(`${path}.line_id`, "used once");
    lineIds.add(lineId);
  }
}
