import { Hono } from "hono";
import { cors } from "hono/cors";
import { readJson } from "../app.ts";
import { SandboxError } from "../errors.ts";
import type { Fault } from "../faults.ts";
import type { World } from "../sandbox.ts";
import type { SessionRecord } from "../sessions.ts";
import type { Item } from "../session.ts";
import { validateAmount } from "../validate.ts";

/** What the console and tests drive the sandbox with. It is open to other origins: tests run there. */
export function controlRoutes(world: World): Hono {
  const { sessions, transactions, deliveries, faults } = world;
  const app = new Hono();
  app.use(cors());

  const summary = (record: SessionRecord) => ({
    session: record.session,
    transaction: record.transaction ?? null,
    outcome: record.outcome,
    expired: sessions.expired(record),
  });

  app.get("/", (context) =>
    context.json({
      account: world.accountId,
      client_id: world.clientId,
      sessions: sessions.size,
      keeps: world.keep,
    }),
  );
  app.get("/sessions", (context) =>
    context.json({ sessions: Array.from(sessions.records(), summary).reverse() }),
  );
  app.get("/sessions/:id", (context) => context.json(summary(sessions.require(context.req.param("id")))));

  /** `{"amount"}` for capture and refund, `{"status"}` for release. */
  app.post("/sessions/:id/:action", async (context) => {
    const { id, action } = context.req.param();
    const record = sessions.require(id);
    const body: unknown = await context.req.json().catch(() => ({}));
    act(world, record, action, body);
    return context.json(summary(record));
  });

  app.get("/deliveries", (context) => context.json({ deliveries: [...deliveries].reverse() }));
  /** Ends all pauses between retries. */
  app.post("/deliveries/hurry", (context) => {
    deliveries.hurry();
    return context.json({});
  });
  /** `{"retry_delay": ms}` for all retries from now on, `null` for the usual schedule. */
  app.post("/deliveries/schedule", async (context) => {
    const { retry_delay } = (await readJson(context)) as { retry_delay?: unknown };
    if (retry_delay !== null && !(typeof retry_delay === "number" && retry_delay >= 0))
      throw new SandboxError(400, "invalid_request", "retry_delay must be a number of ms, or null");
    deliveries.retryDelay = retry_delay === null ? undefined : () => retry_delay;
    return context.json({});
  });
  app.post("/deliveries/:id/replay", (context) => {
    const again = deliveries.replay(context.req.param("id"));
    if (!again) throw new SandboxError(404, "delivery_not_found", "There is no such delivery");
    return context.json({});
  });

  app.get("/faults", (context) => context.json({ faults: [...faults] }));
  app.post("/faults", async (context) => {
    faults.add((await readJson(context)) as Fault);
    return context.json({ faults: [...faults] });
  });
  app.delete("/faults", (context) => {
    faults.clear();
    return context.json({ faults: [] });
  });

  app.post("/tokens/expire", (context) => {
    world.tokens.expireAll();
    return context.json({});
  });

  /** The log after entry `after`; waits up to `wait` ms for a new one. */
  app.get("/events", async (context) => {
    const after = Number(context.req.query("after")) || 0;
    const wait = Math.min(Number(context.req.query("wait")) || 0, 60_000);
    return context.json({ events: await world.log.next(after, wait, context.req.raw.signal) });
  });

  return app;
}

function act(world: World, record: SessionRecord, action: string, body: unknown): void {
  const { sessions, transactions } = world;
  const { status } = (body ?? {}) as { status?: string; message?: Record<string, unknown> };
  switch (action) {
    case "capture":
    case "refund":
      transactions[action](record, validateAmount(body) as { amount: number; items?: readonly Item[] });
      return;
    case "void":
      transactions.void(record);
      return;
    case "cancel":
      transactions.cancelByMerchant(record);
      return;
    case "hold":
      transactions.hold(record);
      return;
    case "release":
      if (status !== "AUTHORIZED" && status !== "FAILED")
        throw new SandboxError(400, "invalid_request", "status must be AUTHORIZED or FAILED");
      transactions.release(record, status);
      return;
    case "expire":
      sessions.expire(record);
      return;
    case "post":
      record.feed.add({
        type: "post",
        message: (body as { message?: Record<string, unknown> }).message ?? {},
      });
      return;
    default:
      throw new SandboxError(404, "not_found", `There is no action ${action}`);
  }
}
