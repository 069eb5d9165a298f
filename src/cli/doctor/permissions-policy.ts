/**
 * Whether a `Permissions-Policy` header lets a frame of `origin`, which the page allows by its `allow` attribute, use a
 * feature. The page itself has to be allowed as well.
 */
export function allowsFrame(header: string | null, feature: string, origin: string, page: URL): boolean {
  const [, list] = new RegExp(`(?:^|,)\\s*${feature}\\s*=\\s*(\\([^)]*\\)|[^,;]*)`).exec(header ?? "") ?? [];
  // Not mentioned: pages may, and may allow their frames.
  if (list === undefined) return true;
  const members: readonly string[] = list.match(/"[^"]*"|[^\s()"]+/g) ?? [];
  if (members.includes("*")) return true;
  const origins = members.filter((member) => member.startsWith('"')).map((member) => member.slice(1, -1));
  const named = (wanted: string) => origins.some((one) => one === wanted || fits(one, wanted));
  const self = members.includes("self") || named(page.origin);
  return self && (named(origin) || origin === page.origin);
}

/** `https://*.example` stands for every name below it. */
function fits(pattern: string, origin: string): boolean {
  const [scheme, rest] = pattern.split("*.", 2);
  return rest !== undefined && origin.startsWith(`${scheme}`) && origin.endsWith(`.${rest}`);
}
