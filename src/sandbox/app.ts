import { Hono } from "hono";
import type { SandboxParts } from "./sandbox-parts.ts";
import { ConnectionReset, SandboxError } from "./errors.ts";
import { faultPoints } from "./fault-point.ts";
import { controlRoutes } from "./routes/control.ts";
import { documentRoutes } from "./routes/documents.ts";
import { requireKnownHost, requireSameOrigin } from "./request-guard.ts";
import type { Connection } from "./connection.ts";
import { pageRoutes } from "./routes/page.ts";
import { sessionRoutes } from "./routes/sessions.ts";
import { brandingRoutes } from "./routes/branding.ts";
import { cardTokenRoutes } from "./routes/card-tokens.ts";
import { hookRoutes } from "./routes/hooks.ts";
import { profileRoutes } from "./routes/profiles.ts";
import { tokenRoutes } from "./routes/tokens.ts";
import { transactionRoutes } from "./routes/transactions.ts";

/** Everything that the sandbox answers, on one address. */
export function createApp(
  sandbox: SandboxParts,
): (request: Request, server?: Connection) => Promise<Response> {
  const rest = faultPoints(sandbox, "rest");
  const page = faultPoints(sandbox, "page");
  const app = new Hono({ strict: false });
  app.use(requireKnownHost(sandbox.hosts));
  app.use("/_sandbox/page/*", requireSameOrigin([]));
  app.route("/v1", tokenRoutes(sandbox, rest));
  app.route("/v1/accounts/:account/hooks", hookRoutes(sandbox, rest));
  app.route("/v1", brandingRoutes(sandbox));
  // The reference of autumn 2026 has the payment calls below the account; the shorter addresses still work.
  for (const base of ["/v1", "/v1/accounts/:account/payments"])
    for (const routes of [sessionRoutes, transactionRoutes, profileRoutes, cardTokenRoutes])
      app.route(base, routes(sandbox, rest));
  app.route("/_sandbox/page/sessions", pageRoutes(sandbox, page));
  app.route("/_sandbox", controlRoutes(sandbox));
  app.route("/", documentRoutes(sandbox, page));
  app.notFound(() => new SandboxError(404, "not_found", "There is no such address").toResponse());
  app.onError((error) => {
    if (error instanceof SandboxError) return error.toResponse();
    if (error instanceof ConnectionReset) throw error;
    console.error(error);
    return new SandboxError(500, "sandbox_error", "The sandbox itself failed").toResponse();
  });
  return (request, server) => settle(Promise.resolve(app.fetch(request, server)), request.signal);
}

/** Rejects at once when the caller gives up, as `fetch` does. */
function settle(answer: Promise<Response>, signal: AbortSignal): Promise<Response> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop);
    answer.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
