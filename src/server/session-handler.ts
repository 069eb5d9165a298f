import { isId } from "../dintero/ids.ts";
import type { SessionRequest, SessionUpdate } from "../dintero/session.ts";
import { answerErrors, type ErrorOptions } from "./answer-errors.ts";
import type { DinteroClient } from "./client.ts";
import { createCors, type CorsOptions } from "./cors.ts";
import { copyResponse, isResponse, refuse, refuseMethod, respond } from "./respond.ts";
import { readPayload, type Payload } from "./session-payload.ts";

type Awaitable<T> = T | Promise<T>;

export interface SessionHandlerOptions extends ErrorOptions, CorsOptions {
  readonly client: Pick<DinteroClient, "createSession" | "updateSession" | "testMode">;
  /**
   * Decides what is sold and for how much, from the merchant's own catalogue: the request's body is the browser's and not to
   * be trusted with prices. It can be read as JSON (`{}` when there is none) or as a form. A `Response` that is returned
   * or thrown is the answer; the `message` of a 4xx in it is shown to the shopper.
   */
  createSession(request: Request): Awaitable<SessionRequest | Response>;
  /**
   * Decides whether this shopper may touch this session (throw or return a `Response` if not) and what changes.
   * Without it `PUT` is refused.
   */
  updateSession?: ((request: Request, sessionId: string) => Awaitable<SessionUpdate | Response>) | undefined;
}

/**
 * The endpoint of `<dintero-checkout endpoint>`: creates a session (`POST`: JSON is answered with `{"id","url"}`, a plain
 * form with 303 to the url) and updates it (`PUT ?session_id=`). Bodies of up to 64 KB.
 */
export function createSessionHandler(
  options: SessionHandlerOptions,
): (request: Request) => Promise<Response> {
  const { client } = options;
  const cors = createCors(options, options.updateSession ? ["POST", "PUT"] : ["POST"]);

  async function create({ request, isForm }: Payload): Promise<Response> {
    const wanted = await options.createSession(request);
    if (isResponse(wanted)) return copyResponse(wanted);
    const session = await client.createSession(wanted, { signal: request.signal });
    return isForm ? respond(303, session, { location: session.url }) : respond(200, session);
  }

  async function update({ request }: Payload, sessionId: string): Promise<Response> {
    const wanted = await options.updateSession?.(request, sessionId);
    if (isResponse(wanted)) return copyResponse(wanted);
    if (!wanted) throw new TypeError("updateSession() returned nothing: return an update or a Response");
    await client.updateSession(sessionId, wanted, { signal: request.signal });
    return respond(200, { id: sessionId });
  }

  async function handle(request: Request): Promise<Response> {
    const isUpdate = request.method === "PUT" && options.updateSession !== undefined;
    if (request.method !== "POST" && !isUpdate) return refuseMethod(cors.methods);
    const sessionId = new URL(request.url).searchParams.get("session_id");
    if (isUpdate && !isId(sessionId)) return refuse(400, "invalid-id");
    const payload = await readPayload(request);
    if (isResponse(payload)) return payload;
    return isUpdate && sessionId !== null ? update(payload, sessionId) : create(payload);
  }

  const answerOptions = { onError: options.onError, testMode: client.testMode };
  return (request) => cors.handle(request, () => answerErrors(request, answerOptions, () => handle(request)));
}
