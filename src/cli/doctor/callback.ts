import { signRequest } from "../../dintero/signature.ts";
import { isLoopback, isPrivate } from "./address.ts";
import { dinteroCheckout, type Setup } from "./environment.ts";
import { ok, wrong, type Finding } from "./finding.ts";
import type { Quote } from "./quote.ts";
import { reach, Unreachable, type Answer } from "./reach.ts";

const handler = "`createCallbackHandler` does it";

/** Whether Dintero can reach the callback address, and whether what answers there tells Dintero from others. */
export async function* checkCallback(
  url: URL,
  setup: Setup | undefined,
  now: () => number,
  quote: Quote,
): AsyncGenerator<Finding> {
  const name = "callback";
  const where = quote(url.origin + url.pathname);
  const sandbox = isLoopback(setup?.checkoutUrl ?? dinteroCheckout);
  if (!sandbox && (isLoopback(url) || isPrivate(url))) {
    yield wrong(
      name,
      `Dintero cannot reach ${quote(url.host)}`,
      "It needs a public address, or a tunnel to this machine",
    );
    return;
  }
  if (url.protocol !== "https:" && !(sandbox && isLoopback(url))) {
    yield wrong(name, `${where} is not https`, "Dintero calls https addresses only");
    return;
  }
  let answer: Answer;
  try {
    answer = await reach(probe(url), { method: methodOf(url), redirect: "manual" });
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    yield wrong(
      name,
      quote(error.message),
      "Dintero calls from 34.241.230.119 and 34.242.13.162: let them through",
    );
    return;
  }
  const finding = judge(answer, where, methodOf(url), name);
  yield finding;
  const secret = setup?.signatureSecret;
  // On production not even a call that is sure to be refused.
  if (finding.status === "ok" && secret && setup.accountId.startsWith("T"))
    yield await checkSecret(url, setup.accountId, secret, now, quote);
}

/** What a call without signature is answered. */
function judge(
  { status, ok: accepted, headers }: Answer,
  where: string,
  method: string,
  name: string,
): Finding {
  if (accepted)
    return wrong(
      name,
      `${where} answers ${status} to a call that nobody signed`,
      `Check Dintero-Signature, else anybody can say that an order is paid: ${handler}`,
    );
  if (headers.has("location"))
    return wrong(name, `${where} sends callers elsewhere (${status})`, "Give Dintero the final address");
  if (status === 404 || status === 405 || status === 410)
    return wrong(
      name,
      `there is no callback handler at ${where} (${status})`,
      `Answer ${method} there: ${handler}`,
    );
  if (status >= 500)
    return wrong(
      name,
      `${where} fails (${status})`,
      "See the server's log; Dintero would try again, up to 20 times",
    );
  return ok(name, `${where} answers, and refuses a call that nobody signed (${status})`);
}

/**
 * A call that is truly signed, a day ago. Whoever checks signatures tells it from a forged one, and whoever checks the time
 * does nothing about it: so the secret and the public address are tried, and no order is touched.
 */
async function checkSecret(
  url: URL,
  accountId: string,
  secret: string,
  now: () => number,
  quote: Quote,
): Promise<Finding> {
  const name = "callback signature";
  const timestamp = Math.floor(now() / 1000) - 86_400;
  const called = probe(url);
  const method = methodOf(url);
  const signature = await signRequest(secret, { timestamp, accountId, method, url: called });
  try {
    const { status, ok: accepted } = await reach(called, {
      method,
      redirect: "manual",
      headers: { "dintero-signature": signature },
    });
    if (accepted)
      return wrong(
        name,
        `a call signed a day ago is accepted (${status})`,
        `Refuse what is more than 300 s old, else old calls can be repeated: ${handler}`,
      );
    if (status === 401 || status === 403)
      return wrong(
        name,
        `a call signed with DINTERO_SIGNATURE_SECRET is taken for a forged one (${status})`,
        "Does the server have the same secret and account, and does it know its public address (`publicUrl`)?",
      );
    return ok(name, `the server knows the secret, and refuses an old call (${status})`);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return wrong(name, quote(error.message), "It answered a moment ago: try again");
  }
}

/** As the address asks Dintero to call it. */
const methodOf = (url: URL) => (url.searchParams.get("method")?.toUpperCase() === "POST" ? "POST" : "GET");

/** The address as Dintero would call it, of an order that is nobody's. */
function probe(url: URL): URL {
  const called = new URL(url);
  called.hash = "";
  for (const name of ["transaction_id", "session_id", "merchant_reference"])
    called.searchParams.set(name, "doctor");
  called.searchParams.set("time", new Date(0).toISOString());
  return called;
}
