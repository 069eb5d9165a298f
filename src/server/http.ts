import { DinteroError } from "./errors.ts";

/** A JSON answer that nobody keeps. */
export function answer(status: number, body: unknown, headers?: Record<string, string>): Response {
  return Response.json(body, { status, headers: { "cache-control": "no-store", ...headers } });
}

/** A refusal, in the one form that the elements read. */
export function refuse(
  status: number,
  code: string,
  headers?: Record<string, string>,
  message?: string,
): Response {
  return answer(status, { error: { code, message } }, headers);
}

export function refuseMethod(allow: string): Response {
  return refuse(405, "method-not-allowed", { allow });
}

/** Also for a `Response` of another realm or of a framework. */
export function isResponse(value: unknown): value is Response {
  return !!(value as Response | undefined)?.arrayBuffer;
}

/** Reads a body as it comes in; null as soon as there are more than `limit` bytes. */
export async function readBody(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let next; reader && !(next = await reader.read()).done;) {
    chunks.push(next.value);
    // The rest is left unread, not cancelled: that would cut the connection before the answer is through.
    if ((size += next.value.length) > limit) return null;
  }
  const body = new Uint8Array(size);
  for (const chunk of chunks.reverse()) body.set(chunk, (size -= chunk.length));
  return body;
}

/** Throws a `SyntaxError` for what is no JSON. */
export function jsonOf(body: Uint8Array | null): unknown {
  return JSON.parse(new TextDecoder().decode(body ?? undefined));
}

/** What a handler does with an error of its own making or the merchant's. */
export interface ErrorOptions {
  /** Hears of every error that a handler answers. Default `console.error`. */
  readonly onError?: ((error: unknown, request: Request) => unknown) | undefined;
}

/** Tells the hook; an error in it changes nothing for the caller. */
export async function report(error: unknown, request: Request, { onError }: ErrorOptions): Promise<void> {
  try {
    await (onError ? onError(error, request) : console.error(error));
  } catch {
    // Nobody is left to tell.
  }
}

/**
 * Answers the request, whatever happens. A thrown `Response` is the answer. Of Dintero's errors the caller learns a
 * status; the code and the words only in test mode, where the caller is the developer.
 */
export async function guard(
  request: Request,
  options: ErrorOptions,
  testMode: boolean,
  work: () => Promise<Response>,
): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (isResponse(error)) return error;
    await report(error, request, options);
    // What a parser throws at a body that it cannot read.
    if (error instanceof SyntaxError) return refuse(400, "invalid-body");
    if (!(error instanceof DinteroError)) return refuse(500, "internal");
    const { code, message } = error;
    const status = code === "invalid-session" ? 422 : code === "timeout" ? 504 : 502;
    return testMode
      ? refuse(status, code, {}, message)
      : refuse(status, status === 422 ? code : "unavailable");
  }
}

/** What was verified, or the refusal that its error asks for: 401, or 503 to be tried again. */
export async function orRefuse<T>(verified: Promise<T>, request: Request, options: ErrorOptions): Promise<T> {
  try {
    return await verified;
  } catch (error) {
    if (!(error instanceof DinteroError)) throw error;
    await report(error, request, options);
    throw refuse(error.status, error.code) as unknown;
  }
}
