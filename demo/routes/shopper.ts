// @ts-check
import { getCookie, setCookie } from "hono/cookie";

const name = "shopper";

/**
 * Who this browser is: a number nobody can guess, and nothing else.
 *
 * @param {import("hono").Context} c
 * @returns {string | undefined}
 */
export function currentShopper(c) {
  const value = getCookie(c, name);
  return value && /^[0-9a-f-]{36}$/.test(value) ? value : undefined;
}

/**
 * @param {import("hono").Context} c
 * @param {{ publicUrl: string | undefined }} shop
 * @returns {string}
 */
export function shopperFor(c, { publicUrl }) {
  const shopper = currentShopper(c) ?? crypto.randomUUID();
  setCookie(c, name, shopper, {
    httpOnly: true,
    // Lax, not Strict: the shopper comes back from Dintero's site and is still the same.
    sameSite: "Lax",
    secure: publicUrl?.startsWith("https:") ?? false,
    path: "/",
    maxAge: 30 * 24 * 60 * 60,
  });
  return shopper;
}
