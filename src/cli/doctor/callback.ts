import { isTestId } from "../../dintero/ids.ts";
import { SIGNATURE_HEADER, signRequest } from "../../dintero/signature.ts";
import { isNearby } from "../../core/addresses.ts";
import type { Setup } from "./environment.ts";
import { failed, passed, type Finding } from "./finding.ts";
import type { Quote } from "./quote.ts";
import { reach, Unreachable, type Answer } from "./reach.ts";

interface Context {
  readonly setup: Setup;
  readonly now: () => number;
  readonly quote: Quote;
}

/** Whether Dintero can reach the callback address, and whether the handler there verifies signatures. */
export async function* checkCallback(url: URL, context: Context): AsyncGenerator<Finding> {
  const { setup, quote } = context;
  const problem = findAddressProblem(url, context);
  if (problem) {
    yield problem;
    return;
  }
  let answer: Answer;
  try {
    answer = await reach(sampleCallback(url), { method: methodOf(url), redirect: "manual" });
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    const fix = "Dintero calls from 34.241.230.119 and 34.242.13.162: let them through";
    yield failed("callback", quote(error.message), fix);
    return;
  }
  const finding = judgeUnsigned(answer, url, quote);
  yield finding;
  // On production not even a request that is certain to be refused.
  if (finding.status === "passed" && setup.signatureSecret && isTestId(setup.accountId))
    yield await checkSignature(url, context);
}

function findAddressProblem(url: URL, { setup, quote }: Context): Finding | undefined {
  const sandbox = isNearby(new URL(setup.checkoutUrl));
  if (!sandbox && isNearby(url))
    return failed(
      "callback",
      `unreachable: Dintero cannot reach ${quote(url.host)}`,
      "Use a public address, or a tunnel to this machine",
    );
  if (url.protocol !== "https:" && !(sandbox && isNearby(url)))
    return failed(
      "callback",
      `invalid: ${place(url, quote)} is not https`,
      "Dintero calls only https addresses",
    );
  return undefined;
}

/** Judges the answer to a request without a signature. */
function judgeUnsigned({ status, ok, headers }: Answer, url: URL, quote: Quote): Finding {
  const name = "callback";
  const where = place(url, quote);
  if (ok)
    return failed(
      name,
      `insecure: ${where} accepts an unsigned request (${status})`,
      "Verify Dintero-Signature, as `createCallbackHandler` does; otherwise anyone can mark an order as paid",
    );
  if (headers.has("location"))
    return failed(name, `invalid: ${where} redirects (${status})`, "Give Dintero the final address");
  if (status === 404 || status === 405 || status === 410)
    return failed(
      name,
      `missing: no callback handler at ${where} (${status})`,
      `Handle ${methodOf(url)} there, for instance with \`createCallbackHandler\``,
    );
  if (status >= 500)
    return failed(
      name,
      `failing: ${where} answers ${status}`,
      "See the server's log; Dintero retries up to 20 times",
    );
  return passed(name, `reachable: ${where} refuses unsigned requests (${status})`);
}

/**
 * Sends a request that was signed a day ago. A handler that verifies signatures and their age refuses it without touching
 * an order, and its status shows whether the secret and the public address are right.
 */
async function checkSignature(url: URL, { setup, now, quote }: Context): Promise<Finding> {
  const name = "callback signature";
  const timestamp = Math.floor(now() / 1000) - 86_400;
  const called = sampleCallback(url);
  const method = methodOf(url);
  const request = { timestamp, accountId: setup.accountId, method, url: called };
  const signature = await signRequest(setup.signatureSecret ?? "", request);
  try {
    const { status, ok } = await reach(called, {
      method,
      redirect: "manual",
      headers: { [SIGNATURE_HEADER]: signature },
    });
    if (ok)
      return failed(
        name,
        `insecure: a request signed a day ago is accepted (${status})`,
        "Refuse signatures older than 300 s, as `createCallbackHandler` does; otherwise old requests can be replayed",
      );
    if (status === 401 || status === 403)
      return failed(
        name,
        `invalid: the server refuses a request signed with DINTERO_SIGNATURE_SECRET (${status})`,
        "Give it the same secret and account, and check its public address (`publicUrl`)",
      );
    return passed(name, `valid: the server has the same secret, and refuses old requests (${status})`);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return failed(name, quote(error.message), "It answered a moment ago: try again");
  }
}

const place = (url: URL, quote: Quote) => quote(url.origin + url.pathname);

/** The method that the address requests of Dintero. */
const methodOf = (url: URL) => (url.searchParams.get("method")?.toUpperCase() === "POST" ? "POST" : "GET");

/** The address as Dintero calls it, for an order that does not exist. */
function sampleCallback(url: URL): URL {
  const called = new URL(url);
  called.hash = "";
  for (const name of ["transaction_id", "session_id", "merchant_reference"])
    called.searchParams.set(name, "doctor");
  called.searchParams.set("time", new Date(0).toISOString());
  return called;
}
