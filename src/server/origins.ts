import { invalidOption } from "./errors.ts";

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
export function checkOrigins(origins: unknown = []): ReadonlySet<string> {
  if (!Array.isArray(origins)) throw invalidOption("allowedOrigins", "a list");
  return new Set(origins.map(normalizeOrigin));
}

/** An `Origin` header as `checkOrigins` writes it. */
export function originOf(request: Request): string | undefined {
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
