import { randomId } from "../ids.ts";

export interface DocumentParts {
  readonly language: string;
  readonly title: string;
  /** Becomes markup as it is. */
  readonly body: string;
  readonly style: string;
  readonly script?: string;
  /** Data for the script, read from `#params`. */
  readonly params?: unknown;
}

/** A whole document whose policy allows only its own script. */
export function wholeDocument(parts: DocumentParts): string {
  const nonce = randomId();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src http: https: data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const data =
    parts.params === undefined
      ? ""
      : `<script type="application/json" id="params">${scriptSafe(JSON.stringify(parts.params))}</script>`;
  return `<!doctype html>
<html lang="${escape(parts.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="color-scheme" content="light dark">
<title>${escape(parts.title)}</title>
<link rel="icon" href="/favicon.ico">
<style nonce="${nonce}">${parts.style}</style>
</head>
<body>
${parts.body}
${data}
${parts.script === undefined ? "" : `<script nonce="${nonce}">${parts.script.replaceAll("</script", "<\\/script")}</script>`}
</body>
</html>
`;
}

/** Text for element content and quoted attributes. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** JSON that cannot end its script element. */
function scriptSafe(json: string): string {
  return json.replaceAll("<", "\\u003c");
}
