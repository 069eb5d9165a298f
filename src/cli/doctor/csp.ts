/** The enforced policies, each as a map of its directives. Every one of them has to allow a request. */
export type Policies = readonly ReadonlyMap<string, readonly string[]>[];

/** Parses the values of headers and `<meta>` elements. */
export function parsePolicies(texts: readonly string[]): Policies {
  return texts
    .flatMap((text) => text.split(","))
    .map((policy) => {
      const directives = new Map<string, string[]>();
      for (const directive of policy.split(";")) {
        const [name, ...sources] = directive.trim().split(/\s+/);
        // Browsers use the first directive of a name.
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

/** The directive of each policy that decides about a request, with its sources. */
export function decidingDirectives(
  policies: Policies,
  directive: Directive,
): { name: string; sources: readonly string[] }[] {
  return policies.flatMap((policy) => {
    const name = fallbacks[directive].find((one) => policy.has(one));
    return name ? [{ name, sources: policy.get(name)! }] : [];
  });
}

export interface PolicyQuestion {
  readonly policies: Policies;
  readonly directive: Directive;
  /** What is to be loaded. */
  readonly url: URL;
  readonly page: URL;
}

/** The name of the first directive that refuses the address, if one does. */
export function refusingDirective({ policies, directive, url, page }: PolicyQuestion): string | undefined {
  return decidingDirectives(policies, directive).find(({ sources }) => !allows(sources, url, page))?.name;
}

/** Whether a list of sources matches an address. */
export function allows(sources: readonly string[], url: URL, page: URL): boolean {
  return sources.some((source) => matches(source, url, page));
}

function matches(source: string, url: URL, page: URL): boolean {
  if (source === "*") return /^https?:$/.test(url.protocol) || url.protocol === page.protocol;
  if (/^'self'$/i.test(source)) return url.origin === page.origin || isUpgrade(page, url);
  if (/^[a-z][a-z\d+.-]*:$/i.test(source)) return schemeMatches(source.toLowerCase(), url.protocol);
  const [, scheme, host, port, path] =
    /^(?:([a-z][a-z\d+.-]*:)\/\/)?([^'/:]+|\[[\da-f:]+\])(?::(\d+|\*))?(\/[^?#]*)?$/i.exec(source) ?? [];
  if (!host || !schemeMatches((scheme ?? page.protocol).toLowerCase(), url.protocol)) return false;
  return (
    hostMatches(host.toLowerCase(), url.hostname) &&
    portMatches(port, scheme, url) &&
    pathMatches(path, url.pathname)
  );
}

/** `http:` also matches `https:`. */
const schemeMatches = (wanted: string, actual: string) =>
  wanted === actual || (wanted === "http:" && actual === "https:");

const isUpgrade = (page: URL, url: URL) =>
  page.hostname === url.hostname &&
  page.protocol === "http:" &&
  url.protocol === "https:" &&
  !page.port &&
  !url.port;

const hostMatches = (wanted: string, actual: string) =>
  wanted === "*" || (wanted.startsWith("*.") ? actual.endsWith(wanted.slice(1)) : wanted === actual);

function portMatches(wanted: string | undefined, scheme: string | undefined, url: URL): boolean {
  const standard = (protocol: string) => (protocol === "http:" ? "80" : "443");
  const actual = url.port || standard(url.protocol);
  if (wanted === undefined) return !url.port;
  return wanted === "*" || wanted === actual || (wanted === "80" && actual === "443" && scheme !== "https:");
}

/** A path that ends with a slash matches everything below it. */
const pathMatches = (wanted: string | undefined, actual: string) =>
  !wanted || wanted === "/" || (wanted.endsWith("/") ? actual.startsWith(wanted) : actual === wanted);
