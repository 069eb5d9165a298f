import { checkAccountId } from "./connection.ts";
import { DinteroError, must } from "./errors.ts";
import { jsonOf, readBody } from "./http.ts";
import type { Session } from "./session.ts";
import { checkSecrets, checkSignature, signatureIn } from "./secrets.ts";
import { canonicalRequest } from "../dintero/signature.ts";
import type { Transaction } from "./transaction.ts";

export interface SignatureOptions {
  /** `T` or `P` and 8 digits. */
  readonly accountId: string;
  /** The account's signature secret; several while it is being changed. */
  readonly signatureSecret: string | readonly string[];
  /**
   * The address as Dintero called it, where a proxy shows the server another one: the origin
   * (`https://shop.example`), or a function from the request to the whole address. Forwarded headers are not trusted.
   */
  readonly publicUrl?: string | ((request: Request) => string | URL) | undefined;
  /** Seconds between the signature's time and ours. Default 300. */
  readonly tolerance?: number | undefined;
  /**
   * The clock, in ms since the epoch.
   * @internal
   */
  readonly now?: (() => number) | undefined;
}

/** What Dintero says has happened to a session. All but `transaction` and `session` is signed. */
export interface Callback {
  /** Empty when there is none, as after a cancellation. One that failed may have one: read its status. */
  readonly transactionId: string;
  readonly sessionId: string;
  readonly merchantReference: string;
  /** ISO 8601. */
  readonly time: string;
  /** Why nothing was paid, with `report_error=true`. */
  readonly error?: "cancelled" | "authorization" | "failed" | (string & {}) | undefined;
  /** With `report_event`. */
  readonly event?: "CAPTURE" | "REFUND" | "VOID" | (string & {}) | undefined;
  readonly eventId?: string | undefined;
  /** Differs from delivery to delivery. Not signed. */
  readonly deliveryId?: string | undefined;
  /** From the body, which the signature does NOT cover. Never mark an order paid from it: read the transaction. */
  readonly transaction?: Transaction | undefined;
  /** From the body, which the signature does NOT cover. */
  readonly session?: Session | undefined;
}

/**
 * Resolves to the callback when Dintero signed it. Rejects with `missing-signature` or `invalid-signature` (answer 401:
 * final) or `stale-signature`, a true signature of another time (answer 503: Dintero tries again, a replay gains nothing).
 */
export async function verifyCallback(request: Request, options: SignatureOptions): Promise<Callback> {
  const url = await verifySignature(request, options);
  // Dintero appends its parameters to the merchant's own.
  const parameter = (name: string) => url.searchParams.getAll(name).at(-1);
  // A shop whose own parameter is called `session_id` (PHP's is) has Dintero's named otherwise.
  const sid = parameter("sid_parameter_name") || "session_id";
  return {
    transactionId: parameter("transaction_id") ?? "",
    sessionId: parameter(sid) ?? parameter("sid") ?? "",
    merchantReference: parameter("merchant_reference") ?? "",
    time: parameter("time") ?? "",
    error: parameter("error"),
    event: parameter("event"),
    eventId: parameter("event_id"),
    deliveryId: request.headers.get("event-delivery") ?? undefined,
    ...(request.method === "POST" && (await unsignedBody(request))),
  };
}

/** Checks `Dintero-Signature` and returns the public address. */
export async function verifySignature(request: Request, options: SignatureOptions): Promise<URL> {
  const { accountId, secrets, tolerance, now } = checkSignatureOptions(options);
  const header = signatureIn(request, "dintero-signature");
  const parts = header.split(",").map((part) => part.trim());
  const value = (name: string) => parts.find((part) => part.startsWith(name))?.slice(name.length) ?? "";
  const timestamp = value("t=");
  const url = publicAddress(request, options);
  const canonical = canonicalRequest({ timestamp, accountId, method: request.method, url });
  const { origin, pathname } = url;
  const doubt = `no secret signs ${request.method} ${origin}${pathname} so: did Dintero call that (publicUrl)?`;
  await checkSignature(value("v0-hmac-sha256="), canonical, secrets, "SHA-256", doubt);
  if (!(Math.abs(now() / 1000 - Number(timestamp)) <= tolerance)) {
    throw new DinteroError("stale-signature", `a true signature, but not of the last ${tolerance} s`, {
      status: 503,
      retryable: true,
    });
  }
  return url;
}

/** Refuses options with which nothing, or everything, would be believed. */
export function checkSignatureOptions({
  accountId,
  signatureSecret,
  publicUrl,
  tolerance = 300,
  now = Date.now,
}: SignatureOptions) {
  const secrets = checkSecrets(signatureSecret, "signatureSecret");
  must(tolerance >= 0, "tolerance", "seconds");
  must(
    typeof publicUrl !== "string" || /^https?:\/\/[^/?#@]+\/?$/.test(publicUrl),
    "publicUrl",
    "an origin like https://shop.example, or a function",
  );
  checkAccountId(accountId);
  return { accountId, secrets, tolerance, now };
}

function publicAddress(request: Request, { publicUrl }: SignatureOptions): URL {
  if (typeof publicUrl === "function") return new URL(publicUrl(request));
  const url = new URL(request.url);
  // Put together as text: as a relative address, a path of `//other.example` would be another host.
  return publicUrl ? new URL(new URL(publicUrl).origin + url.pathname + url.search) : url;
}

async function unsignedBody(request: Request): Promise<Pick<Callback, "transaction" | "session">> {
  try {
    const body = jsonOf(await readBody(request, 1024 * 1024)) as {
      readonly session?: Session;
      readonly transaction?: Transaction;
    };
    const { session, transaction = body as Transaction } = body;
    return typeof transaction === "object" ? { transaction, session } : {};
  } catch {
    // Nothing in it is needed, so nothing in it can lose a callback.
    return {};
  }
}
