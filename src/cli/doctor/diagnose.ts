import { checkCallback } from "./callback.ts";
import { checkCredentials, checkSession } from "./dintero.ts";
import { checkEndpoint } from "./endpoint.ts";
import { checkEnvironment, checkSignatureSecret, dinteroCheckout, type Setup } from "./environment.ts";
import { skipped, wrong, type Finding } from "./finding.ts";
import { checkPage } from "./page.ts";
import { createQuote } from "./quote.ts";

/** What the flags asked for. */
export interface Wishes {
  readonly page: URL | undefined;
  readonly endpoint: URL | undefined;
  readonly callback: URL | undefined;
}

interface Around {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
  readonly confirm: ((question: string) => Promise<boolean>) | undefined;
}

/** All checks, in the order in which they are best mended. */
export async function* diagnose(
  { page, endpoint, callback }: Wishes,
  { env, now, confirm }: Around,
): AsyncGenerator<Finding> {
  const quote = createQuote(env);
  const { finding, setup } = checkEnvironment(env);
  yield finding;
  yield checkSignatureSecret(env);

  const refused = setup ? await refusal(setup, confirm) : "the environment comes first";
  if (setup && !refused) {
    const fine = yield* checkCredentials(setup, now, quote);
    yield !setup.accountId.startsWith("T")
      ? skipped("session", `none is made on a production account: try it with your test account (T…)`)
      : fine
        ? await checkSession(setup, now, quote)
        : skipped("session", "the credentials come first");
    if (callback) yield* checkCallback(callback, setup, now, quote);
    if (endpoint) yield await checkEndpoint(endpoint, setup.accountId, page, quote);
  } else {
    const names = ["session", ...(callback ? ["callback"] : []), ...(endpoint ? ["endpoint"] : [])];
    // Nobody was there to ask: that it was left out must not pass for well.
    yield setup && !confirm
      ? wrong("credentials", `not tried: ${refused}`, "Run it in a terminal, or with your test account (T…)")
      : skipped("credentials", `not tried: ${refused}`);
    for (const name of names) yield skipped(name, `not tried: ${refused}`);
  }
  if (page) yield* checkPage(page, setup?.checkoutUrl ?? dinteroCheckout, endpoint, quote);
}

/** Why nothing may be tried on this account, if so. Production is asked for first. */
async function refusal({ accountId }: Setup, confirm: Around["confirm"]): Promise<string | undefined> {
  if (accountId.startsWith("T")) return undefined;
  if (!confirm) return `${accountId} is a production account, and there is nobody to ask`;
  const agreed = await confirm(
    `${accountId} is a production account, where money is real. No payment is made and Dintero is asked for no session,` +
      " but for a token; the addresses that you gave are called, and your endpoint makes a session. Go on?",
  );
  return agreed ? undefined : `you did not agree to it on ${accountId}`;
}
