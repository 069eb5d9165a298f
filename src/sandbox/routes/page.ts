import { Hono, type Context } from "hono";
import type { SandboxParts } from "../sandbox-parts.ts";
import { SandboxError } from "../errors.ts";
import { isObject } from "../../dintero/rules/rule.ts";
import type { FaultPoints } from "../fault-point.ts";
import {
  payOutcomes,
  type AddressRequest,
  type AddressResultRequest,
  type DiscountRequest,
  type PageEvents,
  type PayRequest,
} from "../page-api.ts";
import { readObject } from "../request-body.ts";
import type { SessionRecord } from "../session-record.ts";
import { pageView } from "./page-view.ts";

/** The calls of the hosted page; see `page-api.ts`. */
export function pageRoutes(sandbox: SandboxParts, point: FaultPoints): Hono {
  const { sessions, transactions, express } = sandbox;
  const app = new Hono();

  const recordOf = (context: Context) => sessions.require(sessions.get(context.req.param("id") ?? "") ?? "");
  const view = (record: SessionRecord) => pageView(sandbox, record);
  /** A session that the page may show: an ended one too, an expired one not. */
  const shown = (context: Context): SessionRecord => {
    const record = recordOf(context);
    if (!record.outcome) sessions.requireOpen(record);
    return record;
  };

  app.get(
    "/:id",
    point("view", (context) => {
      const record = shown(context);
      noteVisit(context, record);
      return context.json(view(record), 200, { "Cache-Control": "no-store" });
    }),
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
      if (request.card !== undefined && !isCard(request.card))
        throw new SandboxError(
          400,
          "invalid_request",
          "card must have a number and may have an expiry, as texts",
        );
      const outcome = transactions.pay(record, request as PayRequest);
      const { id } = record.session;
      await sandbox.beforeReturn.get(id);
      sandbox.beforeReturn.delete(id);
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
      sessions.reportExpiry(record);
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
      // Another address may follow before the merchant's page has decided on the first.
      if (record.addressInQuestion) sessions.requireOpen(record);
      else sessions.requireUnlocked(record);
      if (client_side === true) express.submitAddressToPage(record, address);
      else await express.submitAddress(record, address);
      return context.json(view(record));
    }),
  );

  app.post(
    "/:id/address-result",
    point("address-result", async (context) => {
      const record = recordOf(context);
      const { success } = (await readObject(context)) as Partial<AddressResultRequest>;
      if (typeof success !== "boolean")
        throw new SandboxError(400, "invalid_request", "success must be true or false");
      express.finishAddressCallback(record, success);
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
      await express.submitDiscountCodes(record, codes);
      return context.json(view(record));
    }),
  );

  app.post(
    "/:id/shipping-option",
    point("shipping-option", async (context) => {
      const record = recordOf(context);
      const { line_id } = await readObject(context);
      sessions.requireUnlocked(record);
      express.chooseOption(record, String(line_id));
      return context.json(view(record));
    }),
  );

  /** Records the visitor, and once the event of a visit. */
  const noteVisit = (context: Context, record: SessionRecord): void => {
    if (record.outcome || record.session.events.some(({ name }) => name === "VISITED")) return;
    const user_agent = context.req.header("User-Agent");
    sessions.change(
      record,
      { customer_ip: "127.0.0.1", ...(user_agent !== undefined && { user_agent }) },
      { name: "VISITED" },
    );
  };

  app.get("/:id/events", async (context) => {
    const record = recordOf(context);
    const after = Number(context.req.query("after")) || 0;
    const wait = Math.min(Math.max(Number(context.req.query("wait") ?? 20_000) || 0, 0), 60_000);
    const left =
      record.outcome || record.expiryReported
        ? Infinity
        : Date.parse(record.session.expires_at) - sandbox.now();
    sessions.reportExpiry(record);
    // A timer may fire up to 1 ms early.
    const until = Math.max(Math.min(wait, left + 1), 0);
    let events = await record.feed.next(after, until, context.req.raw.signal);
    if (events.length === 0) {
      sessions.reportExpiry(record);
      events = record.feed.since(after);
    }
    return context.json({ events } as PageEvents, 200, { "Cache-Control": "no-store" });
  });

  return app;
}

function isCard(card: unknown): boolean {
  if (!isObject(card)) return false;
  const { number, expiry = "" } = card;
  return typeof number === "string" && typeof expiry === "string";
}
