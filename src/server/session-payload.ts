import { parseJson } from "./read-body.ts";
import { readRequestBody } from "./request-body.ts";
import { refuse } from "./respond.ts";

/** More than any cart needs. */
const bodyLimit = 64 * 1024;

/** What the page sent, as a request that the merchant can parse. */
export interface Payload {
  readonly request: Request;
  /** A plain form, from a page without scripts. */
  readonly isForm: boolean;
}

/** Reads the body once and hands out a request of its own. A `Response` is the refusal of a body that is unusable. */
export async function readPayload(request: Request): Promise<Payload | Response> {
  const body = await readRequestBody(request, bodyLimit);
  if (!body) return refuse(413, "too-large");
  const header = request.headers.get("content-type");
  const type = header || (body.length ? "" : "application/json");
  const mediaType = type.split(";")[0]?.trim().toLowerCase() ?? "";
  const isForm = mediaType === "application/x-www-form-urlencoded" || mediaType === "multipart/form-data";
  // Any other type is what a page of another origin may send without a preflight.
  if (!isForm && mediaType !== "application/json") return refuse(415, "unsupported-type");
  const copy = (content: BodyInit) => copyRequest(request, content, type);
  try {
    if (isForm) await copy(body).formData();
    // Nothing at all, or null, is an empty payload.
    else if (!body.length || parseJson(body) === null) return { request: copy("{}"), isForm };
  } catch {
    return refuse(400, "invalid-body");
  }
  return { request: copy(body), isForm };
}

function copyRequest({ url, method, headers, signal }: Request, body: BodyInit, type: string): Request {
  const copy = new Request(url, { method, headers, signal, body });
  copy.headers.set("content-type", type);
  return copy;
}
