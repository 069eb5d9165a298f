import { DinteroError } from "./errors.ts";

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

/** The status that servers log for a client that did not wait for the answer. */
export const clientClosedRequest = 499;

export interface BodyOptions {
  /** Bytes. */
  readonly limit: number;
  /** What the host passed on beside the request. */
  readonly context?: unknown;
}

/**
 * The body of a request to the merchant's server, which stays readable; null when it has more than `limit` bytes.
 * Rejects with `body-consumed` when somebody read it before us: a body parser (`express.json()`, Fastify's own) leaves a
 * stream that has ended, whose headers still announce a body.
 */
export async function readRequestBody(
  request: Request,
  { limit, context }: BodyOptions,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (request.bodyUsed || request.body?.locked) throw bodyConsumed(request);
  const isUnread = isKnownToBeUnread(context);
  let body;
  try {
    body = await readBody(request.clone(), limit);
  } catch (error) {
    throw isDisconnect(error, request) ? disconnected(request) : error;
  }
  if (body?.length === 0 && announcesBody(request, isUnread)) throw bodyConsumed(request);
  return body;
}

/** A chunked body may be empty; only where it is known to be unread, that is what it is. */
function announcesBody({ headers }: Request, isUnread: boolean): boolean {
  return Number(headers.get("content-length")) > 0 || (headers.has("transfer-encoding") && !isUnread);
}

function isKnownToBeUnread(context: unknown): boolean {
  return incomingOf(context)?.readableDidRead === false;
}

/** Node's own request, where the host passes it on: `@hono/node-server` as `incoming`, Hono in its context. */
export function incomingOf(context: unknown): NodeRequest | undefined {
  const { incoming, env } = (context ?? {}) as HostContext;
  return incoming ?? env?.incoming;
}

interface NodeRequest {
  readonly readableDidRead?: unknown;
  /** Where a router (Express) keeps the address from which it took its prefix off. */
  readonly originalUrl?: unknown;
}

interface HostContext {
  readonly incoming?: NodeRequest;
  readonly env?: HostContext;
}

/** How Node reports that the connection has ended within a body; elsewhere the signal says so. */
function isDisconnect(error: unknown, { signal }: Request): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return signal.aborted || code === "ECONNRESET" || code === "ERR_STREAM_PREMATURE_CLOSE";
}

function disconnected({ method, url }: Request): DinteroError {
  const message = `the client of ${method} ${new URL(url).pathname} left before its body had arrived`;
  return new DinteroError("aborted", message, { status: clientClosedRequest });
}

function bodyConsumed({ method, url }: Request): DinteroError {
  return new DinteroError(
    "body-consumed",
    `the body of ${method} ${new URL(url).pathname} was read before this handler got it, probably by a body parser ` +
      "(express.json(), Fastify's own) or by request.json(): put the handler before the parser, or give it the raw body",
    { status: 500 },
  );
}
