const encoder = new TextEncoder();

/** Base64 of a text's UTF-8 bytes. */
export function base64(text: string): string {
  return toBase64(encoder.encode(text));
}

/** Matches every form of the secrets: plain and base64, each also as an url or JSON may write it. Null without any. */
export function secretPattern(secrets: readonly string[]): RegExp | null {
  const given = secrets.filter(Boolean);
  if (!given.length) return null;
  // The longest first: credentials that hold the secret are to go as a whole.
  given.sort((a, b) => b.length - a.length);
  const encoded = given.flatMap(base64Forms).sort((a, b) => b.length - a.length);
  const patterns = [...given.map(textPattern), ...encoded.map(base64Pattern)];
  return new RegExp(patterns.join("|"), "g");
}

/**
 * The secret's own base64, and what of it stands in the base64 of a longer text: that depends on how many bytes come
 * before it (0, 1 or 2, modulo 3). Characters that also hold bits of the text around it are left out.
 */
function base64Forms(secret: string): string[] {
  const bytes = encoder.encode(secret);
  const inside = [0, 1, 2].map((before) => {
    const padded = toBase64(new Uint8Array([...new Uint8Array(before), ...bytes]));
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor(((before + bytes.length) * 8) / 6);
    return padded.slice(first, last);
  });
  // Shorter ones would match by chance.
  return [toBase64(bytes).replace(/=+$/, ""), ...inside.filter((form) => form.length >= 8)];
}

function textPattern(text: string): string {
  return [...text].map(characterPattern).join("");
}

/** Letters and digits of base64 are never escaped in practice, and without that the pattern is a fifth as long. */
function base64Pattern(form: string): string {
  return form.replace(/[^A-Za-z0-9]/g, characterPattern);
}

/** A character as it is, and as JSON, an url, a form or url-safe base64 may write it. */
function characterPattern(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  const variants = new Set([
    escapeForRegExp(character),
    escapeForRegExp(JSON.stringify(character).slice(1, -1)),
    ...(character === "/" ? ["\\\\/", "_"] : []),
    ...(character === "+" ? ["-"] : []),
    ...(character === " " ? ["\\+"] : []),
    units.map((unit) => `\\\\u${hex(unit, 4)}`).join(""),
    [...encoder.encode(character)].map((byte) => `%${hex(byte, 2)}`).join(""),
  ]);
  return `(?:${[...variants].join("|")})`;
}

function escapeForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** Hexadecimal digits in either case. */
function hex(number: number, digits: number): string {
  const text = number.toString(16).padStart(digits, "0");
  return text.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
