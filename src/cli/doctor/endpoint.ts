import { isFollowableHref } from "../../core/addresses.ts";
import { accountOf, isId } from "../../dintero/ids.ts";
import { failed, passed, type Finding } from "./finding.ts";
import type { Quote } from "./quote.ts";
import { parseObject, reach, Unreachable, type Answer } from "./reach.ts";

interface Context {
  readonly accountId: string;
  readonly page: URL | undefined;
  readonly quote: Quote;
}

const name = "endpoint";
const contract = 'Answer JSON {"id","url"}, as `createSessionHandler` does';
const allowOrigin = "Name the page's origin in `allowedOrigins`";

/** Whether the endpoint answers as `<dintero-checkout endpoint>` needs it; with CORS for a page of another origin. */
export async function checkEndpoint(url: URL, { accountId, page, quote }: Context): Promise<Finding> {
  const where = quote(url.origin + url.pathname);
  const origin = page && page.origin !== url.origin ? page.origin : undefined;
  let answer: Answer;
  try {
    const headers = {
      accept: "application/json",
      "content-type": "application/json",
      ...(origin && { origin }),
    };
    answer = await reach(url, { method: "POST", headers, body: "{}", redirect: "manual" });
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return failed(name, quote(error.message), "Start the shop, and check the address");
  }
  if (!answer.ok) return judgeRefusal(answer, { where, origin, quote });
  const { id, url: link } = parseObject(answer);
  if (!isId(id))
    return failed(name, `invalid: ${where} answers ${answer.status} without a session id`, contract);
  // Dintero's page, or with `channel: in_app` the link of an app.
  if (link !== undefined && !isFollowableHref(link))
    return failed(name, `invalid: the “url” in the answer of ${where} is not an address`, contract);
  if (accountOf(id) !== accountId)
    return failed(
      name,
      `invalid: ${where} creates sessions of ${quote(accountOf(id))}, but the environment here is of ${accountId}`,
      "Give the shop and the doctor the same variables",
    );
  if (origin && !allowsOrigin(answer.headers, origin))
    return failed(name, `invalid: ${where} sends no CORS headers for ${origin}`, allowOrigin);
  return passed(name, `valid: ${where} creates sessions`);
}

interface Refusal {
  readonly where: string;
  readonly origin: string | undefined;
  readonly quote: Quote;
}

function judgeRefusal(answer: Answer, { where, origin, quote }: Refusal): Finding {
  const { status, headers } = answer;
  const error = (parseObject(answer)["error"] ?? {}) as { code?: unknown; message?: unknown };
  const { code, message } = error;
  const details = message ? `: “${quote(message)}”` : code ? `: ${quote(code)}` : "";
  if (headers.has("location")) return failed(name, `invalid: ${where} redirects (${status})`, contract);
  if (status === 404 || status === 405)
    return failed(name, `missing: nothing at ${where} accepts a POST (${status})`, "Check the address");
  if (status >= 500)
    return failed(name, `failing: ${where} answers ${status}${details}`, "See the server's log");
  if (status === 403 && origin)
    return failed(name, `invalid: ${where} refuses pages of ${origin} (403)`, allowOrigin);
  // A message for the shopper, such as that the cart is empty, is a valid answer to an empty request.
  const forShopper = typeof message === "string" && message !== "" && code !== "invalid-session";
  if (forShopper && [400, 409, 422].includes(status))
    return passed(name, `valid: ${where} refuses an empty request with a message (${status})${details}`);
  return failed(name, `invalid: ${where} answers ${status}${details}`, contract);
}

function allowsOrigin(headers: Headers, origin: string): boolean {
  const allowed = headers.get("access-control-allow-origin");
  return allowed === origin || allowed === "*";
}
