import type { ResultPageParams } from "./params.ts";
import { escape } from "./document.ts";
import { pickLanguage, textsIn, type Language } from "./language.ts";

/** Title and markup of the result page; everything from the address is escaped in it. */
export function result(params: ResultPageParams): {
  readonly language: Language;
  readonly title: string;
  readonly body: string;
} {
  const language = pickLanguage(params.language);
  const text = textsIn(language);
  const [title, explanation, look] = params.error
    ? params.error === "cancelled"
      ? [text("cancelTitle"), text("cancelText"), "wait"]
      : [text("errorTitle"), text("errorText"), "bad"]
    : // The address does not distinguish paid from on hold.
      [text("resultTitle"), text("paidText"), "good"];
  const reference = params.merchant_reference
    ? `<p class="quiet">${escape(text("reference", { reference: params.merchant_reference }))}</p>`
    : "";
  const body = `<header class="ribbon"><p><strong>${escape(text("ribbon"))}</strong> <span>${escape(text("ribbonText"))}</span></p></header>
<main class="page"><div class="panel ${look}"><span class="symbol" aria-hidden="true"></span>
<h1>${escape(title)}</h1><p>${escape(explanation)}</p>${reference}</div></main>`;
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
