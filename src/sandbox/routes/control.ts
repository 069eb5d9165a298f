import { Hono } from "hono";
import { cors } from "hono/cors";
import { SandboxError } from "../errors.ts";
import { Pace } from "../pace.ts";
import { requireSameOrigin, requireThisMachine } from "../request-guard.ts";
import type { SandboxParts } from "../sandbox-parts.ts";
import { readObject } from "../request-body.ts";
import { sampleSession } from "../sample-session.ts";
import { parseSession } from "../requests.ts";
import type { SessionRecord } from "../session-record.ts";
import { performAction } from "./session-actions.ts";
import type { SessionRequest } from "../../dintero/session.ts";

/** The control API of the console and of tests. Pages of other origins can only use `/checkout`. */
export function controlRoutes(sandbox: SandboxParts): Hono {
  const { sessions, deliveries, faults, allowedOrigins } = sandbox;
  const app = new Hono();
  const pace = new Pace({ burst: 30, perSecond: 1, now: sandbox.now });
  app.use("/checkout", cors());

  /**
   * A stand-in for a shop's server: the `endpoint` of a `<dintero-checkout>` on any page. It takes nothing from the request,
   * and returns the shopper to the console. Reachable wherever the sandbox listens, as a shop is.
   */
  app.post("/checkout", (context) => {
    if (!pace.take())
      throw new SandboxError(429, "too_many_sessions", "Pages make sessions faster here than a person can");
    const here = sandbox.url ?? context.req.url;
    const request = { ...sampleSession, url: { return_url: new URL("/", here).href } };
    const { session } = sessions.create(
      sandbox.accountId,
      parseSession(request, { strict: true, now: sandbox.now() }),
      { standIn: true },
    );
    return context.json({ id: session.id, url: new URL(`/v1/view/${session.id}`, here).href });
  });

  app.use(
    requireThisMachine(sandbox),
    requireSameOrigin(allowedOrigins),
    cors({ origin: [...allowedOrigins] }),
  );

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
  /** Newest first; `limit` is how many. */
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

  /** What a shopper, a merchant or Dintero may do; see `session-actions.ts` for names and bodies. */
  app.post("/sessions/:id/:action", async (context) => {
    const { id, action } = context.req.param();
    const record = sessions.require(id);
    performAction(action, { sandbox, record, body: await readObject(context, "{}") });
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
