import { isLoopback } from "../../core/addresses.ts";

/** Whether an address can only be reached from the same network. */
export function isPrivate({ hostname }: URL): boolean {
  return (
    /^(0|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\..*\d$/.test(hostname) ||
    /^\[f[cde]/.test(hostname) ||
    /\.(local|lan|internal|test)$/.test(hostname) ||
    !/[.:]/.test(hostname)
  );
}

/** Whether an address is this machine's or its network's: where a sandbox runs, also as a service of Compose. */
export function isNearby(url: URL): boolean {
  return isLoopback(url.hostname) || isPrivate(url);
}
