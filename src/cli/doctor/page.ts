import { isLoopback } from "../../core/addresses.ts";
import { allows, decidingDirectives, parsePolicies, refusingDirective, type Policies } from "./csp.ts";
import { failed, passed, recommended, type Finding } from "./finding.ts";
import { elements } from "./markup.ts";
import { allowsFrame } from "./permissions-policy.ts";
import type { Quote } from "./quote.ts";
import { reach, Unreachable, type Answer } from "./reach.ts";

interface Context {
  readonly checkoutUrl: string;
  readonly endpoint: URL | undefined;
  readonly quote: Quote;
}

/** Whether the page's headers and `<meta>` elements let the checkout work in it. */
export async function* checkPage(
  requested: URL,
  { checkoutUrl, endpoint, quote }: Context,
): AsyncGenerator<Finding> {
  let answer: Answer;
  try {
    answer = await reach(requested, { headers: { accept: "text/html" } });
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    yield failed("page", quote(error.message), "Start the shop, and check the address");
    return;
  }
  const url = new URL(answer.url);
  const where = quote(url.origin + url.pathname);
  if (!answer.ok) {
    yield failed("page", `invalid: ${where} answers ${answer.status}`, "Give a page that needs no login");
    return;
  }
  yield url.protocol === "https:" || isLoopback(url.hostname)
    ? passed("page", `reachable: ${where}`)
    : failed("page", `insecure: ${where} is not https`, "Serve it over https: the frame and wallets need it");

  const page: Page = { url, html: answer.text, headers: answer.headers, policies: policiesOf(answer) };
  const checkout = new URL(checkoutUrl);
  yield checkTag(page, quote);
  yield checkFrame(page, checkout);
  yield* recommendWarmStart(page, checkout);
  yield checkScript(page, quote);
  if (endpoint) yield checkConnection(page, endpoint);
  yield checkWallets(page, checkout);
}

interface Page {
  readonly url: URL;
  readonly html: string;
  readonly headers: Headers;
  readonly policies: Policies;
}

function policiesOf({ headers, text }: Answer): Policies {
  const metas = elements(text, "meta")
    .filter((meta) => meta.get("http-equiv")?.toLowerCase() === "content-security-policy")
    .map((meta) => meta.get("content") ?? "");
  return parsePolicies([headers.get("content-security-policy") ?? "", ...metas]);
}

/** The tag may be rendered by a script: then its page cannot be judged from here. */
function checkTag({ html, url }: Page, quote: Quote): Finding {
  const name = "page tag";
  const tag = (["dintero-checkout", "dintero-return"] as const).find((one) => elements(html, one).length > 0);
  if (tag) return passed(name, `present: <${tag}>`);
  return failed(
    name,
    `missing: the HTML of ${quote(url.pathname)} has neither <dintero-checkout> nor <dintero-return>`,
    "Give the page with the tag. Where a script renders it, open the page in a browser and read its console",
  );
}

/** One line of HTML opens the connection to the checkout while the scripts are still on their way. */
function* recommendWarmStart({ html }: Page, checkout: URL): Generator<Finding> {
  if (elements(html, "dintero-checkout").length === 0) return;
  const isWarm = ({ origin }: URL): boolean => origin === checkout.origin;
  const frames = elements(html, "iframe").map((frame) => frame.get("src") ?? "");
  if (frames.some((src) => URL.canParse(src) && isWarm(new URL(src)))) return;
  yield recommended(
    "page warm start",
    "missing: the connection to the checkout opens only once the script has run",
    `Add beside the tag: <iframe hidden sandbox="allow-same-origin" src="${checkout.origin}/favicon.ico"></iframe>`,
  );
}

function checkFrame({ policies, headers, url }: Page, checkout: URL): Finding {
  const name = "page frame";
  const embedder = headers.get("cross-origin-embedder-policy") ?? "";
  if (/^\s*(require-corp|credentialless)/i.test(embedder))
    return failed(
      name,
      "blocked: Cross-Origin-Embedder-Policy refuses the checkout's frame",
      "Remove the header from this page",
    );
  const directive = refusingDirective({ policies, directive: "frame-src", url: checkout, page: url });
  if (directive)
    return failed(
      name,
      `blocked: ${directive} of the CSP refuses ${checkout.origin}`,
      `Add: frame-src ${checkout.origin}`,
    );
  return passed(name, policies.length ? `allowed: the CSP permits ${checkout.origin}` : "allowed: no CSP");
}

/** The SDK is part of the element's script, so no other origin is needed. The name of a bundle is not known. */
function checkScript({ policies, html, url: page }: Page, quote: Quote): Finding {
  const name = "page script";
  const deciding = decidingDirectives(policies, "script-src");
  for (const tag of elements(html, "script")) {
    const src = tag.get("src") ?? "";
    if (!/dintero-checkout/.test(src) || !URL.canParse(src, page)) continue;
    const url = new URL(src, page);
    const refusing = deciding.find(({ sources }) => !allowsScript(sources, { tag, url, page }));
    return refusing
      ? failed(
          name,
          `blocked: ${refusing.name} of the CSP refuses ${quote(url.href)}`,
          `Add: script-src ${url.origin}`,
        )
      : passed(name, `allowed: ${quote(url.host)} may load the element, with the SDK inside`);
  }
  const none = deciding.find(
    ({ sources }) => !sources.some((source) => !/^'(none|unsafe-\w+|report-sample)'$/i.test(source)),
  );
  return none
    ? failed(name, `blocked: ${none.name} of the CSP refuses every script`, "Add: script-src 'self'")
    : passed(name, "allowed: the SDK comes with your own scripts, no other origin is needed");
}

interface Script {
  readonly tag: ReadonlyMap<string, string>;
  readonly url: URL;
  readonly page: URL;
}

function allowsScript(sources: readonly string[], { tag, url, page }: Script): boolean {
  const has = (source: string) => sources.includes(`'${source}'`);
  const nonce = tag.get("nonce");
  const hashes = tag.get("integrity")?.trim().split(/\s+/) ?? [];
  if ((nonce && has(`nonce-${nonce}`)) || (hashes.length > 0 && hashes.every(has))) return true;
  // 'strict-dynamic' makes browsers ignore addresses.
  return !has("strict-dynamic") && allows(sources, url, page);
}

function checkConnection({ policies, url: page }: Page, endpoint: URL): Finding {
  const name = "page connection";
  const directive = refusingDirective({ policies, directive: "connect-src", url: endpoint, page });
  return directive
    ? failed(
        name,
        `blocked: ${directive} of the CSP refuses ${endpoint.origin}`,
        `Add: connect-src ${endpoint.origin}`,
      )
    : passed(name, `allowed: the page may call ${endpoint.origin}`);
}

function checkWallets({ headers, url: page }: Page, checkout: URL): Finding {
  const name = "page wallets";
  const header = headers.get("permissions-policy");
  return allowsFrame({ header, feature: "payment", origin: checkout.origin, page })
    ? passed(name, "allowed: Apple Pay and Google Pay can appear in the frame")
    : failed(
        name,
        "blocked: Permissions-Policy keeps Apple Pay and Google Pay out of the frame",
        `Send: Permissions-Policy: payment=(self "${checkout.origin}"), or leave out “payment”`,
      );
}
