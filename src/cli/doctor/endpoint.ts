import { isId } from "../../dintero/ids.ts";
import { ok, wrong, type Finding } from "./finding.ts";
import type { Quote } from "./quote.ts";
import { reach, Unreachable, type Answer } from "./reach.ts";

/** Whether the endpoint answers as `<dintero-checkout endpoint>` needs it, to the page if that is of another origin. */
export async function checkEndpoint(
  url: URL,
  accountId: string,
  page: URL | undefined,
  quote: Quote,
): Promise<Finding> {
  const name = "endpoint";
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
    return wrong(name, quote(error.message), "Is the shop running, and is the address right?");
  }
  const body = parse(answer.text);
  if (!answer.ok) return refusal(name, where, answer, body, origin, quote);
  if (!isId(body["id"]))
    return wrong(name, `${where} answers ${answer.status} without a session's id`, contract);
  const link = body["url"];
  if (link !== undefined && !(typeof link === "string" && /^https?:\/\//.test(link)))
    return wrong(name, `the “url” that ${where} answers is no address`, contract);
  const [account] = body["id"].split(".");
  if (account !== accountId)
    return wrong(
      name,
      `${where} made a session of ${quote(account)}, and the environment here is of ${accountId}`,
      "Give the shop and the doctor the same variables",
    );
  if (origin && !sharesWith(answer.headers, origin))
    return wrong(
      name,
      `${where} does not share its answer with pages of ${origin} (CORS)`,
      "Name the page's origin in `allowedOrigins`",
    );
  return ok(name, `${where} makes sessions`);
}

const contract = 'Answer JSON {"id","url"}: `createSessionHandler` does it';

function refusal(
  name: string,
  where: string,
  { status, headers }: Answer,
  body: Record<string, unknown>,
  origin: string | undefined,
  quote: Quote,
): Finding {
  const { code, message } = (body["error"] ?? {}) as { code?: unknown; message?: unknown };
  const said = message ? `: “${quote(message)}”` : code ? `: ${quote(code)}` : "";
  if (headers.has("location")) return wrong(name, `${where} sends callers elsewhere (${status})`, contract);
  if (status === 404 || status === 405)
    return wrong(name, `nothing at ${where} takes a POST (${status})`, "Is the address right?");
  if (status >= 500) return wrong(name, `${where} fails (${status})${said}`, "See the server's log");
  if (status === 403 && origin)
    return wrong(
      name,
      `${where} refuses pages of ${origin} (403)`,
      "Name the page's origin in `allowedOrigins`",
    );
  // The merchant's own word to the shopper, such as that the cart is empty, is an answer as agreed.
  if (
    typeof message === "string" &&
    message &&
    [400, 409, 422].includes(status) &&
    code !== "invalid-session"
  )
    return ok(name, `${where} answers with a refusal as agreed (${status}), to an empty request${said}`);
  return wrong(name, `${where} refuses (${status})${said}`, contract);
}

function sharesWith(headers: Headers, origin: string): boolean {
  const allowed = headers.get("access-control-allow-origin");
  return allowed === origin || allowed === "*";
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return value && typeof value === "object" ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
