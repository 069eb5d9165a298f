import { Hono, type Context } from "hono";
import type { SandboxParts } from "../sandbox-parts.ts";
import type { FaultPoints } from "../fault-point.ts";
import { consolePage } from "../console/html.ts";
import { hostedPage, resultPage } from "../page/html.ts";
import { paramsFromQuery, type HostedPageParams } from "../page/params.ts";

const headers = {
  "Content-Type": "text/html; charset=utf-8",
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
};

/** Every page may frame the checkout, one opened from the disk too: the README's first example is such a page. */
const framedByAll = "frame-ancestors * file:; object-src 'none'; base-uri 'none'";

/** The console moves money with a click: no page may lay it under its own buttons. */
const framedByNone = "frame-ancestors 'none'; object-src 'none'; base-uri 'none'";

/** A transparent 1×1 picture, for browsers and for a hidden frame that opens the connection early. */
const favicon = Uint8Array.from(atob("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"), (char) =>
  char.charCodeAt(0),
);

/** The documents for browsers: the hosted page, its result page and the console. */
export function documentRoutes(sandbox: SandboxParts, point: FaultPoints): Hono {
  const app = new Hono();
  const hosted = point("page", (context) => html(hostedPage(pageParams(context, sandbox))));

  app.get("/", (context) =>
    context.req.query("sid") === undefined ? html(consolePage(), framedByNone) : hosted(context),
  );
  app.get("/v1/view/:id", hosted);
  const result = point("result-page", ({ req }) =>
    html(
      resultPage({
        sid: req.query("sid") ?? "",
        language: req.query("language") ?? "",
        transaction_id: req.query("transaction_id") ?? "",
        merchant_reference: req.query("merchant_reference") ?? "",
        error: req.query("error") ?? "",
      }),
    ),
  );
  app.get("/embedResult", result);
  app.get("/favicon.ico", () => {
    const cache = { "Content-Type": "image/gif", "Cache-Control": "max-age=86400" };
    return new Response(favicon, { headers: cache });
  });
  return app;
}

function html(text: string, policy = framedByAll): Response {
  return new Response(text, { headers: { ...headers, "Content-Security-Policy": policy } });
}

function pageParams({ req }: Context, sandbox: SandboxParts): HostedPageParams {
  const query = paramsFromQuery(new URL(req.url).searchParams);
  const view = req.param("id");
  const destination = req.header("Sec-Fetch-Dest");
  const topLevel = destination === "document" || (view !== undefined && destination !== "iframe");
  return {
    ...query,
    sid: view ?? query.sid,
    ui: topLevel ? "fullscreen" : query.ui,
    redirect: topLevel && query.role !== "pop_out_payment",
    newerSdk: sandbox.newerSdk || query.newerSdk,
  };
}
