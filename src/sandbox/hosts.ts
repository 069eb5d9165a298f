/** Whether a host is an IP address. Unlike a name, DNS cannot resolve it to another one. */
function isAddress(hostname: string): boolean {
  return hostname.startsWith("[") || /^\d+\.\d+\.\d+\.\d+$/.test(hostname);
}

/** `0.0.0.0` and `::` stand for every address of the machine. */
export function isUnspecified(host: string): boolean {
  return ["0.0.0.0", "::"].includes(withoutBrackets(host));
}

/**
 * Whether a `host[:port]` is in a list of hosts. `shop` matches on every port, `shop:3000` on that one, `*` is every
 * host, and an unspecified address is every IP address.
 */
export function isListed(host: string, list: readonly string[]): boolean {
  const wanted = parse(host);
  return list.some((entry) => {
    if (entry === "*") return true;
    const listed = parse(entry);
    if (!wanted || !listed) return false;
    if (isUnspecified(listed.hostname)) return isAddress(wanted.hostname);
    return listed.hostname === wanted.hostname && (listed.port === "" || listed.port === wanted.port);
  });
}

/** Whether `text` is `host` or `host:port`, and nothing more. */
export function isHost(text: string): boolean {
  return text === "*" || (parse(text) !== undefined && !/[/?#@\s\\]/.test(text));
}

/** A host in the spelling that URLs use: lower case, IPv6 in brackets, no dot at the end. */
function parse(host: string): { readonly hostname: string; readonly port: string } | undefined {
  const bare = /^[\da-f]*:[\da-f:]*:[\da-f.]*$/i.test(host) ? `[${host}]` : host;
  if (!URL.canParse(`http://${bare}`)) return undefined;
  const { hostname, port } = new URL(`http://${bare}`);
  return { hostname: hostname.replace(/\.$/, ""), port };
}

function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
}
