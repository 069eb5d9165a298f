import { isFollowable, isWeb } from "../core/addresses.ts";

/**
 * The absolute address, or null when it is not valid. Relative ones are resolved against the node's base URL without
 * its user name and password, which `fetch()` refuses. The base is the node's, because markup can clobber
 * `document.baseURI`.
 */
function resolveHref(href: string, { baseURI }: Node): URL | null {
  const base = new URL(baseURI);
  base.username = base.password = "";
  return URL.canParse(href, base) ? new URL(href, base) : null;
}

/** The absolute address of an endpoint, without a user name and a password of its own: `fetch()` refuses those too. */
export function endpointUrl(endpoint: string, node: Node): URL | null {
  const url = resolveHref(endpoint, node);
  if (url) url.username = url.password = "";
  return url;
}

/** The absolute address when the page may go there, else null. */
export function safeHref(href: string, node: Node): string | null {
  const url = resolveHref(href, node);
  return url && isFollowable(url) ? url.href : null;
}

/** The absolute address when it is http or https, else null. */
export function webHref(href: string, node: Node): string | null {
  const url = resolveHref(href, node);
  return url && isWeb(url) ? url.href : null;
}
