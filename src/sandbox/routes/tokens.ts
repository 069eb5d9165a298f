import { Hono } from "hono";
import type { SandboxParts } from "../sandbox-parts.ts";
import type { FaultPoints } from "../fault-point.ts";
import { readJson } from "../request-body.ts";

/** Credentials for bearer tokens. */
export function tokenRoutes({ tokens }: SandboxParts, point: FaultPoints): Hono {
  const app = new Hono();
  app.post(
    "/accounts/:account/auth/token",
    point("token", async (context) => {
      const { account } = context.req.param() as { account: string };
      tokens.requireCredentials(account, context.req.header("Authorization"));
      return context.json(tokens.issue(account, await readJson(context)), 200, {
        "Cache-Control": "no-store",
      });
    }),
  );
  return app;
}
