import { ownField, ownOptions, ownText } from "../core/own-fields.ts";
import { DinteroCheckoutError, type DinteroCheckoutErrorCode } from "./errors.ts";
import { localNetworkFix } from "./local-network.ts";
import { encodePayload } from "./payload.ts";

export interface EndpointRequest {
  readonly method: "POST" | "PUT";
  readonly endpoint: string;
  /** Sent as `?session_id=…`. */
  readonly sessionId?: string;
  readonly payload: unknown;
  readonly credentials: RequestCredentials;
  readonly signal: AbortSignal;
  /** The error's code for an answer's status, or for none. */
  readonly codeOf: (status: number | null) => DinteroCheckoutErrorCode;
}

export interface EndpointAnswer {
  /** Undefined when the answer is not JSON. */
  readonly json: unknown;
  /** Which request was answered with which status, for an error. */
  readonly what: string;
  /** What to do about a redirect; undefined without one. */
  readonly fix: string | undefined;
}

/** Sends the payload as JSON. Resolves with a 2xx answer, and rejects for every other. */
export async function requestEndpoint(request: EndpointRequest): Promise<EndpointAnswer> {
  const { method, endpoint, codeOf } = request;
  const body = encodePayload(request.payload);
  const response = await send(request, body).catch((cause: Error) => {
    const what = `${method} ${endpoint} failed: ${cause.message}.`;
    throw new DinteroCheckoutError(codeOf(null), { what, fix: unansweredFix(endpoint), cause });
  });
  const { status, ok } = response;
  const json: unknown = await response.json().catch(() => undefined);
  const what = describeAnswer(request, response, json);
  const fix = redirectFix(response);
  if (ok) return { json, what, fix };
  throw new DinteroCheckoutError(codeOf(status), {
    what,
    fix: fix ?? refusalFix(method, status, json),
    status,
    cause: ownField(json, "error"),
  });
}

/** "POST https://shop.example/api/checkout answered 502, unavailable." */
function describeAnswer({ method, endpoint }: EndpointRequest, response: Response, json: unknown): string {
  const { redirected, status, url, headers } = response;
  const request = `${method} ${endpoint}`;
  const answered = redirected
    ? `${request} was redirected to ${url}, which answered ${status}`
    : `${request} answered ${status}`;
  if (json === undefined)
    return `${answered}, not with JSON but ${headers.get("content-type") || "no type"}.`;
  const code = ownText(ownField(json, "error"), "code");
  return code ? `${answered}, ${code}.` : `${answered}.`;
}

function redirectFix({ redirected, url }: Response): string | undefined {
  return redirected
    ? `Set endpoint to ${url}: a redirect with 301, 302 or 303 loses the method and the payload.`
    : undefined;
}

/** Undefined where the code's general advice is all that can be said. */
function refusalFix(method: string, status: number, json: unknown): string | undefined {
  const error = ownField(json, "error");
  if (status === 403 && ownText(error, "code") === "forbidden") {
    return `It does not take requests of ${location.origin}: add that origin to allowedOrigins of createSessionHandler().`;
  }
  // A router's own answer: the merchant's and our handler's have an error with fields.
  if ((status === 404 || status === 405) && typeof error !== "object") {
    return `Nothing there takes ${method}: check endpoint, and that the route is deployed and exports ${method}.`;
  }
  return undefined;
}

/** The browser does not say why there was no answer. */
function unansweredFix(endpoint: string): string | undefined {
  if (!URL.canParse(endpoint)) return undefined;
  const { origin } = new URL(endpoint);
  if (origin === location.origin) return undefined;
  return (
    localNetworkFix(endpoint) ??
    `Check that ${origin} runs, and that it allows this page: allowedOrigins of createSessionHandler() needs ${location.origin}.`
  );
}

/** Where a redirected request has worked, the payload may be lost. The browser does not expose which redirect it was. */
export function warnOfRedirect({ what, fix }: EndpointAnswer): void {
  if (fix) console.warn(`<dintero-checkout> ${what} ${fix}`);
}

async function send(
  { method, endpoint, sessionId, credentials, signal }: EndpointRequest,
  body: string,
): Promise<Response> {
  const url = new URL(endpoint);
  if (sessionId) url.searchParams.set("session_id", sessionId);
  const headers = { accept: "application/json", "content-type": "application/json" };
  return fetch(url, ownOptions({ method, headers, body, credentials, signal }));
}
