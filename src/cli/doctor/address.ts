/** Whether an address is this machine's own. */
export function isLoopback(url: URL | string): boolean {
  const { hostname } = new URL(url);
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127\./.test(hostname)
  );
}

/** Whether an address can only be reached from the same network. */
export function isPrivate({ hostname }: URL): boolean {
  return (
    /^(10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\./.test(hostname) ||
    /^\[f[cde]/.test(hostname) ||
    /\.(local|lan|internal|test)$/.test(hostname) ||
    !/[.:]/.test(hostname)
  );
}
