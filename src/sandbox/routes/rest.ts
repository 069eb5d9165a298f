import { Hono, type Context } from "hono";
import { readJson, type Point } from "../app.ts";
import { SandboxError } from "../errors.ts";
import type { World } from "../world.ts";
import type { Express, Order } from "../session.ts";
import type { SessionRecord } from "../sessions/sessions.ts";
import { validateAmount, validateSession, validateUpdate } from "../validate.ts";

/** Dintero's REST, of its api and its checkout host alike. */
export function restRoutes(world: World, point: Point): Hono {
  const { sessions, transactions, tokens } = world;
  const app = new Hono();

  const account = (context: Context) => tokens.account(context.req.header("Authorization"));
  /** Sessions of another account are not there. */
  const sessionOf = (context: Context): SessionRecord => {
    const of = account(context);
    const record = sessions.find(context.req.param("id") ?? "");
    if (record?.session.id !== context.req.param("id") || !record?.session.id.startsWith(`${of}.`))
      throw new SandboxError(404, "session_not_found", "There is no such session");
    return record;
  };
  const transactionOf = (context: Context): SessionRecord => {
    const of = account(context);
    const transaction = transactions.get(context.req.param("id") ?? "");
    if (!transaction?.id.startsWith(`${of}.`))
      throw new SandboxError(404, "transaction_not_found", "There is no such transaction");
    return sessions.require(transaction.session_id);
  };

  app.post(
    "/accounts/:account/auth/token",
    point("token", async (context) => {
      const { account } = context.req.param() as { account: string };
      const issued = tokens.issue(account, context.req.header("Authorization"), await readJson(context));
      return context.json(issued, 200, { "Cache-Control": "no-store" });
    }),
  );

  app.post(
    "/sessions-profile",
    point("create-session", async (context) => {
      const of = account(context);
      const request = validateSession(await readJson(context), isStrict(context), world.now());
      const { session } = sessions.create(of, request);
      const url = new URL(`/v1/view/${session.id}`, world.url ?? context.req.url).href;
      const whole = context.req.query("include_session") === "true";
      return context.json({ id: session.id, url, ...(whole && { session }) });
    }),
  );

  app.get(
    "/sessions/:id",
    point("get-session", (context) => context.json(sessionOf(context).session)),
  );

  app.put(
    "/sessions/:id",
    point("update-session", async (context) => {
      const record = sessionOf(context);
      const update = validateUpdate(await readJson(context), isStrict(context));
      if (record.outcome)
        throw new SandboxError(400, "session_completed", "The session is already completed");
      if (sessions.expired(record)) throw new SandboxError(400, "session_expired", "The session has expired");
      if (!record.session.pay_lock && context.req.query("update_without_lock") !== "true")
        throw new SandboxError(400, "session_not_locked", "The session must be locked before it is updated");
      const { order, express } = update as { order?: Order; express?: Express };
      const removeLock = update["remove_lock"] !== false;
      sessions.update(record, { ...(order && { order }), ...(express && { express }) }, removeLock);
      return context.json(record.session);
    }),
  );

  app.post(
    "/sessions/:id/cancel",
    point("cancel-session", (context) => {
      const record = sessionOf(context);
      transactions.cancelByMerchant(record);
      return context.json(record.session);
    }),
  );

  app.get(
    "/transactions/:id",
    point("get-transaction", (context) => context.json(transactionOf(context).transaction)),
  );

  for (const action of ["capture", "refund"] as const)
    app.post(
      `/transactions/:id/${action}`,
      point(action, async (context) => {
        const record = transactionOf(context);
        return context.json(transactions[action](record, validateAmount(await readJson(context))));
      }),
    );

  app.post(
    "/transactions/:id/void",
    point("void", (context) => context.json(transactions.void(transactionOf(context)))),
  );

  return app;
}

function isStrict(context: Context): boolean {
  const toggles = context.req.header("Dintero-Feature-Toggles") ?? "";
  return toggles.split(/[\s,]+/).includes("strict-session-amounts");
}
