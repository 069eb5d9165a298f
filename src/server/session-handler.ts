import type { DinteroClient } from "./client.ts";
import { must } from "./errors.ts";
import {
  answer,
  guard,
  isResponse,
  jsonOf,
  readBody,
  refuse,
  refuseMethod,
  type ErrorOptions,
} from "./http.ts";
import { isId } from "../dintero/ids.ts";
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
  // As a browser writes it; nothing else ever matches.
  const origins = allowedOrigins.every((origin) => /^https?:\/\/[^A-Z*/?#@]+(?<!:443)$/.test(origin));
  must(origins, "allowedOrigins", "like https://shop.example");
  const allow = `POST${updateSession ? ", PUT" : ""}${allowedOrigins[0] ? ", OPTIONS" : ""}`;

  return async (request) => {
    const { method, url, headers, signal } = request;
    const origin = headers.get("origin");
    const allowed = allowedOrigins.includes(origin!);

    const response = await guard(request, options, client.testMode, async () => {
      // The browser's own word comes first: behind a proxy our url need not be the one that the page knows. A request
      // that names no origin comes from no browser.
      const site = headers.get("sec-fetch-site");
      const foreign = site ? !/^(same-origin|none)$/.test(site) : origin && origin !== new URL(url).origin;
      if (foreign && !allowed) return refuse(403, "forbidden");
      if (method === "OPTIONS" && allowed) return new Response(null, { status: 204 });
      const update = method === "PUT" && updateSession;
      if (method !== "POST" && !update) return refuseMethod(allow);
      const sessionId = new URL(url).searchParams.get("session_id");
      if (update && !isId(sessionId)) return refuse(400, "invalid-id");

      const body = await readBody(request, bodyLimit);
      if (!body) return refuse(413, "too-large");
      // Nothing at all is an empty payload. Any other type is what a foreign page may send without asking first.
      const type = headers.get("content-type") || (body.length ? "" : "application/json");
      const form = /^[^;]*\bform-/i.test(type);
      if (!form && !/^application\/json/i.test(type)) return refuse(415, "unsupported-type");
      // The merchant gets a request of its own, since the first one is read, and one that it can parse.
      const copy = (content: BodyInit) => {
        const own = new Request(url, { method, headers, signal, body: content });
        own.headers.set("content-type", type);
        return own;
      };
      const parse = async () => (form ? copy(body).formData() : body.length ? jsonOf(body) : null);
      const value: unknown = await parse().catch(() => undefined);
      if (value === undefined) return refuse(400, "invalid-body");
      const own = copy(value === null ? "{}" : body);

      const wanted = await (update ? update(own, sessionId!) : createSession(own));
      if (isResponse(wanted)) return wanted;
      if (update) {
        await client.updateSession(sessionId!, wanted, { signal });
        return answer(200, { id: sessionId });
      }
      const session = await client.createSession(wanted as SessionRequest, { signal });
      return answer(form ? 303 : 200, session, form ? { location: session.url } : {});
    });

    // One whose headers can be changed.
    const answered = new Response(response.body, response);
    answered.headers.append("vary", "Origin");
    if (allowed) {
      const cors = { origin: origin!, credentials: "true", methods: allow, headers: "content-type" };
      for (const [name, value] of Object.entries(cors)) {
        answered.headers.set(`access-control-allow-${name}`, value);
      }
    }
    return answered;
  };
}
