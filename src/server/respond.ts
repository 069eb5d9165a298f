/** A JSON answer that no cache keeps. */
export function respond(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { "cache-control": "no-store", ...headers } });
}

/** A refusal: a code, and no text of ours or of Dintero's. */
export function refuse(status: number, code: string, headers: Record<string, string> = {}): Response {
  return respond(status, { error: { code } }, headers);
}

export function refuseMethod(allow: string): Response {
  return refuse(405, "method-not-allowed", { allow });
}

/** A copy of a merchant's response with mutable headers: a fetched one's are immutable, and one may be returned twice. */
export function copyResponse(response: Response): Response {
  return new Response(response.body, response);
}

/** Also for a `Response` of another realm or of a framework. */
export function isResponse(value: unknown): value is Response {
  return typeof (value as Partial<Response> | null | undefined)?.arrayBuffer === "function";
}
