import { Hono } from "hono";
import type { FaultPoints } from "../fault-point.ts";
import { readObject } from "../request-body.ts";
import type { SandboxParts } from "../sandbox-parts.ts";
import { accountOfCall } from "./authenticate.ts";

/** Dintero's calls for checkout profiles, which say what sessions can be paid with. */
export function profileRoutes(sandbox: SandboxParts, point: FaultPoints): Hono {
  const { profiles } = sandbox;
  const app = new Hono();

  app.get(
    "/admin/session/profiles",
    point("list-profiles", (context) => {
      accountOfCall(sandbox, context);
      return context.json(profiles.list());
    }),
  );
  app.post(
    "/admin/session/profiles",
    point("create-profile", async (context) => {
      accountOfCall(sandbox, context);
      return context.json(profiles.put(await readObject(context)));
    }),
  );
  app.get(
    "/admin/session/profiles/:profile",
    point("get-profile", (context) => {
      accountOfCall(sandbox, context);
      return context.json(profiles.get(context.req.param("profile") ?? ""));
    }),
  );
  app.put(
    "/admin/session/profiles/:profile",
    point("update-profile", async (context) => {
      accountOfCall(sandbox, context);
      const { id } = profiles.get(context.req.param("profile") ?? "");
      return context.json(profiles.put(await readObject(context), id));
    }),
  );
  app.delete(
    "/admin/session/profiles/:profile",
    point("delete-profile", (context) => {
      accountOfCall(sandbox, context);
      profiles.delete(context.req.param("profile") ?? "");
      return context.body(null, 204);
    }),
  );
  return app;
}
