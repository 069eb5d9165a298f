import { ownField } from "../../core/own-fields.ts";
import { DinteroError, type DinteroErrorCode, type DinteroErrorDetails } from "../errors.ts";
import { parseJson } from "../body.ts";
import { redactJson } from "./redact.ts";

/** What an error says about the request that failed. */
export interface FailedRequest {
  readonly method: string;
  readonly url: string;
  /** Whether a repeat does no harm. */
  readonly repeatable: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Takes the secrets out of a text. */
  redact(text: string): string;
}

/** An answer of Dintero's that is not usable. */
export interface FailedAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Null when it has more than 1 MB. */
  readonly body: Uint8Array | null;
  /** Why a good status is not enough. */
  readonly problem?: string | undefined;
}

interface Failure {
  readonly code: DinteroErrorCode;
  readonly problem: string;
  /** Whether Dintero may have processed the request all the same. */
  readonly mayBeDone: boolean;
  readonly details: DinteroErrorDetails;
}

const longestMessage = 1000;
const longestReason = 300;

const codes: Readonly<Record<number, DinteroErrorCode>> = {
  401: "unauthorized",
  403: "forbidden",
  404: "not-found",
  429: "rate-limited",
};

/** The error of a request that Dintero answered. */
export function answerError(request: FailedRequest, answer: FailedAnswer): DinteroError {
  const { redact, repeatable } = request;
  const { status, headers, body } = answer;
  const isGood = status >= 200 && status < 300;
  // Only what is refused is quoted: a good answer holds the merchant's data.
  const { code, message, errors = [] } = isGood ? {} : errorIn(body, redact);
  const header = (name: string) => redact(headers.get(name) ?? "") || undefined;
  const parts = [status, code, message].filter(
    (part) => typeof part === "string" || typeof part === "number",
  );
  const excess = body ? "" : " with more than 1 MB";
  return errorOf(request, {
    // A good status whose content is not, or a redirect.
    code: status < 400 ? "invalid-answer" : (codes[status] ?? (status < 500 ? "refused" : "unavailable")),
    problem: `Dintero answered ${parts.join(" ")}${excess || (answer.problem ? `: ${answer.problem}` : "")}`,
    mayBeDone: isGood || status >= 500,
    details: {
      status,
      errors: [errors].flat(),
      retryable: status === 429 || (status >= 500 && repeatable),
      requestId: header("request-id") ?? header("x-request-id"),
      retryAfter: retryAfterOf(header("retry-after")),
    },
  });
}

/** The error of a request without an answer. */
export function noAnswerError(request: FailedRequest, reason: unknown): DinteroError {
  const own = reason instanceof DinteroError ? reason.code : undefined;
  const { code, text } = describe(reason);
  const isHopeless = failsAgain(code, text);
  const wasNotSent = isHopeless || wasRefused(`${code} ${text}`);
  return errorOf(request, {
    code: own ?? "unavailable",
    problem: `no answer${own || !text ? "" : `: ${text}`} (${own ?? (code || "unknown")})`,
    mayBeDone: !wasNotSent,
    details: { retryable: own !== "aborted" && !isHopeless && (request.repeatable || wasNotSent) },
  });
}

/** The original error stays out: some fetch libraries attach the request, with its headers, to theirs. */
function errorOf(request: FailedRequest, { code, problem, mayBeDone, details }: Failure): DinteroError {
  const { method, url, repeatable, redact } = request;
  const message = redact(`${method} ${url}: ${problem}`).slice(0, longestMessage);
  const warning =
    mayBeDone && !repeatable
      ? "; it may have been carried out: read the transaction or session before you repeat it"
      : "";
  return new DinteroError(code, message + warning, details);
}

function errorIn(
  body: Uint8Array | null,
  redact: FailedRequest["redact"],
): Readonly<Record<string, unknown>> {
  if (!body) return {};
  try {
    const content = redactJson(parseJson(body), new TextDecoder().decode(body), redact);
    return { ...(ownField(content, "error") as object | null | undefined) };
  } catch {
    return {};
  }
}

/** Milliseconds; the header holds seconds or a date. */
function retryAfterOf(header: string | undefined): number | undefined {
  if (!header) return undefined;
  const milliseconds = [Number(header) * 1000, Date.parse(header) - Date.now()];
  return milliseconds.find((value) => value > 0);
}

interface Reason {
  readonly code: string;
  readonly text: string;
}

/** The code and the words of what a `fetch` rejected with; the cause says more than "fetch failed". */
function describe(reason: unknown): Reason {
  try {
    const { cause, code, name, message } = Object(reason) as Partial<Record<string, unknown>>;
    const inner = Object(cause) as Partial<Record<string, unknown>>;
    const text = firstText(inner["message"], message, reason);
    return {
      code: firstText(inner["code"], code, name),
      text: (text.split(/[\r\n]/, 1)[0] ?? "").slice(0, longestReason),
    };
  } catch {
    // An object whose fields throw.
    return { code: "", text: "" };
  }
}

function firstText(...values: readonly unknown[]): string {
  return (values.find((value) => typeof value === "string" && value !== "") as string | undefined) ?? "";
}

/** Node, Bun and Deno each report in their own words that the connection was refused, so that nothing was sent. */
function wasRefused(text: string): boolean {
  return /conn\w* ?refused/i.test(text);
}

/** What fails before anything is sent, and would fail again: an invalid address or header, a certificate. */
function failsAgain(code: string, text: string): boolean {
  return (
    /^(ERR_INVALID_|ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(GET|VERIFY)_)/.test(code) ||
    /invalid url|parse url|(unknown|unsupported|invalid) (scheme|protocol)|bad port|invalid header|\bcertificate\b/i.test(
      text,
    )
  );
}
