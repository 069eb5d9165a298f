import { isLoopback } from "./address.ts";
import { allows, deciding, parsePolicies, refusing, type Policies } from "./csp.ts";
import { ok, wrong, type Finding } from "./finding.ts";
import { elements } from "./markup.ts";
import { allowsFrame } from "./permissions-policy.ts";
import type { Quote } from "./quote.ts";
import { reach, Unreachable, type Answer } from "./reach.ts";

/** Whether what a page says about itself lets the checkout work in it. */
export async function* checkPage(
  asked: URL,
  checkoutUrl: string,
  endpoint: URL | undefined,
  quote: Quote,
): AsyncGenerator<Finding> {
  let answer: Answer;
  try {
    answer = await reach(asked, { headers: { accept: "text/html" } });
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    yield wrong("page", quote(error.message), "Is the shop running, and is the address right?");
    return;
  }
  const page = new URL(answer.url);
  const where = quote(page.origin + page.pathname);
  if (!answer.ok) {
    yield wrong(
      "page",
      `${where} answers ${answer.status}`,
      "Give the address of a page that can be seen without logging in",
    );
    return;
  }
  yield page.protocol === "https:" || isLoopback(page)
    ? ok("page", `${where} answers`)
    : wrong(
        "page",
        `${where} is not https`,
        "Wallets and the frame need a secure context: serve the page by https",
      );

  const { headers, text } = answer;
  const metas = elements(text, "meta")
    .filter((meta) => meta.get("http-equiv")?.toLowerCase() === "content-security-policy")
    .map((meta) => meta.get("content") ?? "");
  const policies = parsePolicies([headers.get("content-security-policy") ?? "", ...metas]);
  const checkout = new URL(checkoutUrl);
  yield frame(policies, headers, checkout, page);
  yield script(policies, text, page, quote);
  if (endpoint) yield connection(policies, endpoint, page);
  yield wallets(headers, checkout, page);
}

function frame(policies: Policies, headers: Headers, checkout: URL, page: URL): Finding {
  const name = "page's frame";
  const embedder = headers.get("cross-origin-embedder-policy") ?? "";
  if (/^\s*(require-corp|credentialless)/i.test(embedder))
    return wrong(
      name,
      "Cross-Origin-Embedder-Policy refuses the checkout's frame",
      "Leave it out on this page",
    );
  const directive = refusing(policies, "frame-src", checkout, page);
  return directive
    ? wrong(name, `the CSP's ${directive} refuses ${checkout.origin}`, `Add: frame-src ${checkout.origin}`)
    : ok(name, policies.length ? `the CSP allows ${checkout.origin}` : `no CSP is in its way`);
}

/** The SDK comes inside of the element's own script: no other is loaded. How a bundle is named, nobody can tell. */
function script(policies: Policies, html: string, page: URL, quote: Quote): Finding {
  const name = "page's script";
  for (const tag of elements(html, "script")) {
    const src = tag.get("src") ?? "";
    if (!/dintero-checkout/.test(src) || !URL.canParse(src, page)) continue;
    const url = new URL(src, page);
    const refused = deciding(policies, "script-src").find(
      ({ sources }) => !scriptAllowed(sources, tag, url, page),
    );
    return refused
      ? wrong(name, `the CSP's ${refused.name} refuses ${quote(url.href)}`, `Add: script-src ${url.origin}`)
      : ok(name, `${quote(url.host)} may load the element and, inside of it, the SDK`);
  }
  const none = deciding(policies, "script-src").find(
    ({ sources }) => !sources.some((source) => !/^'(none|unsafe-\w+|report-sample)'$/i.test(source)),
  );
  return none
    ? wrong(name, `the CSP's ${none.name} refuses every script`, "Add: script-src 'self'")
    : ok(name, "as far as can be told: the SDK comes with your own scripts, no other origin is needed");
}

function scriptAllowed(
  sources: readonly string[],
  tag: ReadonlyMap<string, string>,
  url: URL,
  page: URL,
): boolean {
  const has = (source: string) => sources.includes(`'${source}'`);
  const nonce = tag.get("nonce");
  const hashes = tag.get("integrity")?.trim().split(/\s+/) ?? [];
  if ((nonce && has(`nonce-${nonce}`)) || (hashes.length > 0 && hashes.every(has))) return true;
  // With it, addresses count for nothing.
  return !has("strict-dynamic") && allows(sources, url, page);
}

function connection(policies: Policies, endpoint: URL, page: URL): Finding {
  const name = "page's endpoint";
  const directive = refusing(policies, "connect-src", endpoint, page);
  return directive
    ? wrong(name, `the CSP's ${directive} refuses ${endpoint.origin}`, `Add: connect-src ${endpoint.origin}`)
    : ok(name, `the page may ask ${endpoint.origin}`);
}

function wallets(headers: Headers, checkout: URL, page: URL): Finding {
  const name = "page's wallets";
  return allowsFrame(headers.get("permissions-policy"), "payment", checkout.origin, page)
    ? ok(name, "Apple Pay and Google Pay may be shown in the frame")
    : wrong(
        name,
        "Permissions-Policy keeps Apple Pay and Google Pay out of the frame",
        `Send: Permissions-Policy: payment=(self "${checkout.origin}"), or no “payment” at all`,
      );
}
