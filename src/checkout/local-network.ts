import { isNearby } from "../core/addresses.ts";

/**
 * What to do where a page of the internet did not reach an address of this machine or its network: the browser asks the
 * shopper for permission, and refuses without it. Undefined elsewhere.
 */
export function localNetworkFix(address: string): string | undefined {
  const url = new URL(address);
  if (!isNearby(url) || isNearby(new URL(location.href))) return undefined;
  return (
    `${url.host} belongs to this machine or its network, and the page ${location.origin} to the internet: allow the page ` +
    `"local network access" in the browser's site settings, or open the page from this machine, too.`
  );
}
