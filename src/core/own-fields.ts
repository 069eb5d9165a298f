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

/**
 * Options for the browser, such as those of `addEventListener()` and `fetch()`, that have their own fields only: it would
 * read the missing ones from a polluted `Object.prototype`.
 */
export function ownOptions<T extends object>(options: T): T {
  return Object.assign(Object.create(null) as T, options);
}
