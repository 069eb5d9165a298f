import { SandboxError, type Problem } from "./errors.ts";

export type Json = Readonly<Record<string, unknown>>;

/** Collects what is wrong, each with its path, as Dintero's own schema check does. */
export class Check {
  readonly problems: Problem[] = [];

  add(path: string, code: string, message: string): void {
    this.problems.push({ path, code, message });
  }

  object(value: unknown, path: string, required = true): Json | undefined {
    if (value === undefined && !required) return undefined;
    if (value !== null && typeof value === "object" && !Array.isArray(value)) return value as Json;
    this.add(path, value === undefined ? "required" : "type", `${path} must be an object`);
    return undefined;
  }

  text(parent: Json, key: string, path: string, required = true): string | undefined {
    const value = parent[key];
    if (value === undefined && !required) return undefined;
    if (typeof value === "string" && value !== "") return value;
    this.add(path, value === undefined ? "required" : "type", `${path} must be a text that is not empty`);
    return undefined;
  }

  integer(parent: Json, key: string, path: string, { required = true, min = -Infinity } = {}): void {
    const value = parent[key];
    if (value === undefined && !required) return;
    if (!Number.isSafeInteger(value)) {
      const code = value === undefined ? "required" : "type";
      this.add(path, code, `${path} must be an integer in the currency's smallest unit (299.90 is 29990)`);
    } else if ((value as number) < min) this.add(path, "minimum", `${path} must be at least ${min}`);
  }

  number(parent: Json, key: string, path: string, max = Infinity, required = false): void {
    const value = parent[key];
    if (value === undefined && !required) return;
    if (typeof value !== "number" || !Number.isFinite(value) || value < 0 || value > max)
      this.add(path, value === undefined ? "required" : "type", `${path} must be a number from 0 to ${max}`);
  }

  url(parent: Json, key: string, path: string, required: boolean, httpOnly: boolean): void {
    const value = this.text(parent, key, path, required);
    if (value === undefined) return;
    if (!URL.canParse(value)) this.add(path, "format", `${path} must be a whole address, with its scheme`);
    else if (httpOnly && !/^https?:$/.test(new URL(value).protocol))
      this.add(path, "format", `${path} must be an http or https address`);
  }

  list(value: unknown, path: string): readonly unknown[] {
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    this.add(path, "type", `${path} must be a list`);
    return [];
  }

  /** The body itself; without it there is nothing more to check. */
  body(value: unknown): Json {
    const body = this.object(value, "body");
    this.done();
    return body ?? {};
  }

  done(): void {
    if (this.problems.length)
      throw new SandboxError(400, "invalid_body", "The body does not fit the schema", this.problems);
  }
}
