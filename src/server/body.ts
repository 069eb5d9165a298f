import { readBody } from "../core/read-body.ts";
import { DinteroError } from "./errors.ts";

export { parseJson, readBody } from "../core/read-body.ts";

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
