import { SandboxError } from "./errors.ts";

/** What the filters of a list read, by name. */
export interface Filters<T> {
  readonly idOf: (entry: T) => string;
  /** May repeat: one of the values must match. */
  readonly repeatable?: Readonly<Record<string, (entry: T) => unknown>>;
  readonly single?: Readonly<Record<string, (entry: T) => unknown>>;
  /** Numbers with `.gte` and `.lte`. */
  readonly amounts?: Readonly<Record<string, (entry: T) => number | undefined>>;
  /** Times, ISO 8601, with `.gte` and `.lte`. */
  readonly times?: Readonly<Record<string, (entry: T) => string | undefined>>;
  /** Whole values that `search` finds. */
  readonly searchable?: (entry: T) => readonly unknown[];
  /** Parameters that are not filters. */
  readonly others?: readonly string[];
}

/** What matches, as one page: `limit` is 1 to 100, `starting_after` the last one seen. */
export function listPage<T>(
  entries: readonly T[],
  query: URLSearchParams,
  filters: Filters<T>,
): readonly T[] {
  const matchers = [...new Set(query.keys())].map((name) => matcherOf(name, query, filters));
  const found = entries.filter((entry) => matchers.every((matches) => matches(entry)));
  const limit = limitOf(query.get("limit"));
  const after = query.get("starting_after");
  const start = after === null ? 0 : found.findIndex((entry) => filters.idOf(entry) === after) + 1;
  if (after !== null && start === 0)
    throw invalid("starting_after must be the id of the last entry of the page before");
  return found.slice(start, start + limit);
}

function matcherOf<T>(name: string, query: URLSearchParams, filters: Filters<T>): (entry: T) => boolean {
  const values = query.getAll(name);
  const [value = ""] = values;
  if (["limit", "starting_after", ...(filters.others ?? [])].includes(name)) return () => true;
  const { searchable } = filters;
  if (name === "search" && searchable)
    return (entry) =>
      searchable(entry).some(
        (text) => typeof text === "string" && text.toLowerCase() === value.toLowerCase(),
      );
  const [field = "", bound] = name.split(/\.(?=gte$|lte$)/);
  if (bound) {
    const within = (read: number, limit: number) => (bound === "gte" ? read >= limit : read <= limit);
    const amount = own(filters.amounts, field);
    const time = own(filters.times, field);
    const limit = amount ? Number(value) : Date.parse(value);
    if ((amount ?? time) && Number.isNaN(limit))
      throw invalid(`${name} must be ${amount ? "a whole number" : "a time, as in 2026-11-22T20:00:00Z"}`);
    if (amount) return (entry) => within(amount(entry) ?? NaN, limit);
    if (time) return (entry) => within(Date.parse(time(entry) ?? ""), limit);
  }
  const many = own(filters.repeatable, name);
  if (many) return (entry) => values.includes(String(many(entry)));
  const one = own(filters.single, name);
  if (one) return (entry) => String(one(entry)) === value;
  throw invalid(`There is no filter ${name}; what Dintero does with unknown ones is not documented`);
}

/** The name comes from the query: `__proto__` is no filter. */
function own<T>(readers: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return readers && Object.hasOwn(readers, name) ? readers[name] : undefined;
}

function limitOf(text: string | null): number {
  const limit = Number(text ?? 10);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw invalid("limit must be a whole number from 1 to 100");
  return limit;
}

function invalid(message: string): SandboxError {
  return new SandboxError(400, "invalid_query", message);
}
