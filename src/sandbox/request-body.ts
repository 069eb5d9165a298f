import type { Context } from "hono";
import { SandboxError } from "./errors.ts";

/** More than any session needs. */
const bodyLimit = 1024 * 1024;

/** The JSON of a request, or a 400; `whenEmpty` replaces an empty body. */
export async function readJson(context: Context, whenEmpty = ""): Promise<unknown> {
  let text: string;
  try {
    text = (await context.req.text()) || whenEmpty;
    if (text.length <= bodyLimit) return JSON.parse(text);
  } catch {
    throw new SandboxError(400, "invalid_json", "The body is not JSON");
  }
  throw new SandboxError(
    413,
    "too_large",
    `The body is ${text.length} characters long, more than ${bodyLimit}`,
  );
}

/** The same where only an object makes sense. */
export async function readObject(
  context: Context,
  whenEmpty?: string,
): Promise<Readonly<Record<string, unknown>>> {
  const body = await readJson(context, whenEmpty);
  if (typeof body !== "object" || body === null)
    throw new SandboxError(400, "invalid_request", "The body must be an object");
  return body as Readonly<Record<string, unknown>>;
}
