/** What `Request` and `Response` have in common. */
export interface Readable {
  readonly body: ReadableStream<Uint8Array> | null;
  readonly headers: Headers;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/**
 * Reads a body as it arrives. Null as soon as there are more than `limit` bytes: the rest is left unread, so that an
 * answer can still go out on the same connection.
 */
export async function readBody(source: Readable, limit: number): Promise<Uint8Array<ArrayBuffer> | null> {
  // The `fetch` of some libraries gives a stream of Node's, which has no reader.
  if (typeof source.body?.getReader !== "function") {
    const whole = new Uint8Array(await source.arrayBuffer());
    return whole.length > limit ? null : whole;
  }
  const reader = source.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return concatenate(chunks, size);
    // Of what has no length, any amount would be below the limit.
    if (!ArrayBuffer.isView(value)) throw new TypeError("a body that is not made of bytes");
    size += value.byteLength;
    if (size > limit) {
      reader.releaseLock();
      return null;
    }
    chunks.push(value);
  }
}

/** More than any request or answer has. What walks through JSON step by step would end at some thousand. */
const deepest = 200;

/** Throws a `SyntaxError` for what is not JSON, and for JSON that is nested more than 200 deep. */
export function parseJson(body: Uint8Array): unknown {
  if (isDeeperThan(deepest, body)) throw new SyntaxError(`JSON that is nested more than ${deepest} deep`);
  return JSON.parse(new TextDecoder().decode(body));
}

const [quote, backslash] = [0x22, 0x5c];
const opening: readonly number[] = [0x5b, 0x7b];
const closing: readonly number[] = [0x5d, 0x7d];

function isDeeperThan(limit: number, json: Uint8Array): boolean {
  let depth = 0;
  let isInText = false;
  for (let index = 0; index < json.length; index++) {
    const byte = json[index]!;
    if (byte === quote) isInText = !isInText;
    else if (isInText) index += byte === backslash ? 1 : 0;
    else if (opening.includes(byte)) {
      depth += 1;
      if (depth > limit) return true;
    } else if (closing.includes(byte)) depth -= 1;
  }
  return false;
}

function concatenate(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
