import type { DinteroClient } from "./client.ts";
import { DinteroError, invalidOption } from "./errors.ts";
import { answer, guard, isResponse, readBody, refuse, refuseMethod, type ErrorOptions } from "./http.ts";
import { isId } from "./id.ts";
import type { SessionRequest, SessionUpdate } from "./session.ts";

/** More than any cart needs. */
const bodyLimit = 64 * 1024;

type Awaitable<T> = T | Promise<T>;

export interface SessionHandlerOptions extends ErrorOptions {
  readonly client: Pick<DinteroClient, "createSession" | "updateSession" | "testMode">;
  /**
   * Says what is sold and for how much, from the merchant's own catalogue: the request's body is the browser's and not to
   * be trusted with prices. It can be read as JSON (`{}` when there is none) or as a form. A `Response` that is returned
   * or thrown is the answer; the `message` of a 4xx in it is shown to the shopper.
   */
  createSession(request: Request): Awaitable<SessionRequest | Response>;
  /**
   * Decides whether this shopper may touch this session (throw or return a `Response` if not) and says what changes.
   * Without it `PUT` is refused.
   */
  updateSession?: ((request: Request, sessionId: string) => Awaitable<SessionUpdate | Response>) | undefined;
  /**
   * Other origins whose pages may ask, such as `https://shop.example`; also the shop's own where a proxy hides it from
   * the server and browsers without `Sec-Fetch-Site` matter.
   */
  readonly allowedOrigins?: readonly string[] | undefined;
}

/** The endpoint that `<dintero-checkout endpoint>` asks: makes a session (`POST`) and updates it (`PUT ?session_id=`). */
export function createSessionHandler(
  options: SessionHandlerOptions,
): (request: Request) => Promise<Response> {
  const { client, createSession, updateSession, allowedOrigins = [] } = options;
  for (const origin of allowedOrigins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      invalidOption(
        "allowedOrigins",
        "must list origins such as https://shop.example, without a path and never *",
      );
    }
  }
  const cors = allowedOrigins.length > 0;
  const methods = `POST${updateSession ? ", PUT" : ""}`;
  const allow = cors ? `${methods}, OPTIONS` : methods;

  async function respond(request: Request): Promise<Response> {
    const { method, url, headers, signal } = request;
    if (isForeign(request, allowedOrigins)) return refuse(403, "origin-not-allowed");
    if (method === "OPTIONS" && cors) {
      const preflight = {
        allow,
        "access-control-allow-methods": methods,
        "access-control-allow-headers": "content-type",
        "access-control-max-age": "600",
      };
      return new Response(null, { status: 204, headers: preflight });
    }
    const update = method === "PUT" && updateSession;
    if (method !== "POST" && !update) return refuseMethod(allow);

    const sessionId = new URL(url).searchParams.get("session_id");
    if (update && !isId(sessionId)) return refuse(400, "invalid-session-id");

    const type = (headers.get("content-type") ?? "").split(";")[0]!.trim().toLowerCase();
    const body = await readBody(request, bodyLimit).catch(() => undefined);
    if (body === undefined) return refuse(400, "invalid-body");
    if (body === null) return refuse(413, "body-too-large");
    const form = type === "application/x-www-form-urlencoded" || type === "multipart/form-data";
    // No body needs no type. Anything else is what a foreign page can send without asking first.
    if (!form && type !== "application/json" && (type || body.byteLength))
      return refuse(415, "unsupported-media-type");
    // The merchant gets a request of its own: the first one is read.
    const own = new Request(url, { method, headers, signal, body: form ? body : jsonBody(body) });

    if (update) {
      const changes = await update(own, sessionId!);
      if (isResponse(changes)) return changes;
      const { id } = await client.updateSession(sessionId!, changes, { signal });
      return answer(200, { id });
    }
    const order = await createSession(own);
    if (isResponse(order)) return order;
    const session = await client.createSession(order, { signal });
    return form
      ? new Response(null, { status: 303, headers: { location: session.url, "cache-control": "no-store" } })
      : answer(200, { id: session.id, url: session.url });
  }

  return async (request) => {
    const response = await guard(request, options, client.testMode, () => respond(request));
    const headers = new Headers(response.headers);
    headers.append("vary", "Origin");
    const origin = request.headers.get("origin");
    if (origin && allowedOrigins.includes(origin)) {
      headers.set("access-control-allow-origin", origin);
      headers.set("access-control-allow-credentials", "true");
    }
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
  };
}

/** Whether a page of another origin asks. A request that names no origin comes from no browser, or from the page itself. */
function isForeign({ headers, url }: Request, allowedOrigins: readonly string[]): boolean {
  const origin = headers.get("origin");
  if (origin && allowedOrigins.includes(origin)) return false;
  // The browser's own word comes first: behind a proxy our url need not be the one that the page knows.
  const site = headers.get("sec-fetch-site");
  if (site) return site !== "same-origin" && site !== "none";
  return origin !== null && origin !== new URL(url).origin;
}

/** The body as it came if it is JSON, `{}` for none; throws a `SyntaxError` otherwise. */
function jsonBody(body: ArrayBuffer): string {
  const text = new TextDecoder().decode(body);
  return text && JSON.parse(text) !== null ? text : "{}";
}
