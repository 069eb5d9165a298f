import { invalidOption } from "../errors.ts";
import { Refusal } from "./respond.ts";

export interface CorsOptions {
  /**
   * Other origins whose pages may call the handler, such as `https://shop.example` or `capacitor://localhost`, in any
   * spelling; also the shop's own where a proxy hides it from the server and browsers without `Sec-Fetch-Site` matter.
   * Never `*` or `null`.
   */
  readonly allowedOrigins?: readonly string[] | undefined;
}

export interface Cors {
  /** For the header `Allow`. */
  readonly methods: string;
  /** Refuses a request of another origin and answers a preflight; undefined for what the handler answers. */
  answer(request: Request): Response | Refusal | undefined;
  /** Lets the page that sent the request read the answer. */
  addHeaders(response: Response, request: Request): void;
}

/** Seconds a browser may keep the answer to a preflight; Chromium keeps none longer. */
const preflightAge = "7200";

/** The same rules for every handler that a browser calls. */
export function createCors({ allowedOrigins }: CorsOptions, handled: readonly string[]): Cors {
  const origins = checkOrigins(allowedOrigins);
  const methods = [...handled, ...(origins.size ? ["OPTIONS"] : [])].join(", ");
  const isAllowed = (request: Request): boolean => origins.has(originOf(request) ?? "");

  function answer(request: Request): Response | Refusal | undefined {
    if (!isAllowed(request)) {
      if (!isForeign(request)) return undefined;
      return new Refusal({ status: 403, code: "forbidden", reason: foreignReason(request) });
    }
    if (request.method !== "OPTIONS") return undefined;
    return new Response(null, {
      status: 204,
      headers: {
        "access-control-allow-methods": methods,
        // Monitoring scripts add headers of their own to every request of a page.
        "access-control-allow-headers":
          request.headers.get("access-control-request-headers") || "content-type",
        "access-control-max-age": preflightAge,
      },
    });
  }

  function addHeaders({ headers }: Response, request: Request): void {
    headers.append("vary", "Origin");
    if (!isAllowed(request)) return;
    headers.set("access-control-allow-origin", request.headers.get("origin") ?? "");
    headers.set("access-control-allow-credentials", "true");
  }

  return { methods, answer, addHeaders };
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

function foreignReason(request: Request): string {
  const origin = request.headers.get("origin");
  const own = new URL(request.url).origin;
  if (origin === null) return "another origin's page sent it, without its name (Sec-Fetch-Site)";
  if (origin === "null") {
    return "the page has no origin (a file, or a sandboxed frame), and cannot be allowed: serve it over http";
  }
  return (
    `its page's origin is ${origin}, and this server sees itself as ${own}: if the page is yours, add ` +
    `"${origin}" to allowedOrigins, or let the proxy in between pass the Host header on`
  );
}

/** Schemes whose pages have no origin of their own, or none that a request could name. */
const schemesWithoutOrigin: readonly string[] = [
  "about:",
  "blob:",
  "data:",
  "file:",
  "ftp:",
  "javascript:",
  "ws:",
  "wss:",
];

/**
 * The origins as browsers write them in the `Origin` header: IDN in ASCII, no default port, lower case; also those of
 * apps and browser extensions (`capacitor://localhost`). Throws for what no request could match.
 */
function checkOrigins(origins: unknown = []): ReadonlySet<string> {
  if (!Array.isArray(origins)) throw invalidOption("allowedOrigins", "a list");
  return new Set(origins.map(normalizeOrigin));
}

/** An `Origin` header as `checkOrigins` writes it. */
function originOf(request: Request): string | undefined {
  return request.headers.get("origin")?.toLowerCase();
}

function normalizeOrigin(value: unknown): string {
  const isAddress = typeof value === "string" && /^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(value);
  const url = isAddress && URL.canParse(value) ? new URL(value) : undefined;
  const isBare = url && (url.pathname === "/" || url.pathname === "") && !url.search && !url.hash;
  const isPlain = url?.host && !url.username && !url.password && !url.host.includes("*");
  if (!url || !isBare || !isPlain || schemesWithoutOrigin.includes(url.protocol)) {
    throw invalidOption(
      "allowedOrigins",
      "like https://shop.example or capacitor://localhost, and never * or null",
    );
  }
  // `origin` of a non-standard scheme is "null".
  const isHttp = url.protocol === "https:" || url.protocol === "http:";
  return isHttp ? url.origin : `${url.protocol}//${url.host}`.toLowerCase();
}
