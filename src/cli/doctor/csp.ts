/** The policies in force, each its directives. Several all have to allow. */
export type Policies = readonly ReadonlyMap<string, readonly string[]>[];

/** Reads what stands in headers and `<meta>` elements. */
export function parsePolicies(texts: readonly string[]): Policies {
  return texts
    .flatMap((text) => text.split(","))
    .map((policy) => {
      const directives = new Map<string, string[]>();
      for (const directive of policy.split(";")) {
        const [name, ...sources] = directive.trim().split(/\s+/);
        // The first of a name counts.
        if (name && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources);
      }
      return directives;
    })
    .filter((directives) => directives.size > 0);
}

const fallbacks = {
  "frame-src": ["frame-src", "child-src", "default-src"],
  "connect-src": ["connect-src", "default-src"],
  "script-src": ["script-src-elem", "script-src", "default-src"],
} as const;

export type Directive = keyof typeof fallbacks;

/** The directive of each policy that decides, with its sources. */
export function deciding(
  policies: Policies,
  directive: Directive,
): { name: string; sources: readonly string[] }[] {
  return policies.flatMap((policy) => {
    const name = fallbacks[directive].find((one) => policy.has(one));
    return name ? [{ name, sources: policy.get(name)! }] : [];
  });
}

/** The name of a directive that refuses the address, if one does. */
export function refusing(policies: Policies, directive: Directive, url: URL, page: URL): string | undefined {
  return deciding(policies, directive).find(({ sources }) => !allows(sources, url, page))?.name;
}

/** Whether a list of sources matches an address. */
export function allows(sources: readonly string[], url: URL, page: URL): boolean {
  return sources.some((source) => matches(source, url, page));
}

function matches(source: string, url: URL, page: URL): boolean {
  if (source === "*") return /^https?:$/.test(url.protocol) || url.protocol === page.protocol;
  if (/^'self'$/i.test(source)) return url.origin === page.origin || isUpgrade(page, url);
  if (/^[a-z][a-z\d+.-]*:$/i.test(source)) return schemeFits(source.toLowerCase(), url.protocol);
  const [, scheme, host, port, path] =
    /^(?:([a-z][a-z\d+.-]*:)\/\/)?([^'/:]+|\[[\da-f:]+\])(?::(\d+|\*))?(\/[^?#]*)?$/i.exec(source) ?? [];
  if (!host || !schemeFits((scheme ?? page.protocol).toLowerCase(), url.protocol)) return false;
  return (
    hostFits(host.toLowerCase(), url.hostname) && portFits(port, scheme, url) && pathFits(path, url.pathname)
  );
}

/** `http:` also stands for `https:`. */
const schemeFits = (wanted: string, actual: string) =>
  wanted === actual || (wanted === "http:" && actual === "https:");

const isUpgrade = (page: URL, url: URL) =>
  page.hostname === url.hostname &&
  page.protocol === "http:" &&
  url.protocol === "https:" &&
  !page.port &&
  !url.port;

const hostFits = (wanted: string, actual: string) =>
  wanted === "*" || (wanted.startsWith("*.") ? actual.endsWith(wanted.slice(1)) : wanted === actual);

function portFits(wanted: string | undefined, scheme: string | undefined, url: URL): boolean {
  const standard = (protocol: string) => (protocol === "http:" ? "80" : "443");
  const actual = url.port || standard(url.protocol);
  if (wanted === undefined) return !url.port;
  return wanted === "*" || wanted === actual || (wanted === "80" && actual === "443" && scheme !== "https:");
}

/** A path that ends with a slash stands for all below it. */
const pathFits = (wanted: string | undefined, actual: string) =>
  !wanted || wanted === "/" || (wanted.endsWith("/") ? actual.startsWith(wanted) : actual === wanted);
