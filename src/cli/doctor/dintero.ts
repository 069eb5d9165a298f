import { createDinteroClient } from "../../server/client.ts";
import type { DinteroError } from "../../server/errors.ts";
import { requestToken } from "../../server/request-token.ts";
import { createSender } from "../../server/send.ts";
import { whereCredentialsAre, type Setup } from "./environment.ts";
import { ok, skipped, wrong, type Finding } from "./finding.ts";
import type { Quote } from "./quote.ts";
import { unreachable } from "./reach.ts";

/** More than the network's hesitation; a fifth of what makes a signature stale. */
const skewLimit = 60;

/** Whether Dintero gives a token for the credentials, and what time it has. */
export async function* checkCredentials(
  setup: Setup,
  now: () => number,
  quote: Quote,
): AsyncGenerator<Finding, boolean> {
  const { accountId, clientId, clientSecret, apiUrl } = setup;
  const { host } = new URL(apiUrl);
  let skew: number | undefined;
  const timed: typeof fetch = async (input, init) => {
    const before = now();
    const response = await fetch(input, init);
    const date = Date.parse(response.headers.get("date") ?? "");
    // The header leaves the milliseconds out.
    skew = (before + now()) / 2000 - (date / 1000 + 0.5);
    return response;
  };
  const send = createSender({ fetch: timed, timeout: 6000, retries: 1 });
  let fine = true;
  try {
    await requestToken(send, { apiUrl, accountId, clientId, clientSecret, budget: 12_000 });
    yield ok("credentials", `${host} answers a token`);
  } catch (error) {
    fine = false;
    const { code } = error as DinteroError;
    yield code === "unauthorized" || code === "forbidden" || code === "not-found"
      ? wrong(
          "credentials",
          `${host} does not know them for ${accountId}`,
          `Account id, client id and client secret must be of one account. ${whereCredentialsAre}`,
        )
      : failure("credentials", apiUrl, error as DinteroError, quote);
  }
  yield skew === undefined || Number.isNaN(skew)
    ? skipped("clock", `${host} did not tell the time`)
    : clock(skew, host);
  return fine;
}

function clock(skew: number, host: string): Finding {
  const seconds = Math.round(Math.abs(skew));
  if (seconds <= skewLimit) return ok("clock", `within ${Math.max(seconds, 1)} s of ${host}`);
  return wrong(
    "clock",
    `this machine is ${seconds} s ${skew > 0 ? "ahead of" : "behind"} ${host}`,
    "Set the clock (NTP): from 300 s on every callback is refused as stale",
  );
}

/** Whether a session of one krone can be made. It is cancelled at once. Not for production accounts. */
export async function checkSession(setup: Setup, now: () => number, quote: Quote): Promise<Finding> {
  const name = "session";
  const { accountId, checkoutUrl, profileId } = setup;
  const client = createDinteroClient({ ...setup, retries: 1 });
  const item = {
    id: "doctor",
    line_id: "1",
    description: "Doctor",
    quantity: 1,
    amount: 100,
    vat_amount: 0,
    vat: 0,
  };
  try {
    const { id } = await client.createSession({
      url: { return_url: "https://example.com/" },
      order: { amount: 100, currency: "NOK", merchant_reference: `doctor-${now()}`, items: [item] },
      profile_id: profileId,
    });
    // That it was there is what mattered: it expires by itself, too.
    await client.cancelSession(id).catch(() => undefined);
    const [account] = id.split(".");
    if (account !== accountId)
      return wrong(
        name,
        `the session is of ${quote(account)}, not of ${accountId}`,
        "Account id, client id and client secret must be of one account",
      );
    return ok(name, "one of 1 krone could be made, and was cancelled");
  } catch (error) {
    const { code, status, errors, message } = error as DinteroError;
    if (code !== "refused" && code !== "forbidden")
      return failure(name, checkoutUrl, error as DinteroError, quote);
    const details = errors.length ? ` ${JSON.stringify(errors)}` : "";
    return wrong(
      name,
      `${new URL(checkoutUrl).host} refuses it (${status}): ${quote(message.replace(/^.*?: /, "") + details)}`,
      `Is there a payment profile “${quote(profileId)}” (DINTERO_PROFILE_ID), and may the client create sessions?`,
    );
  }
}

function failure(name: string, url: string, { code, status, message }: DinteroError, quote: Quote): Finding {
  if (!status) {
    const word = code === "timeout" ? code : (/\(([^)]*)\)$/.exec(message)?.[1] ?? code);
    const variable = name === "session" ? "DINTERO_CHECKOUT_URL" : "DINTERO_API_URL";
    return wrong(
      name,
      quote(unreachable(url, word).message),
      `Check the network, a proxy or firewall, and ${variable}`,
    );
  }
  const { host } = new URL(url);
  if (code === "unavailable") return wrong(name, `${host} answered ${status}`, "Try again in a while");
  if (code === "rate-limited")
    return wrong(name, `${host} was asked too often (429)`, "Try again in a while");
  if (code === "invalid-answer")
    return wrong(name, `${host} answered ${status}, but not as Dintero does`, "Is that address Dintero's?");
  return wrong(
    name,
    `${host} answered ${status}: ${quote(message.replace(/^.*?: /, ""))}`,
    "See what it says",
  );
}
