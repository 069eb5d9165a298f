// Pages on the merchant's own origin, empty but for what their query asks for: `csp` and `report-only` policies, and
// `head`, markup for the head.

/** Koa middleware for `/support/page?csp=…&head=…`, and for `/support/without-sdk/…`: the source, its adapter missing. */
export async function pages(context, next) {
  const { csp, head, ...query } = context.query;
  if (context.path === "/support/page") {
    if (csp) context.set("Content-Security-Policy", csp);
    if (query["report-only"]) context.set("Content-Security-Policy-Report-Only", query["report-only"]);
    context.type = "html";
    context.body = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title>${head ?? ""}<body></body></html>`;
    return;
  }
  const copy = "/support/without-sdk/";
  if (context.path.startsWith(copy)) {
    if (context.path.endsWith("/sdk.ts")) return;
    context.path = `/${context.path.slice(copy.length)}`;
  }
  await next();
}
