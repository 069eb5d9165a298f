import { Parser } from "htmlparser2";

/** What the doctor looks for in a page. */
export type Tag = "meta" | "script" | "iframe" | "dintero-checkout" | "dintero-return";

/** The attributes of every element with this name, without those in comments and in the text of scripts. */
export function elements(html: string, name: Tag): ReadonlyMap<string, string>[] {
  const found: ReadonlyMap<string, string>[] = [];
  const parser = new Parser({
    onopentag(tag, attributes) {
      if (tag === name) found.push(new Map(Object.entries(attributes)));
    },
  });
  parser.end(html);
  return found;
}
