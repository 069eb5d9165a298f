import type { Context } from "hono";
import { parseJson, readBody } from "../core/read-body.ts";
import { SandboxError } from "./errors.ts";

/** Bytes: more than any session needs. */
const bodyLimit = 1024 * 1024;

/** The JSON of a request, or a 400; a 413 as soon as it is too long. `whenEmpty` replaces an empty body. */
export async function readJson({ req }: Context, whenEmpty = ""): Promise<unknown> {
  const announced = Number(req.header("Content-Length"));
  if (announced > bodyLimit) throw tooLarge();
  const body = await readBody(req.raw, bodyLimit);
  if (!body) throw tooLarge();
  try {
    return body.length ? parseJson(body) : JSON.parse(whenEmpty);
  } catch {
    throw new SandboxError(400, "invalid_json", "The body is not JSON");
  }
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

function tooLarge(): SandboxError {
  return new SandboxError(413, "too_large", `The body is longer than ${bodyLimit} bytes`);
}
