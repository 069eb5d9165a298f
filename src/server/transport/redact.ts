/** What a secret is replaced by. */
const mask = "[redacted]";

/** Characters of a secret in a row that are searched for; fewer would also be found where they stand by chance. */
const windowLength = 10;
/** Pieces of a secret from this length on do not stay. */
const pieceLength = 12;

/**
 * Takes secrets out of texts that are logged or thrown, JSON or not, in time that grows with the length of the text.
 *
 * Promised: no piece of a secret of 12 or more characters stays, whether the text has the whole secret or a part of it;
 * as it is, percent-encoded once or more often, with JSON's escapes in texts within texts, in hex, or in base64, also in
 * the base64 of a longer text; in upper or lower case. Not promised: shorter pieces, and anything encrypted, hashed or
 * compressed. Answers that succeed are not changed: they are the merchant's data.
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const forms = secrets.filter(Boolean).flatMap(formsOf);
  if (!forms.length) return (text) => text;
  const shortest = Math.min(...forms.map((form) => form.length));
  const length = Math.min(windowLength, shortest);
  const windows = new Set(forms.flatMap((form) => windowsOf(form, length)));
  // One of so many places is the beginning of a window within any piece, and within the shortest secret.
  const step = Math.min(pieceLength, shortest) - length + 1;

  return (text) => {
    // No character has more than three bytes.
    if (text.length * 3 < length) return text;
    const plain = decode(text);
    const isSecret = (at: number) => windows.has(plain.text.slice(at, at + length));
    let result = "";
    let end = 0;
    let last = 0;
    for (let at = 0; at + length <= plain.text.length; at += step) {
      if (!isSecret(at)) continue;
      let first = at;
      while (first > last && isSecret(first - 1)) first -= 1;
      while (isSecret(at + 1)) at += 1;
      last = at + length;
      result += text.slice(end, Math.max(end, plain.startOf(first))) + mask;
      end = plain.endOf(last - 1);
      at = last - step;
    }
    return result + text.slice(end);
  };
}

/**
 * The same for parsed JSON that came as `text`: its strings and keys. Redacting the text itself could take a quotation
 * mark that belongs to the JSON.
 */
export function redactJson(json: unknown, text: string, redact: (text: string) => string): unknown {
  const hide = (value: unknown): unknown => {
    if (typeof value === "string") return redact(value);
    if (Array.isArray(value)) return value.map(hide);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [redact(name), hide(part)]));
  };
  // What has no secret as a whole has none in its parts.
  return redact(text) === text ? json : hide(json);
}

/** The forms of a secret that decoding does not undo. */
function formsOf(secret: string): string[] {
  const bytes = new TextEncoder().encode(secret);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const forms = [secret, hex, ...base64Within(bytes)].map((form) => decode(form).text);
  // In place of an empty one everything would be masked.
  return forms.filter(Boolean);
}

/**
 * What of the secret stands in the base64 of a longer text: that depends on how many bytes come before it (0, 1 or 2,
 * modulo 3). Characters that also hold bits of the text around it are left out. Short ones would match by chance.
 */
function base64Within(bytes: Uint8Array): string[] {
  const forms = [0, 1, 2].map((before) => {
    const padded = toBase64(new Uint8Array([...new Uint8Array(before), ...bytes]));
    return padded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  return forms.filter((form) => form.length >= windowLength);
}

/** Base64 of a text's UTF-8 bytes. */
export function base64(text: string): string {
  return toBase64(new TextEncoder().encode(text));
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

function windowsOf(form: string, length: number): string[] {
  return Array.from({ length: form.length - length + 1 }, (_, at) => form.slice(at, at + length));
}

interface Decoded {
  /** The UTF-8 bytes as characters, folded. */
  readonly text: string;
  /** Where in the encoded text the part begins, or ends, to which the character at this place belongs. */
  startOf(place: number): number;
  endOf(place: number): number;
}

/** A part of a text, as it is or decoded as one. */
interface Part {
  readonly plain: string;
  readonly isEncoded: boolean;
  /** Where it begins in the decoded text. */
  readonly place: number;
  /** Where it begins in the encoded text. */
  readonly position: number;
  readonly length: number;
}

/** Any number of `%25` for `%`, and of backslashes for one: a text within a text is encoded once more. */
const escapes = /%(?:25)*([\da-f]{2})|((?:\\+ud[89ab][\da-f]{2})?\\+u[\da-f]{4})|\\+(["/]?)/gi;
const others = /([\u0080-\uffff]+)/g;

/** Decodings of decodings that are undone: JSON within an url, within JSON. */
const mostLayers = 4;

function decode(text: string): Decoded {
  const layers = [decodeOnce(text, others, ([whole]) => utf8(whole))];
  let before: string;
  do {
    before = layers.at(-1)!.text;
    layers.push(decodeOnce(before, escapes, decodeOne));
  } while (layers.at(-1)!.text !== before && layers.length <= mostLayers);
  return {
    text: layers.at(-1)!.text,
    startOf: (at) => layers.reduceRight((place, layer) => layer.startOf(place), at),
    endOf: (at) => layers.reduceRight((place, layer) => layer.endOf(place - 1), at + 1),
  };
}

function decodeOnce(text: string, pattern: RegExp, decodePart: (match: RegExpMatchArray) => string): Decoded {
  // Most texts have nothing to decode.
  if (text.search(pattern) < 0) return { text: fold(text), startOf: (at) => at, endOf: (at) => at + 1 };
  const parts: Part[] = [];
  let place = 0;
  let position = 0;
  const add = (length: number, plain: string, isEncoded: boolean) => {
    parts.push({ plain, isEncoded, place, position, length });
    place += plain.length;
    position += length;
  };
  for (const match of text.matchAll(pattern)) {
    if (match.index > position) add(match.index - position, text.slice(position, match.index), false);
    add(match[0].length, decodePart(match), true);
  }
  add(text.length - position, text.slice(position), false);
  return {
    text: fold(parts.map((part) => part.plain).join("")),
    startOf(at) {
      const part = partAt(parts, at);
      return part.isEncoded ? part.position : part.position + at - part.place;
    },
    endOf(at) {
      const part = partAt(parts, at);
      return part.isEncoded ? part.position + part.length : part.position + at + 1 - part.place;
    },
  };
}

/** In lower case, the signs of both alphabets of base64 and a form's space alike. */
function fold(text: string): string {
  return text.toLowerCase().replaceAll("-", "+").replaceAll(" ", "+").replaceAll("_", "/");
}

function decodeOne([, byte, codes, escaped]: RegExpMatchArray): string {
  if (byte) return fromHex(byte);
  if (codes) return utf8(codes.replace(/\\+u(.{4})/g, (_, code: string) => fromHex(code)));
  return escaped || "\\";
}

function fromHex(code: string): string {
  return String.fromCharCode(Number.parseInt(code, 16));
}

function partAt(parts: readonly Part[], at: number): Part {
  let [low, high] = [0, parts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (parts[middle]!.place <= at) low = middle;
    else high = middle - 1;
  }
  return parts[low]!;
}

function utf8(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
}
