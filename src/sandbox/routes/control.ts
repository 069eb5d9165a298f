import { Hono } from "hono";
import { cors } from "hono/cors";
import { SandboxError } from "../errors.ts";
import { requireSameOrigin, requireThisMachine } from "../request-guard.ts";
import type { SandboxContext } from "../context.ts";
import { readObject } from "../request-body.ts";
import { sampleSession } from "../sample-session.ts";
import { payOutcomes, type PayOutcome } from "../page-api.ts";
import type { SessionRecord } from "../sessions/session-record.ts";
import { parseSession } from "../schemas/session-schema.ts";
import { parseMoney } from "../schemas/transaction-schema.ts";
import type { SessionRequest } from "../../dintero/session.ts";

type Json = Readonly<Record<string, unknown>>;

/** What the console and tests control the sandbox with. Pages of other origins can use nothing of it but `/checkout`. */
export function controlRoutes(sandbox: SandboxContext): Hono {
  const { sessions, deliveries, faults, allowedOrigins } = sandbox;
  const app = new Hono();
  app.use("/checkout", cors());

  /**
   * Stands for a shop's server: the `endpoint` of a `<dintero-checkout>` on any page. It takes nothing from the request,
   * and returns the shopper to the console. Reachable wherever the sandbox listens, as a shop is.
   */
  app.post("/checkout", (context) => {
    const here = sandbox.url ?? context.req.url;
    const request = { ...sampleSession, url: { return_url: new URL("/", here).href } };
    const { session } = sessions.create(
      sandbox.accountId,
      parseSession(request, { strict: true, now: sandbox.now() }),
    );
    return context.json({ id: session.id, url: new URL(`/v1/view/${session.id}`, here).href });
  });

  app.use(requireThisMachine(), requireSameOrigin(allowedOrigins), cors({ origin: [...allowedOrigins] }));

  const summary = (record: SessionRecord) => ({
    session: record.session,
    transaction: record.transaction ?? null,
    outcome: record.outcome,
    expired: sessions.expired(record),
  });

  app.get("/", (context) =>
    context.json({
      account: sandbox.accountId,
      client_id: sandbox.clientId,
      sessions: sessions.size,
      keeps: sandbox.keep,
    }),
  );
  /** Newest first; `limit` tells how many. */
  app.get("/sessions", (context) => {
    const limit = Number(context.req.query("limit")) || sessions.size;
    const newest = Array.from(sessions.records()).slice(-limit).reverse();
    return context.json({ sessions: newest.map(summary) });
  });
  app.get("/sessions/:id", (context) => context.json(summary(sessions.require(context.req.param("id")))));

  /** A session without a merchant's server; the body replaces parts of the sample. */
  app.post("/sessions", async (context) => {
    const given = (await readObject(context, "{}")) as Partial<SessionRequest>;
    const url = { ...sampleSession.url, ...given.url };
    const request = parseSession({ ...sampleSession, ...given, url }, { strict: true, now: sandbox.now() });
    return context.json(summary(sessions.create(sandbox.accountId, request)));
  });

  /** What a shopper, a merchant or Dintero may do; see `act` for names and bodies. */
  app.post("/sessions/:id/:action", async (context) => {
    const { id, action } = context.req.param();
    const record = sessions.require(id);
    act(sandbox, record, action, await readObject(context, "{}"));
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
    const { retry_delay } = await readObject(context);
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
    faults.add(await readObject(context));
    return context.json({ faults: [...faults] });
  });
  app.delete("/faults", (context) => {
    faults.clear();
    return context.json({ faults: [] });
  });

  app.get("/tokens", (context) => context.json({ tokens: [...sandbox.tokens.valid()] }));
  app.post("/tokens/expire", (context) => {
    sandbox.tokens.expireAll();
    return context.json({});
  });

  /** The log after entry `after`; waits up to `wait` ms for a new one. */
  app.get("/events", async (context) => {
    const after = Number(context.req.query("after")) || 0;
    const wait = Math.min(Number(context.req.query("wait")) || 0, 60_000);
    return context.json({ events: await sandbox.log.next(after, wait, context.req.raw.signal) });
  });

  return app;
}

function act(sandbox: SandboxContext, record: SessionRecord, action: string, body: Json): void {
  const { sessions, transactions, accepted } = sandbox;
  const product =
    typeof body["payment_product_type"] === "string" ? body["payment_product_type"] : "payex.creditcard";
  switch (action) {
    case "pay":
      transactions.pay(record, { outcome: outcomeOf(body["outcome"]), payment_product_type: product });
      return;
    case "hold":
      if (record.transaction) transactions.hold(record);
      else transactions.pay(record, { outcome: "on_hold", payment_product_type: product });
      return;
    case "release": {
      const { status } = body;
      if (status !== "AUTHORIZED" && status !== "FAILED")
        throw new SandboxError(400, "invalid_request", "status must be AUTHORIZED or FAILED");
      transactions.release(record, status);
      return;
    }
    case "unsettle": {
      const { status } = body;
      if (status !== "INITIATED" && status !== "UNKNOWN")
        throw new SandboxError(400, "invalid_request", "status must be INITIATED or UNKNOWN");
      transactions.unsettle(record, status);
      return;
    }
    case "cancel":
      if (record.outcome) transactions.cancelByMerchant(record, sandbox.clientId);
      else transactions.cancel(record);
      return;
    case "capture":
    case "refund":
      transactions[action](record, parseMoney(body));
      return;
    case "void":
      transactions.void(record);
      return;
    // What was accepted with 202 is done now.
    case "complete":
      accepted.complete(record);
      return;
    case "expire":
      sessions.expire(record);
      return;
    case "lock":
      sessions.lock(record);
      record.feed.add({ type: "changed" });
      return;
    case "post":
      record.feed.add({ type: "post", message: (body["message"] ?? {}) as Json });
      return;
    default:
      throw new SandboxError(404, "not_found", `There is no action ${action}`);
  }
}

function outcomeOf(value: unknown = "authorized"): PayOutcome {
  const known: readonly unknown[] = payOutcomes;
  if (!known.includes(value))
    throw new SandboxError(400, "invalid_request", `outcome must be one of ${payOutcomes.join(", ")}`);
  return value as PayOutcome;
}
