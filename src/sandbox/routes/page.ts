import { Hono, type Context } from "hono";
import { readObject, type Point } from "../app.ts";
import { SandboxError } from "../errors.ts";
import { submitAddress, submitDiscountCodes } from "../sessions/express.ts";
import {
  payOutcomes,
  type AddressRequest,
  type Delivery,
  type DiscountRequest,
  type PageEvents,
  type PageView,
  type PayRequest,
} from "../page-api.ts";
import { paymentMethods } from "../transactions/payment-methods.ts";
import type { World } from "../world.ts";
import type { SessionRecord } from "../sessions/sessions.ts";

/** What the hosted page asks for; see `page-api.ts`. */
export function pageRoutes(world: World, point: Point): Hono {
  const { sessions, transactions, deliveries, faults } = world;
  const app = new Hono();

  const recordOf = (context: Context) => sessions.require(sessions.get(context.req.param("id") ?? "") ?? "");
  const view = (record: SessionRecord): PageView => {
    const { session } = record;
    const { order, ...withoutOrder } = session;
    return {
      session: faults.withoutOrder(session.id) ? withoutOrder : session,
      payment_methods: paymentMethods(order.currency),
      delivery: delivery(record),
      outcome: record.outcome,
      directives: faults.directives(session.id),
      seq: record.feed.seq,
    };
  };
  /** A session that the page may show: an ended one too, an expired one not. */
  const shown = (context: Context): SessionRecord => {
    const record = recordOf(context);
    if (!record.outcome) sessions.requireOpen(record);
    return record;
  };

  app.get(
    "/:id",
    point("view", (context) => context.json(view(shown(context)), 200, { "Cache-Control": "no-store" })),
  );
  app.post(
    "/:id/refresh",
    point("refresh", (context) => context.json(view(shown(context)))),
  );

  app.post(
    "/:id/pay",
    point("pay", async (context) => {
      const record = recordOf(context);
      const request = (await readObject(context)) as Partial<PayRequest>;
      const { payment_product_type, outcome: wanted } = request;
      if (typeof payment_product_type !== "string" || !wanted || !payOutcomes.includes(wanted))
        throw new SandboxError(400, "invalid_request", "payment_product_type and outcome are required");
      const outcome = transactions.pay(record, request as PayRequest);
      const { id } = record.session;
      await world.beforeReturn.get(id);
      world.beforeReturn.delete(id);
      return context.json(outcome);
    }),
  );

  app.post(
    "/:id/cancel",
    point("cancel", async (context) => {
      const { page } = (await readObject(context, "{}")) as { page?: string };
      return context.json(transactions.cancel(recordOf(context), page));
    }),
  );

  app.post(
    "/:id/lock",
    point("lock", (context) => {
      const record = recordOf(context);
      sessions.tellExpiry(record);
      if (record.outcome || sessions.expired(record))
        throw new SandboxError(409, "lock_refused", "The session is completed or expired");
      return context.json({ pay_lock_id: sessions.lock(record) });
    }),
  );

  app.post(
    "/:id/address",
    point("address", async (context) => {
      const record = recordOf(context);
      const { address, client_side } = (await readObject(context)) as Partial<AddressRequest>;
      if (typeof address !== "object" || address === null)
        throw new SandboxError(400, "invalid_request", "address must be an object");
      sessions.requireUnlocked(record);
      await submitAddress(sessions, deliveries, record, address, client_side === true);
      return context.json(view(record));
    }),
  );

  app.post(
    "/:id/discount",
    point("discount", async (context) => {
      const record = recordOf(context);
      const { codes } = (await readObject(context)) as Partial<DiscountRequest>;
      if (!Array.isArray(codes) || !codes.every((code) => typeof code === "string"))
        throw new SandboxError(400, "invalid_request", "codes must be a list of texts");
      sessions.requireUnlocked(record);
      await submitDiscountCodes(sessions, deliveries, record, codes);
      return context.json(view(record));
    }),
  );

  app.post(
    "/:id/shipping-option",
    point("shipping-option", async (context) => {
      const record = recordOf(context);
      const { line_id } = await readObject(context);
      sessions.requireUnlocked(record);
      sessions.chooseShipping(record, String(line_id));
      return context.json(view(record));
    }),
  );

  app.get("/:id/events", async (context) => {
    const record = recordOf(context);
    const after = Number(context.req.query("after")) || 0;
    const wait = Math.min(Math.max(Number(context.req.query("wait") ?? 20_000) || 0, 0), 60_000);
    const left =
      record.outcome || record.expiryTold ? Infinity : Date.parse(record.session.expires_at) - world.now();
    sessions.tellExpiry(record);
    // a timer may come up to 1 ms before the clock says so
    const until = Math.max(Math.min(wait, left + 1), 0);
    let events = await record.feed.next(after, until, context.req.raw.signal);
    if (events.length === 0) {
      sessions.tellExpiry(record);
      events = record.feed.since(after);
    }
    return context.json({ events } as PageEvents, 200, { "Cache-Control": "no-store" });
  });

  return app;
}

function delivery({ session: { express, order }, undeliverable }: SessionRecord): Delivery {
  if (!express || express.shipping_mode === "shipping_not_required") return "not_required";
  if (undeliverable) return "none";
  const asks = express.shipping_address_callback_url !== undefined && !order.shipping_address;
  return express.shipping_options?.length && !asks ? "available" : "unknown";
}
