import { existsSync } from "node:fs";
import { API_URL, CHECKOUT_URL } from "../../dintero/hosts.ts";
import { isAccountId, isTestId } from "../../dintero/ids.ts";
import { isNearby } from "../../core/addresses.ts";
import { failed, passed, type Finding } from "./finding.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** The environment variables, once they are valid. */
export interface Setup {
  readonly accountId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signatureSecret: string | undefined;
  readonly apiUrl: string;
  readonly checkoutUrl: string;
  readonly profileId: string;
}

const required = ["DINTERO_ACCOUNT_ID", "DINTERO_CLIENT_ID", "DINTERO_CLIENT_SECRET"] as const;

export const whereCredentialsAre =
  "Find them in Dintero's Backoffice under Settings → API clients → Create new API client → Checkout client, " +
  "or run `npx dintero-checkout-element sandbox` for local ones";

/** Checks the variables that everything needs. Values are never printed: they may be in the wrong variable. */
export function checkEnvironment(env: Env): { finding: Finding; setup?: Setup } {
  const problem = findProblem(env);
  if (problem) return { finding: failed("environment", problem.message, problem.fix) };
  const setup = readSetup(env);
  const kind = isTestId(setup.accountId)
    ? "a test account, no real money moves"
    : "a PRODUCTION account, real money moves";
  return { finding: passed("environment", `valid: ${setup.accountId} is ${kind}`), setup };
}

function readSetup(env: Env): Setup {
  return {
    accountId: env["DINTERO_ACCOUNT_ID"] ?? "",
    clientId: env["DINTERO_CLIENT_ID"] ?? "",
    clientSecret: env["DINTERO_CLIENT_SECRET"] ?? "",
    signatureSecret: env["DINTERO_SIGNATURE_SECRET"] || undefined,
    apiUrl: new URL(env["DINTERO_API_URL"] || API_URL).origin,
    // With a path it is taken as it is, without /v1.
    checkoutUrl: (env["DINTERO_CHECKOUT_URL"] || CHECKOUT_URL).replace(/\/+$/, ""),
    profileId: env["DINTERO_PROFILE_ID"] || "default",
  };
}

interface Problem {
  readonly message: string;
  readonly fix: string;
}

/** The first thing to fix, if there is one. */
function findProblem(env: Env): Problem | undefined {
  const missing = required.filter((name) => !env[name]);
  if (missing.length) {
    const file = existsSync(".env")
      ? ". There is an .env file here; load it with `set -a; . ./.env; set +a`"
      : "";
    return { message: `missing: ${missing.join(", ")}`, fix: whereCredentialsAre + file };
  }
  const all = [...required, "DINTERO_SIGNATURE_SECRET", "DINTERO_API_URL", "DINTERO_CHECKOUT_URL"];
  const padded = all.filter((name) => /^\s|\s$|^(["']).*\1$/.test(env[name] ?? ""));
  if (padded.length)
    return {
      message: `invalid: quotes or spaces around the value of ${padded.join(", ")}`,
      fix: "Remove them",
    };
  if (!isAccountId(env["DINTERO_ACCOUNT_ID"]))
    return {
      message: "invalid: DINTERO_ACCOUNT_ID is not an account id",
      fix: "It must be T (test) or P (production) and 8 digits",
    };
  return findUrlProblem({
    DINTERO_API_URL: env["DINTERO_API_URL"] || API_URL,
    DINTERO_CHECKOUT_URL: env["DINTERO_CHECKOUT_URL"] || CHECKOUT_URL,
  });
}

function findUrlProblem(urls: Readonly<Record<string, string>>): Problem | undefined {
  const fix = "Set it to an address such as https://api.dintero.com, or unset it";
  for (const [name, url] of Object.entries(urls)) {
    const path = name === "DINTERO_CHECKOUT_URL" ? "(/[^?#]*)?" : "/?";
    if (!URL.canParse(url) || !new RegExp(`^https?://[^/?#@]+${path}$`).test(url))
      return {
        message: `invalid: ${name} must be an address without ${path === "/?" ? "a path" : "a query"}`,
        fix,
      };
    if (new URL(url).protocol === "http:" && !isNearby(new URL(url)))
      return { message: `invalid: ${name} must be https, or others can read the credentials`, fix };
  }
  const local = Object.values(urls).filter((url) => isNearby(new URL(url))).length;
  if (local === 1)
    return {
      message: `invalid: only one of ${Object.keys(urls).join(" and ")} points to the sandbox`,
      fix: "Set both, or neither",
    };
  return undefined;
}

/** Without the secret, forged callbacks cannot be detected. */
export function checkSignatureSecret(env: Env): Finding {
  const name = "signature secret";
  return env["DINTERO_SIGNATURE_SECRET"]
    ? passed(name, "present: DINTERO_SIGNATURE_SECRET")
    : failed(
        name,
        "missing: DINTERO_SIGNATURE_SECRET, so forged callbacks cannot be detected",
        `Create one with \`POST ${CHECKOUT_URL}/v1/admin/signature\` and the credentials of an API key; the sandbox prints its own`,
      );
}
