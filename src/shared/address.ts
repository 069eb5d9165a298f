import { isSafe } from "./checkout-address.ts";
import { problem } from "./problem.ts";

/** Goes there. @throws `unsafe-href` */
export function follow(href: string): void {
  if (!isSafe(href)) throw problem("unsafe-href", `"${href}" is not followed.`);
  location.assign(href);
}
