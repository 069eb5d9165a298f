/** How Next.js marks what it throws to steer itself, in the `digest` of an error. */
const nextDigest = /^(NEXT_|DYNAMIC_SERVER_USAGE|BAILOUT_TO_|HANGING_PROMISE_)/;

interface Thrown {
  readonly digest?: unknown;
  readonly $$typeof?: unknown;
  readonly status?: unknown;
  readonly location?: unknown;
  readonly body?: unknown;
}

/**
 * Whether a framework threw this to steer itself, so that it must reach the framework: `redirect()` and `notFound()` of
 * Next.js and its bail-out of prerendering, a postponed render of React, `redirect()` and `error()` of SvelteKit,
 * `createError()` of Nuxt (h3).
 */
export function isFrameworkSignal(thrown: unknown): boolean {
  try {
    if (typeof thrown !== "object" || thrown === null) return false;
    const { digest, $$typeof } = thrown as Thrown;
    const { __h3_error__ } = thrown.constructor as { __h3_error__?: unknown };
    return (
      (typeof digest === "string" && nextDigest.test(digest)) ||
      $$typeof === Symbol.for("react.postpone") ||
      __h3_error__ === true ||
      isOfSvelteKit(thrown)
    );
  } catch {
    return false;
  }
}

/** Instances of two classes of its own, which are no errors: `{ status, location }` and `{ status, body: { message } }`. */
function isOfSvelteKit(thrown: Thrown): boolean {
  const { status, location, body } = thrown;
  const isOfOwnClass = ![Object.prototype, null].includes(Object.getPrototypeOf(thrown) as object | null);
  if (!isOfOwnClass || thrown instanceof Error || typeof status !== "number") return false;
  const isRedirect = status >= 300 && status <= 308 && typeof location === "string";
  const message = (body as { message?: unknown } | null | undefined)?.message;
  return isRedirect || (status >= 400 && status <= 599 && typeof message === "string");
}
