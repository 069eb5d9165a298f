import { withDeadline } from "../../core/deadline.ts";
import { readBody } from "../body.ts";

/** A JSON answer that no cache keeps. */
export function respond(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { "cache-control": "no-store", ...headers } });
}

interface RefusalParts {
  readonly status: number;
  readonly code: string;
  /** What was wrong with the request, and what would allow it. */
  readonly reason: string;
  readonly headers?: Record<string, string>;
}

/** A request that a handler refuses: the caller gets the status and the code, `onError` the reason. */
export class Refusal {
  readonly parts: RefusalParts;

  constructor(parts: RefusalParts) {
    this.parts = parts;
  }
}

/** A refusal of every method but these. */
export function refuseMethod(methods: string): Refusal {
  const headers = { allow: methods };
  return new Refusal({ status: 405, code: "method-not-allowed", reason: `it takes ${methods}`, headers });
}

/** Also for a `Response` of another realm or of a framework; false for what cannot even be looked at. */
export function isResponse(value: unknown): value is Response {
  try {
    return typeof (value as Partial<Response> | null | undefined)?.arrayBuffer === "function";
  } catch {
    return false;
  }
}

/** More than a refusal or a session needs. */
const bodyLimit = 1024 * 1024;
/** Milliseconds; what has not arrived by then would not reach the shopper in time. */
const bodyTimeout = 10_000;

/** The bodies of merchants' responses: a body can be read once, while a refusal may be a constant. */
const bodies = new WeakMap<Response, Promise<Uint8Array<ArrayBuffer>>>();

/**
 * The merchant's response as one that can be sent, with headers that can be changed. The same response may be given
 * any number of times. Rejects where it cannot be sent: `Response.error()`, or a body that somebody else has read.
 */
export async function sendable(response: Response): Promise<Response> {
  const { status, statusText } = response;
  if (status === 0) throw unsendable("it is Response.error()");
  let reading = bodies.get(response);
  if (!reading) {
    reading = readWhole(response);
    bodies.set(response, reading);
  }
  const body = await reading;
  const headers = new Headers(response.headers);
  return new Response(body.length ? body : null, { status, statusText, headers });
}

async function readWhole(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  if (response.bodyUsed || response.body?.locked) {
    throw unsendable("its body was read already; read response.clone()");
  }
  const timeoutError = () => unsendable(`its body had not arrived after ${bodyTimeout / 1000} s`);
  const body = await withDeadline({ timeout: bodyTimeout, timeoutError }, () =>
    readBody(response, bodyLimit),
  );
  if (!body) throw unsendable("its body is over 1 MB");
  return body;
}

function unsendable(problem: string): TypeError {
  return new TypeError(`the Response that the callback gave cannot be sent: ${problem}`);
}
