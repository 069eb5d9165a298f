import type { HostedPageParams, ResultPageParams } from "./params.ts";
import { wholeDocument } from "./document.ts";
import { pickLanguage, textsIn } from "./language.ts";
import script from "./main.ts?script";
import style from "./page.css?inline";
import { result } from "./result.ts";

/** The hosted page as a whole document. */
export function hostedPage(params: HostedPageParams): string {
  const language = pickLanguage(params.language);
  return wholeDocument({
    language,
    title: textsIn(language)("title"),
    body: '<div id="checkout"></div>',
    style,
    script,
    params,
  });
}

/** What the frame shows after an outcome, while the merchant's page goes on. */
export function resultPage(params: ResultPageParams): string {
  const { language, title, body } = result(params);
  return wholeDocument({ language, title, body, style });
}
