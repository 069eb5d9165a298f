import { CHECKOUT_URL } from "../../dintero/hosts.ts";
import { isTestId } from "../../dintero/ids.ts";
import { checkCallback } from "./callback.ts";
import { checkCredentials, checkSession } from "./dintero.ts";
import { checkEndpoint } from "./endpoint.ts";
import { checkEnvironment, checkSignatureSecret, type Setup } from "./environment.ts";
import { failed, skipped, type Finding } from "./finding.ts";
import { checkPage } from "./page.ts";
import { createQuote } from "./quote.ts";

/** What to check beside the environment. */
export interface Targets {
  readonly page: URL | undefined;
  readonly endpoint: URL | undefined;
  readonly callback: URL | undefined;
}

interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
  readonly confirm: ((question: string) => Promise<boolean>) | undefined;
}

/** Runs all checks. What later checks depend on comes first. */
export async function* diagnose(
  { page, endpoint, callback }: Targets,
  { env, now, confirm }: Context,
): AsyncGenerator<Finding> {
  const quote = createQuote(env);
  const { finding, setup } = checkEnvironment(env);
  yield finding;
  yield checkSignatureSecret(env);

  const refusal = setup ? await reasonNotToCall(setup, confirm) : "the environment must be valid first";
  if (setup && !refusal) {
    const valid = yield* checkCredentials(setup, { now, quote });
    if (!isTestId(setup.accountId)) {
      yield skipped("session", "none is created on a production account; use your test account (T…)");
    } else {
      yield valid
        ? await checkSession(setup, { now, quote })
        : skipped("session", "the credentials must be valid first");
    }
    if (callback) yield* checkCallback(callback, { setup, now, quote });
    if (endpoint) yield await checkEndpoint(endpoint, { accountId: setup.accountId, page, quote });
  } else {
    yield* skipCalls({ refusal, endpoint, callback, unattended: setup !== undefined && !confirm });
  }
  if (!page) return;
  // The page can be checked without a valid environment, but not without consent.
  if (setup && refusal) yield skipped("page", refusal);
  else yield* checkPage(page, { checkoutUrl: setup?.checkoutUrl ?? CHECKOUT_URL, endpoint, quote });
}

interface SkippedCalls extends Omit<Targets, "page"> {
  readonly refusal: string | undefined;
  /** Without a terminal to confirm in. This fails, so that a script does not mistake it for a passed check. */
  readonly unattended: boolean;
}

function* skipCalls({ refusal = "", endpoint, callback, unattended }: SkippedCalls): Generator<Finding> {
  yield unattended
    ? failed(
        "credentials",
        `skipped: ${refusal}`,
        "Run the doctor in a terminal, or with your test account (T…)",
      )
    : skipped("credentials", refusal);
  yield skipped("session", refusal);
  if (callback) yield skipped("callback", refusal);
  if (endpoint) yield skipped("endpoint", refusal);
}

/** Production accounts need the user's consent before any request. */
async function reasonNotToCall(
  { accountId }: Setup,
  confirm: Context["confirm"],
): Promise<string | undefined> {
  if (isTestId(accountId)) return undefined;
  if (!confirm) return `${accountId} is a production account, and there is no terminal to confirm in`;
  const agreed = await confirm(
    `${accountId} is a production account, where real money moves. The doctor requests a token from Dintero and calls ` +
      "the addresses you gave, and your endpoint creates a session. It makes no payment. Continue?",
  );
  return agreed ? undefined : `you did not confirm it for ${accountId}`;
}
