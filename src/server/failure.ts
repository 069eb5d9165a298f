import type { Answer } from "./answer.ts";
import { DinteroError, type DinteroErrorCode, type DinteroErrorDetails } from "./errors.ts";
import type { OutgoingRequest } from "./outgoing-request.ts";

/** An answer that is not usable, or the reason why there is none. */
export type Outcome = { readonly answer: Answer } | { readonly reason: unknown };

const longestMessage = 1000;

const codes: Readonly<Record<number, DinteroErrorCode>> = {
  401: "unauthorized",
  403: "forbidden",
  404: "not-found",
  429: "rate-limited",
};

/** The error of a request, cleaned of secrets. */
export function failureOf(request: OutgoingRequest, outcome: Outcome): DinteroError {
  const { method, url, redactors } = request;
  const { code, problem, details } =
    "answer" in outcome ? fromAnswer(request, outcome.answer) : fromReason(request, outcome.reason);
  const message = redactors.strict.text(`${method} ${url}: ${problem}`).slice(0, longestMessage);
  return new DinteroError(code, message, details);
}

interface Failure {
  readonly code: DinteroErrorCode;
  readonly problem: string;
  readonly details: DinteroErrorDetails;
}

function fromAnswer({ repeatable, redactors: { strict } }: OutgoingRequest, answer: Answer): Failure {
  const { status, headers, isTooLarge } = answer;
  const content = strict.json(answer.content) as { error?: Partial<Record<string, unknown>> } | undefined;
  const { code, message, errors = [] } = content?.error ?? {};
  const header = (name: string) => strict.text(headers.get(name) ?? "") || undefined;
  const parts = [status, code, message].filter(
    (part) => typeof part === "string" || typeof part === "number",
  );
  return {
    code: codeOf(answer),
    problem: `Dintero answered ${parts.join(" ")}${isTooLarge ? " with more than 1 MB" : ""}`,
    details: {
      status,
      errors: [errors].flat(),
      retryable: status === 429 || (status >= 500 && repeatable),
      requestId: header("request-id") ?? header("x-request-id"),
      retryAfter: retryAfterOf(header("retry-after")),
    },
  };
}

function codeOf({ ok, status }: Answer): DinteroErrorCode {
  // A good status whose content is not, or a redirect.
  if (ok || status < 400) return "invalid-answer";
  return codes[status] ?? (status < 500 ? "refused" : "unavailable");
}

/** Milliseconds; the header holds seconds or a date. */
function retryAfterOf(header: string | undefined): number | undefined {
  if (!header) return undefined;
  const milliseconds = [Number(header) * 1000, Date.parse(header) - Date.now()];
  return milliseconds.find((value) => value > 0);
}

/** The original error stays out: some fetch libraries attach the request, with its headers, to theirs. */
function fromReason({ repeatable }: OutgoingRequest, reason: unknown): Failure {
  const code = reason instanceof DinteroError ? reason.code : "unavailable";
  const name = nameOf(reason);
  return {
    code,
    problem: `no answer (${name})`,
    details: { retryable: code !== "aborted" && (repeatable || wasConnectionRefused(name, reason)) },
  };
}

function nameOf(reason: unknown): string {
  const { cause, code, name } = (reason ?? {}) as { cause?: { code?: string }; code?: string; name?: string };
  return String(cause?.code ?? code ?? name);
}

/** Node, Bun and Deno each report with their own codes that the connection was refused, so that nothing was sent. */
function wasConnectionRefused(name: string, reason: unknown): boolean {
  const { message = "" } = (reason ?? {}) as Partial<Error>;
  return /conn\w* ?refused/i.test(`${name} ${message}`);
}
