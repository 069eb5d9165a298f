/** Whether a value can stand in a path as an id: letters, digits, `.`, `_`, `-`, and not a way up. */
export function isId(value: unknown): value is string {
  return typeof value === "string" && /^(?!\.\.?$)[\w.-]{1,256}$/.test(value);
}
