import type { ResultPageParams } from "../page-api.ts";
import { escape } from "./document.ts";
import { pickLanguage, speak, type Language } from "./language.ts";

/** The result page's words and markup; everything from the address is escaped in it. */
export function result(params: ResultPageParams): {
  readonly language: Language;
  readonly title: string;
  readonly body: string;
} {
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
  const body = `<header class="ribbon"><p><strong>${escape(say("ribbon"))}</strong> <span>${escape(say("ribbonText"))}</span></p></header>
<main class="page"><div class="panel ${look}"><span class="symbol" aria-hidden="true"></span>
<h1>${escape(title)}</h1><p>${escape(text)}</p>${reference}</div></main>`;
  return { language, title, body };
}

/** Reads what the SDK wrote into the address of the result page. */
export function resultParams(query: URLSearchParams): ResultPageParams {
  const read = (name: string) => query.get(name) ?? "";
  return {
    sid: read("sid"),
    language: read("language"),
    transaction_id: read("transaction_id"),
    merchant_reference: read("merchant_reference"),
    error: read("error"),
  };
}
