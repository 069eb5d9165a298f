import { isId } from "../../dintero/ids.ts";
import type { SessionRequest, SessionUpdate } from "../../dintero/session.ts";
import type { DinteroClient } from "../client.ts";
import { parseJson, readRequestBody } from "../body.ts";
import { createCors, type CorsOptions } from "./cors.ts";
import { createHandler, type ErrorOptions, type Handler } from "./handler.ts";
import { isResponse, Refusal, refuseMethod, respond, sendable } from "./respond.ts";

type Awaitable<T> = T | Promise<T>;

export interface SessionHandlerOptions<R extends Request = Request, C = unknown>
  extends ErrorOptions<C>, CorsOptions {
  readonly client: Pick<DinteroClient, "createSession" | "updateSession" | "testMode">;
  /**
   * Decides what is sold and for how much, from the merchant's own catalogue: the request's body is the browser's and not to
   * be trusted with prices. It can be read as JSON (`{}` when there is none) or as a form. A `Response` that is returned
   * or thrown is the answer, and may be a constant; the `message` of a 4xx in it is shown to the shopper. `request` is
   * the one that the handler was called with, and `context` its second argument.
   */
  createSession(request: R, context: C): Awaitable<SessionRequest | Response>;
  /**
   * Decides whether this shopper may touch this session (throw or return a `Response` if not) and what changes.
   * Without it `PUT` is refused.
   */
  updateSession?:
    ((request: R, sessionId: string, context: C) => Awaitable<SessionUpdate | Response>) | undefined;
}

/** More than any cart needs. */
const bodyLimit = 64 * 1024;

/**
 * The endpoint of `<dintero-checkout endpoint>`: creates a session (`POST`: JSON is answered with `{"id","url"}`, a plain
 * form with 303 to the url) and updates it (`PUT ?session_id=`). Bodies of up to 64 KB.
 */
export function createSessionHandler<R extends Request = Request, C = unknown>(
  options: SessionHandlerOptions<R, C>,
): Handler<R, C> {
  const { client } = options;
  const cors = createCors(options, options.updateSession ? ["POST", "PUT"] : ["POST"]);

  async function create(request: R, context: C): Promise<Response | Refusal> {
    const payload = await checkPayload(request, context);
    if (payload instanceof Refusal) return payload;
    const wanted = await options.createSession(request, context);
    if (isResponse(wanted)) return sendable(wanted);
    const session = await client.createSession(wanted, { signal: request.signal });
    return payload === "form" ? respond(303, session, { location: session.url }) : respond(200, session);
  }

  async function update(request: R, context: C): Promise<Response | Refusal> {
    const sessionId = new URL(request.url).searchParams.get("session_id");
    if (!isId(sessionId)) {
      return new Refusal({
        status: 400,
        code: "invalid-id",
        reason: "session_id in its address is not an id",
      });
    }
    const payload = await checkPayload(request, context);
    if (payload instanceof Refusal) return payload;
    const wanted = await options.updateSession?.(request, sessionId, context);
    if (isResponse(wanted)) return sendable(wanted);
    if (!wanted) throw new TypeError("updateSession() returned nothing: return an update or a Response");
    await client.updateSession(sessionId, wanted, { signal: request.signal });
    return respond(200, { id: sessionId });
  }

  async function work(request: R, context: C): Promise<Response | Refusal> {
    if (request.method === "POST") return create(request, context);
    if (request.method === "PUT" && options.updateSession) return update(request, context);
    return refuseMethod(cors.methods);
  }

  return createHandler({ work, cors, onError: options.onError, isTestMode: () => client.testMode });
}

/** Whether the page sent JSON or a plain form (from a page without scripts), or why what it sent is unusable. */
async function checkPayload(request: Request, context: unknown): Promise<"json" | "form" | Refusal> {
  const body = await readRequestBody(request, { limit: bodyLimit, context });
  if (!body) {
    const reason = "its body is over 64 KB; a cart needs the products' ids and quantities, and no more";
    return new Refusal({ status: 413, code: "too-large", reason });
  }
  const type = request.headers.get("content-type") || (body.length ? "" : "application/json");
  const mediaType = type.split(";")[0]?.trim().toLowerCase() ?? "";
  const isForm = mediaType === "application/x-www-form-urlencoded" || mediaType === "multipart/form-data";
  // Any other type is what a page of another origin may send without a preflight.
  if (!isForm && mediaType !== "application/json") {
    const reason = `its Content-Type is ${JSON.stringify(mediaType)}, and must be application/json or a form's`;
    return new Refusal({ status: 415, code: "unsupported-type", reason });
  }
  try {
    if (isForm) await new Response(body, { headers: { "content-type": type } }).formData();
    // Nothing at all, or null, is an empty payload.
    else if (!body.length || parseJson(body) === null) giveEmptyPayload(request);
  } catch {
    const reason = `its body is not ${isForm ? "the form" : "the JSON"} that its Content-Type promises`;
    return new Refusal({ status: 400, code: "invalid-body", reason });
  }
  return isForm ? "form" : "json";
}

/** Lets the merchant read `{}` from a request that has nothing to read. */
function giveEmptyPayload(request: Request): void {
  Object.defineProperties(request, {
    json: { value: () => Promise.resolve({}), configurable: true },
    text: { value: () => Promise.resolve("{}"), configurable: true },
  });
  try {
    request.headers.set("content-type", "application/json");
  } catch {
    // Some hosts do not let the headers of a request be changed.
  }
}
