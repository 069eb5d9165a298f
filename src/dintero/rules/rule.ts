import { ownField } from "../../core/own-fields.ts";

/** One thing that is wrong with what is sent to Dintero. */
export interface Problem {
  /** Where, as in `order.items[1].amount`. */
  readonly path: string;
  /** `required`, `type`, `range`, `format`, `enum`, `unique`, `limit`, `amount_mismatch` or `rate`. */
  readonly code: string;
  /** A sentence that begins with the path: `order.amount must be at least 0`. */
  readonly message: string;
}

/** What a value at a path must be: nothing is returned when it is so. */
export type Rule = (value: unknown, path: string) => readonly Problem[];

export type Fields = Readonly<Record<string, unknown>>;

/** One problem. `requirement` completes "must be …", unless it is a whole predicate such as "is used twice". */
export function problem(path: string, code: string, requirement: string): readonly Problem[] {
  const predicate = /^(is|are|may|must|has) /.test(requirement) ? requirement : `must be ${requirement}`;
  return [{ path, code, message: `${path || "body"} ${predicate}` }];
}

const none: readonly Problem[] = [];

/** A rule made of a predicate. */
export function must(code: string, requirement: string, holds: (value: unknown) => boolean): Rule {
  return (value, path) => (holds(value) ? none : problem(path, code, requirement));
}

/** The first of several rules that is broken. */
export function both(...rules: readonly Rule[]): Rule {
  return (value, path) => {
    for (const rule of rules) {
      const problems = rule(value, path);
      if (problems.length) return problems;
    }
    return none;
  };
}

export function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** JSON has only own fields. Live plug-ins send null for what they leave out, and that counts as left out. */
export function fieldOf(value: unknown, name: string): unknown {
  return ownField(value, name) ?? undefined;
}

export interface Shape {
  readonly required?: Readonly<Record<string, Rule>>;
  readonly optional?: Readonly<Record<string, Rule>>;
}

/** An object. Other fields are accepted: live plug-ins send some that Dintero does not document. */
export function object({ required = {}, optional = {} }: Shape = {}): Rule {
  return (value, path) => {
    if (!isObject(value)) return problem(path, value === undefined ? "required" : "type", "an object");
    const at = (name: string): string => (path ? `${path}.${name}` : name);
    const missing = (name: string, rule: Rule): readonly Problem[] => {
      const given = fieldOf(value, name);
      return given === undefined ? problem(at(name), "required", "is required") : rule(given, at(name));
    };
    return [
      ...Object.entries(required).flatMap(([name, rule]) => missing(name, rule)),
      ...Object.entries(optional).flatMap(([name, rule]) => {
        const given = fieldOf(value, name);
        return given === undefined ? none : rule(given, at(name));
      }),
    ];
  };
}

/** A list. Problems of one entry do not hide those of the next. */
export function list(entry: Rule, { atMost = Infinity } = {}): Rule {
  return (value, path) => {
    if (!Array.isArray(value)) return problem(path, "type", "a list");
    if (value.length > atMost)
      return problem(path, "limit", `a list of at most ${atMost}, and has ${value.length}`);
    return value.flatMap((one: unknown, index) => entry(one, `${path}[${index}]`));
  };
}

/** A list in which no `line_id` stands twice: captures, refunds and choices refer to it. */
export function uniqueLines(rule: Rule): Rule {
  return (value, path) => {
    const problems = rule(value, path);
    if (!Array.isArray(value)) return problems;
    const seen = new Set<unknown>();
    const repeated = value.flatMap((line: unknown, index) => {
      const lineId = fieldOf(line, "line_id");
      if (lineId === undefined || !seen.has(lineId)) {
        seen.add(lineId);
        return none;
      }
      return problem(`${path}[${index}].line_id`, "unique", "is used twice");
    });
    return [...problems, ...repeated];
  };
}

/** An object of any keys whose values follow one rule. */
export function record(entry: Rule): Rule {
  return (value, path) =>
    isObject(value)
      ? Object.entries(value).flatMap(([name, one]) => (one === null ? none : entry(one, `${path}.${name}`)))
      : problem(path, "type", "an object");
}

export function oneOf(names: readonly string[]): Rule {
  return must("enum", `one of ${names.join(", ")}`, (value) => names.includes(value as string));
}
