/** The attributes of every `<meta>` or `<script>` of a page, without those in comments and in the text of scripts. */
export function elements(html: string, name: "meta" | "script"): ReadonlyMap<string, string>[] {
  const tags = html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/(<script\b[^>]*>)[\s\S]*?<\/script/gi, "$1</script")
    .matchAll(new RegExp(`<${name}\\b((?:"[^"]*"|'[^']*'|[^>"'])*)>`, "gi"));
  return [...tags].map(([, attributes = ""]) => {
    const found = new Map<string, string>();
    for (const [, key, quoted, single, bare] of attributes.matchAll(
      /([^\s"'=<>/]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g,
    ))
      found.set(key!.toLowerCase(), decode(quoted ?? single ?? bare ?? ""));
    return found;
  });
}

const decode = (text: string) =>
  text
    .replace(/&(#39|#x27|apos);/gi, "'")
    .replace(/&(quot|#34);/gi, '"')
    .replace(/&amp;/gi, "&");
