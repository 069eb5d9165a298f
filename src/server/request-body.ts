import { DinteroError } from "./errors.ts";
import { readBody } from "./read-body.ts";

/**
 * The body of a request to the merchant's server; null when it has more than `limit` bytes. Rejects with
 * `body-consumed` when somebody read it before us: a body parser (`express.json()`, Fastify's own) leaves a stream that
 * has ended, whose headers still announce a body.
 */
export async function readRequestBody(
  request: Request,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (request.bodyUsed || request.body?.locked) throw bodyConsumed(request);
  const body = await readBody(request, limit);
  if (body?.length === 0 && announcesBody(request)) throw bodyConsumed(request);
  return body;
}

function announcesBody({ headers }: Request): boolean {
  return Number(headers.get("content-length")) > 0 || headers.has("transfer-encoding");
}

function bodyConsumed({ method, url }: Request): DinteroError {
  return new DinteroError(
    "body-consumed",
    `the body of ${method} ${new URL(url).pathname} was read before this handler got it, probably by a body parser ` +
      "(express.json(), Fastify's own) or by request.json(): put the handler before the parser, or give it the raw body",
    { status: 500 },
  );
}
