import type { HostedPageParams, ResultPageParams } from "../page-api.ts";
import { escape, wholeDocument } from "./document.ts";
import { pickLanguage, speak } from "./language.ts";
import script from "./main.ts?script";
import style from "./page.css?inline";

/** The hosted page as a whole document. */
export function hostedPage(params: HostedPageParams): string {
  const language = pickLanguage(params.language);
  return wholeDocument({
    language,
    title: speak(language)("title"),
    body: '<div id="checkout"></div>',
    style,
    script,
    params,
  });
}

/** What the frame shows after an outcome, while the merchant's page goes on. */
export function resultPage(params: ResultPageParams): string {
  const language = pickLanguage(params.language);
  const say = speak(language);
  const [title, text, look] = params.error
    ? params.error === "cancelled"
      ? [say("cancelTitle"), say("cancelText"), "wait"]
      : [say("errorTitle"), say("errorText"), "bad"]
    : // The address does not tell paid from on hold.
      [say("resultTitle"), say("paidText"), "good"];
  const reference = params.merchant_reference
    ? `<p class="quiet">${escape(say("reference", { reference: params.merchant_reference }))}</p>`
    : "";
  return wholeDocument({
    language,
    title,
    body: `<header class="ribbon"><p><strong>${escape(say("ribbon"))}</strong> <span>${escape(say("ribbonText"))}</span></p></header>
<main class="page"><div class="panel ${look}"><span class="symbol" aria-hidden="true"></span>
<h1>${escape(title)}</h1><p>${escape(text)}</p>${reference}</div></main>`,
    style,
  });
}
