import { existsSync } from "node:fs";
import { isLoopback } from "./address.ts";
import { ok, wrong, type Finding } from "./finding.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** What the environment says, once it makes sense. */
export interface Setup {
  readonly accountId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signatureSecret: string | undefined;
  readonly apiUrl: string;
  readonly checkoutUrl: string;
  readonly profileId: string;
}

export const dinteroCheckout = "https://checkout.dintero.com";

const required = ["DINTERO_ACCOUNT_ID", "DINTERO_CLIENT_ID", "DINTERO_CLIENT_SECRET"] as const;

export const whereCredentialsAre =
  "In Dintero's Backoffice they are under Settings → API clients → Create new API client → Checkout client; " +
  "`npx dintero-checkout-element sandbox` prints some for this machine";

/** The three variables that everything needs, and the two addresses. Values are never told: they may be misplaced. */
export function checkEnvironment(env: Env): { finding: Finding; setup?: Setup } {
  const name = "environment";
  const missing = required.filter((key) => !env[key]);
  if (missing.length) {
    const file = existsSync(".env")
      ? ". There is an .env file here: `set -a; . ./.env; set +a` reads it"
      : "";
    return {
      finding: wrong(name, `${list(missing)} ${are(missing)} not set`, `${whereCredentialsAre}${file}`),
    };
  }
  const all = [...required, "DINTERO_SIGNATURE_SECRET", "DINTERO_API_URL", "DINTERO_CHECKOUT_URL"];
  const padded = all.filter((key) => /^\s|\s$|^(["']).*\1$/.test(env[key] ?? ""));
  if (padded.length)
    return {
      finding: wrong(
        name,
        `${list(padded)} ${are(padded)} in quotes or has space around it`,
        "Take them away",
      ),
    };
  const accountId = env["DINTERO_ACCOUNT_ID"]!;
  if (!/^[TP]\d{8}$/.test(accountId))
    return {
      finding: wrong(
        name,
        "DINTERO_ACCOUNT_ID is no account id",
        "It is T (test) or P (production) and 8 digits",
      ),
    };
  const apiUrl = env["DINTERO_API_URL"] || "https://api.dintero.com";
  const checkoutUrl = env["DINTERO_CHECKOUT_URL"] || dinteroCheckout;
  for (const [key, url] of Object.entries({ DINTERO_API_URL: apiUrl, DINTERO_CHECKOUT_URL: checkoutUrl })) {
    const fix = "Set it to an address such as https://api.dintero.com, or not at all";
    if (!URL.canParse(url) || !/^https?:\/\/[^/?#@]+\/?$/.test(url))
      return { finding: wrong(name, `${key} is no address without path`, fix) };
    if (new URL(url).protocol === "http:" && !isLoopback(url))
      return { finding: wrong(name, `${key} is not https: the credentials could be read on their way`, fix) };
  }
  if (isLoopback(apiUrl) !== isLoopback(checkoutUrl))
    return {
      finding: wrong(
        name,
        "of DINTERO_API_URL and DINTERO_CHECKOUT_URL one is the sandbox's and the other is not",
        "Set both, or neither",
      ),
    };
  const kind = accountId.startsWith("T")
    ? "a test account, no real money"
    : "a PRODUCTION account, real money";
  const setup: Setup = {
    accountId,
    clientId: env["DINTERO_CLIENT_ID"]!,
    clientSecret: env["DINTERO_CLIENT_SECRET"]!,
    signatureSecret: env["DINTERO_SIGNATURE_SECRET"] || undefined,
    apiUrl: new URL(apiUrl).origin,
    checkoutUrl: new URL(checkoutUrl).origin,
    profileId: env["DINTERO_PROFILE_ID"] || "default",
  };
  return { finding: ok(name, `${accountId}, ${kind}`), setup };
}

/** Without it nobody can tell Dintero's callbacks from forged ones. */
export function checkSignatureSecret(env: Env): Finding {
  return env["DINTERO_SIGNATURE_SECRET"]
    ? ok("signature secret", "DINTERO_SIGNATURE_SECRET is set")
    : wrong(
        "signature secret",
        "DINTERO_SIGNATURE_SECRET is not set, so callbacks cannot be told from forged ones",
        "`POST https://checkout.dintero.com/v1/admin/signature` makes one; the sandbox prints its own",
      );
}

const list = (names: readonly string[]) =>
  names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names.join();
const are = (names: readonly string[]) => (names.length > 1 ? "are" : "is");
