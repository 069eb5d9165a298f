import * as v from "valibot";
import { SandboxError, type Problem } from "../errors.ts";

/** What a schema makes of a body, or a 400 that names each path that is wrong, as in `order.items[1].amount`. */
export function parse<T>(schema: v.GenericSchema<unknown, T>, body: unknown): T {
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  throw refusal(result.issues.map(toProblem));
}

/** The 400 of a body that does not fit. */
export function refusal(problems: readonly Problem[]): SandboxError {
  return new SandboxError(400, "invalid_body", "The body does not fit the schema", problems);
}

function toProblem(issue: v.BaseIssue<unknown>): Problem {
  const path = dotPath(issue.path ?? []);
  // A field that is not there is an issue of the object around it.
  if (issue.received === "undefined") return { path, code: "required", message: `${path} is required` };
  return { path, code: issue.type, message: `${path} ${issue.message}` };
}

function dotPath(path: readonly v.IssuePathItem[]): string {
  let text = "";
  for (const { key } of path) text += typeof key === "number" ? `[${key}]` : `${text && "."}${String(key)}`;
  return text || "body";
}
