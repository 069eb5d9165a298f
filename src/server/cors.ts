import { checkOrigins, originOf } from "./origins.ts";
import { refuse } from "./respond.ts";

export interface CorsOptions {
  /**
   * Other origins whose pages may call the handler, such as `https://shop.example` or `capacitor://localhost`, in any
   * spelling; also the shop's own where a proxy hides it from the server and browsers without `Sec-Fetch-Site` matter.
   * Never `*` or `null`.
   */
  readonly allowedOrigins?: readonly string[] | undefined;
}

interface Cors {
  /** For the header `Allow`. */
  readonly methods: string;
  /** Answers requests of other origins and preflights, and puts the CORS headers on the response of `work`. */
  handle(request: Request, work: () => Promise<Response>): Promise<Response>;
}

/** The same rules for every handler that a browser calls. */
export function createCors({ allowedOrigins }: CorsOptions, handled: readonly string[]): Cors {
  const origins = checkOrigins(allowedOrigins);
  const methods = [...handled, ...(origins.size ? ["OPTIONS"] : [])].join(", ");

  async function answer(request: Request, isAllowed: boolean, work: () => Promise<Response>) {
    if (!isAllowed && isForeign(request)) return refuse(403, "forbidden");
    if (isAllowed && request.method === "OPTIONS") return new Response(null, { status: 204 });
    return work();
  }

  async function handle(request: Request, work: () => Promise<Response>): Promise<Response> {
    const isAllowed = origins.has(originOf(request) ?? "");
    const response = await answer(request, isAllowed, work);
    response.headers.append("vary", "Origin");
    if (isAllowed) {
      response.headers.set("access-control-allow-origin", request.headers.get("origin") ?? "");
      response.headers.set("access-control-allow-credentials", "true");
      response.headers.set("access-control-allow-methods", methods);
      response.headers.set("access-control-allow-headers", "content-type");
    }
    return response;
  }

  return { methods, handle };
}

/**
 * Whether a page of another origin sends the request. `Sec-Fetch-Site` comes first: behind a proxy our url
 * can differ from the page's. A request without an origin does not come from a browser.
 */
function isForeign(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site) return site !== "same-origin" && site !== "none";
  const origin = request.headers.get("origin");
  return origin !== null && origin !== new URL(request.url).origin;
}
