/** Reads data that came from outside: only its own fields, so that a polluted `Object.prototype` adds nothing. */
export function ownField(data: unknown, name: string): unknown {
  return typeof data === "object" && data !== null && Object.hasOwn(data, name)
    ? (data as Record<string, unknown>)[name]
    : undefined;
}

/** The same for a text; null where there is none. */
export function ownText(data: unknown, name: string): string | null {
  const value = ownField(data, name);
  return typeof value === "string" ? value : null;
}
