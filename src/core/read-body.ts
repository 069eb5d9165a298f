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
    size += value.length;
    if (size > limit) {
      reader.releaseLock();
      return null;
    }
    chunks.push(value);
  }
}

/** Throws a `SyntaxError` for what is not JSON. */
export function parseJson(body: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(body));
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
