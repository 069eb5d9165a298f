import { isSafe } from "../checkout/checkout-url.ts";
import { problem } from "../checkout/problem.ts";

/** Goes there. @throws `unsafe-href` */
export function follow(href: string): void {
  if (!isSafe(href)) throw problem("unsafe-href", `"${href}" is not followed.`);
  location.assign(href);
}
