/** Schemes that would run or read something instead of leading back to the merchant. */
const refusedSchemes = ["javascript:", "data:", "blob:", "vbscript:", "file:"];

/** Whether a merchant's return url may be followed: it may belong to an app, but is never a script. */
export function followable(href: string): boolean {
  return URL.canParse(href) && !refusedSchemes.includes(new URL(href).protocol);
}
