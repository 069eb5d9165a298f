export interface FeatureQuestion {
  /** The value of `Permissions-Policy`. */
  readonly header: string | null;
  readonly feature: string;
  /** Of the frame. */
  readonly origin: string;
  readonly page: URL;
}

/**
 * Whether a frame may use a feature that the page grants with the frame's `allow` attribute. The header has to allow both
 * the page and the frame.
 */
export function allowsFrame({ header, feature, origin, page }: FeatureQuestion): boolean {
  const [, list] = new RegExp(`(?:^|,)\\s*${feature}\\s*=\\s*(\\([^)]*\\)|[^,;]*)`).exec(header ?? "") ?? [];
  // A feature that is not listed is allowed for the page, which may grant it to frames.
  if (list === undefined) return true;
  const members: readonly string[] = list.match(/"[^"]*"|[^\s()"]+/g) ?? [];
  if (members.includes("*")) return true;
  const origins = members.filter((member) => member.startsWith('"')).map((member) => member.slice(1, -1));
  const lists = (wanted: string) => origins.some((one) => one === wanted || matches(one, wanted));
  const self = members.includes("self") || lists(page.origin);
  return self && (lists(origin) || origin === page.origin);
}

/** `https://*.example` matches every name below it. */
function matches(pattern: string, origin: string): boolean {
  const [scheme, rest] = pattern.split("*.", 2);
  return rest !== undefined && origin.startsWith(`${scheme}`) && origin.endsWith(`.${rest}`);
}
