/**
 * Schemes that no payment leads to: they run or show what the address itself contains, or belong to the browser. Apps
 * have schemes of their own (`vipps:`), which are allowed.
 */
const refusedSchemes: ReadonlySet<string> = new Set([
  "about:",
  "blob:",
  "chrome:",
  "chrome-extension:",
  "data:",
  "file:",
  "filesystem:",
  "ftp:",
  "javascript:",
  "moz-extension:",
  "resource:",
  "vbscript:",
  "view-source:",
  "ws:",
  "wss:",
]);

/** Whether a browser may be sent to the address: http, https, or an app's own scheme. */
export function isFollowable({ protocol }: URL): boolean {
  return !refusedSchemes.has(protocol);
}

/** The same for a text; false when it is no absolute address. */
export function isFollowableHref(href: unknown): href is string {
  return typeof href === "string" && URL.canParse(href) && isFollowable(new URL(href));
}

/** Whether an address is http or https. */
export function isWeb({ protocol }: URL): boolean {
  return protocol === "https:" || protocol === "http:";
}

/** Whether a host is this machine: as `URL.hostname` writes it, or an address as a socket has it. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
  return (
    name === "localhost" ||
    name.endsWith(".localhost") ||
    // A name may begin with 127., too; only an IP address has four numbers.
    /^127\.\d+\.\d+\.\d+$/.test(name) ||
    name === "::1" ||
    // IPv4 within IPv6: URL writes [::ffff:127.0.0.1] as [::ffff:7f00:1], a socket as it is.
    /^::ffff:(7f[\da-f]{2}:|127\.)/.test(name)
  );
}

/** Whether an address is this machine's or its network's: where a sandbox runs, also as a service of Compose. */
export function isNearby({ hostname }: URL): boolean {
  return (
    isLoopback(hostname) ||
    /^(0|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\..*\d$/.test(hostname) ||
    /^\[f[cde]/.test(hostname) ||
    /\.(local|lan|internal|test)$/.test(hostname) ||
    !/[.:]/.test(hostname)
  );
}
