import { DinteroCheckoutError } from "./errors.ts";

/** The text of a `payload` attribute that is not JSON. */
class InvalidPayload {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** The value of the attribute `payload`. */
export function parsePayload(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return new InvalidPayload(text);
  }
}

/** The payload as the page means it: JSON text of an object or array stands for that. @throws `invalid-payload` */
export function readPayload(payload: unknown): unknown {
  encodePayload(payload);
  return resolve(payload);
}

/** The payload as JSON text, `{}` without one. @throws `invalid-payload` */
export function encodePayload(payload: unknown): string {
  try {
    return JSON.stringify(toJson(resolve(payload) ?? {}, "payload", new Set()));
  } catch (cause) {
    if (cause instanceof DinteroCheckoutError) throw cause;
    throw invalid(`payload is not JSON: ${describeThrown(cause)}.`, cause);
  }
}

function resolve(payload: unknown): unknown {
  if (payload instanceof InvalidPayload) throw invalid(`payload='${payload.text}' is not JSON.`);
  if (typeof payload !== "string" || !/^\s*[[{]/.test(payload)) return payload;
  // Where a template has turned an object into text, it is "[object Object]".
  const value = parsePayload(payload);
  if (value instanceof InvalidPayload) throw invalid(`payload="${payload}" is not JSON.`);
  return value;
}

/** Whether it can be sent. */
export function isPayload(payload: unknown): boolean {
  try {
    encodePayload(payload);
    return true;
  } catch {
    return false;
  }
}

/**
 * A copy of what `JSON.stringify()` would write, without what it turns into something else without a word: `NaN` into
 * null, a `FormData` or a `Map` into `{}`, a function into nothing. An undefined field is an absent one.
 */
function toJson(value: unknown, path: string, parents: Set<unknown>): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      if (Number.isFinite(value)) return value;
      throw notJson(path, String(value));
    case "object":
      break;
    case "undefined":
      throw notJson(path, "undefined");
    default:
      throw notJson(path, `of type ${typeof value}`);
  }
  if (value === null) return null;
  if (parents.has(value)) throw notJson(path, "a part of itself");
  parents.add(value);
  const copy = copyObject(value, path, parents);
  parents.delete(value);
  return copy;
}

function copyObject(value: object, path: string, parents: Set<unknown>): unknown {
  const { toJSON } = value as { readonly toJSON?: unknown };
  if (typeof toJSON === "function") {
    const json: unknown = Reflect.apply(toJSON, value, [""]);
    // That of an invalid Date is null.
    if (json === null || json === undefined) throw notJson(path, `an invalid ${nameOf(value)}`);
    if (json !== value) return toJson(json, path, parents);
  }
  if (Array.isArray(value))
    return Array.from(value, (item, index) => toJson(item, `${path}[${index}]`, parents));
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  // The only field of its own that an event has says whether a user caused it.
  if (value instanceof Event || (fields.length === 0 && !isPlain(value)))
    throw notJson(path, `of type ${nameOf(value)}`);
  return Object.fromEntries(fields.map(([name, field]) => [name, toJson(field, `${path}.${name}`, parents)]));
}

/** Whether it is an object literal, of this page's realm or of another's. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function nameOf(value: object): string {
  const { constructor } = value;
  return (typeof constructor === "function" && constructor.name) || "object";
}

function notJson(path: string, found: string): DinteroCheckoutError {
  return invalid(`payload is not JSON: ${path} is ${found}.`);
}

function invalid(what: string, cause?: unknown): DinteroCheckoutError {
  return new DinteroCheckoutError("invalid-payload", { what, cause });
}

/** A getter or `toJSON()` of the page may throw anything. */
function describeThrown(cause: unknown): string {
  return cause instanceof Error ? cause.message : typeof cause;
}
