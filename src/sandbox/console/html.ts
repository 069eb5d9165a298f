import { wholeDocument } from "../page/document.ts";
import style from "./console.css?inline";
import script from "./main.ts?script";

/** The console as a whole document. */
export function consolePage(): string {
  return wholeDocument({
    language: "en",
    title: "Sandbox",
    body: '<div id="console"></div>',
    style,
    script,
  });
}
