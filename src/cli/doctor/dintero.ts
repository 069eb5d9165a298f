import { createDinteroClient } from "../../server/client.ts";
import type { DinteroError } from "../../server/errors.ts";
import { whereCredentialsAre, type Setup } from "./environment.ts";
import { failed, passed, skipped, type Finding } from "./finding.ts";
import type { Quote } from "./quote.ts";
import { parseObject, reach, Unreachable, unreachable, type Answer } from "./reach.ts";

interface Context {
  readonly now: () => number;
  readonly quote: Quote;
}

const oneAccount = "Account id, client id and client secret must belong to the same account";

/** Requests a token, and compares the clocks. Returns whether the credentials are valid. */
export async function* checkCredentials(
  setup: Setup,
  { now, quote }: Context,
): AsyncGenerator<Finding, boolean> {
  const { host } = new URL(setup.apiUrl);
  const before = now();
  let answer: Answer;
  try {
    answer = await requestToken(setup);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    yield failed("credentials", quote(error.message), checkNetwork("DINTERO_API_URL"));
    yield skipped("clock", `${host} is unreachable`);
    return false;
  }
  const finding = judgeToken(answer, { setup, quote });
  yield finding;
  const date = Date.parse(answer.headers.get("date") ?? "");
  yield Number.isNaN(date)
    ? skipped("clock", `${host} sent no Date header`)
    : // The header has no milliseconds.
      compareClocks((before + now()) / 2000 - (date / 1000 + 0.5), host);
  return finding.status === "passed";
}

function requestToken({ accountId, clientId, clientSecret, apiUrl }: Setup): Promise<Answer> {
  const account = `${apiUrl}/v1/accounts/${accountId}`;
  const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
  return reach(`${account}/auth/token`, {
    method: "POST",
    redirect: "manual",
    headers: { authorization: `Basic ${credentials}`, "content-type": "application/json" },
    body: JSON.stringify({ grant_type: "client_credentials", audience: account }),
  });
}

function judgeToken(answer: Answer, { setup, quote }: { setup: Setup; quote: Quote }): Finding {
  const name = "credentials";
  const { host } = new URL(setup.apiUrl);
  const { status } = answer;
  const { access_token, error } = parseObject(answer);
  if (answer.ok)
    return typeof access_token === "string" && access_token
      ? passed(name, `valid: ${host} issued a token`)
      : failed(name, `invalid: ${host} answered ${status}, but not as Dintero does`, "Check DINTERO_API_URL");
  if (status === 401 || status === 403 || status === 404)
    return failed(
      name,
      `invalid: ${host} rejects them for ${setup.accountId} (${status})`,
      `${oneAccount}. ${whereCredentialsAre}`,
    );
  const { message } = (error ?? {}) as { message?: unknown };
  const details = typeof message === "string" ? `: ${quote(message)}` : "";
  return failed(name, `unknown: ${host} answered ${status}${details}`, "Try again later");
}

/** Seconds: a fifth of what makes a signature stale, and more than a slow network. */
const allowedSkew = 60;

function compareClocks(skew: number, host: string): Finding {
  const seconds = Math.round(Math.abs(skew));
  if (seconds <= allowedSkew) return passed("clock", `accurate: within ${Math.max(seconds, 1)} s of ${host}`);
  return failed(
    "clock",
    `inaccurate: this machine is ${seconds} s ${skew > 0 ? "ahead of" : "behind"} ${host}`,
    "Set the clock (NTP): at 300 s every callback is refused as stale",
  );
}

/** Creates a session of NOK 1 and cancels it. Not for production accounts. */
export async function checkSession(setup: Setup, { now, quote }: Context): Promise<Finding> {
  const client = createDinteroClient({ ...setup, retries: 1 });
  try {
    const { id } = await client.createSession({
      url: { return_url: "https://example.com/" },
      order: {
        amount: 100,
        currency: "NOK",
        merchant_reference: `doctor-${now()}`,
        items: [{ id: "doctor", line_id: "1", description: "Doctor", quantity: 1, amount: 100, vat: 0 }],
      },
      profile_id: setup.profileId,
    });
    // It expires by itself, too.
    await client.cancelSession(id).catch(() => undefined);
    return passed("session", "valid: a session of NOK 1 was created and cancelled");
  } catch (error) {
    return judgeSessionError(error as DinteroError, { setup, quote });
  }
}

function judgeSessionError(error: DinteroError, { setup, quote }: { setup: Setup; quote: Quote }): Finding {
  const name = "session";
  const { host } = new URL(setup.checkoutUrl);
  const { code, status, errors } = error;
  if (!status) {
    const reason = code === "timeout" ? code : (/\(([^)]*)\)$/.exec(error.message)?.[1] ?? code);
    return failed(
      name,
      quote(unreachable(setup.checkoutUrl, reason).message),
      checkNetwork("DINTERO_CHECKOUT_URL"),
    );
  }
  if (code === "unavailable" || code === "rate-limited")
    return failed(name, `unknown: ${host} answered ${status}`, "Try again later");
  if (code === "invalid-answer") {
    const [, foreign] = /of another account, (\w+)$/.exec(error.message) ?? [];
    return foreign
      ? failed(name, `invalid: the session belongs to ${foreign}, not to ${setup.accountId}`, oneAccount)
      : failed(
          name,
          `invalid: ${host} answered ${status}, but not as Dintero does`,
          "Check DINTERO_CHECKOUT_URL",
        );
  }
  const details = errors.length ? ` ${JSON.stringify(errors)}` : "";
  return failed(
    name,
    `refused: ${host} answered ${status}: ${quote(withoutRequest(error.message) + details)}`,
    `Check that the payment profile “${quote(setup.profileId)}” (DINTERO_PROFILE_ID) exists, and that the client may create sessions`,
  );
}

/** The message without `POST https://…: Dintero answered 403` in front. */
const withoutRequest = (message: string) => message.replace(/^[A-Z]+ \S+: (Dintero answered \d+ ?)?/, "");

const checkNetwork = (variable: string) => `Check the network, a proxy or firewall, and ${variable}`;
