/** Whether an address is on this machine. */
export function isLoopback(url: URL | string): boolean {
  const { hostname } = new URL(url);
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    // A name may begin with 127., too; only an IP address ends with a number.
    /^127\..*\d$/.test(hostname)
  );
}

/** Whether an address can only be reached from the same network. */
export function isPrivate({ hostname }: URL): boolean {
  return (
    /^(0|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\..*\d$/.test(hostname) ||
    /^\[f[cde]/.test(hostname) ||
    /\.(local|lan|internal|test)$/.test(hostname) ||
    !/[.:]/.test(hostname)
  );
}
