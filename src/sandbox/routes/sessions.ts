import { Hono, type Context } from "hono";
import type { SessionRequest } from "../../dintero/session.ts";
import type { SandboxParts } from "../sandbox-parts.ts";
import { SandboxError } from "../errors.ts";
import type { FaultPoints } from "../fault-point.ts";
import { readJson } from "../request-body.ts";
import { parseSession, parseTokenPayment, parseTokenRequest, parseUpdate } from "../requests.ts";
import type { SessionRecord } from "../session-record.ts";
import { listSessions } from "../sessions/list-sessions.ts";
import { updateSession } from "../sessions/update-session.ts";
import { payWithToken } from "../transactions/pay-with-token.ts";
import { readTransaction } from "../transactions/read-transaction.ts";
import { accountOfCall, hasToggle, sessionOfCall, systemHeaders } from "./authenticate.ts";

/** Dintero's calls for sessions. */
export function sessionRoutes(sandbox: SandboxParts, point: FaultPoints): Hono {
  const { sessions, transactions, express } = sandbox;
  const app = new Hono();

  const created = (context: Context, { session }: SessionRecord) => {
    const url = new URL(`/v1/view/${session.id}`, sandbox.url ?? context.req.url).href;
    const whole = context.req.query("include_session") === "true";
    return context.json({ id: session.id, url, ...(whole && { session }) });
  };

  for (const [path, withProfile] of [
    ["/sessions-profile", true],
    ["/sessions", false],
  ] as const)
    app.post(
      path,
      point("create-session", async (context) => {
        const account = accountOfCall(sandbox, context);
        const strict = hasToggle(context, "strict-session-amounts");
        const checks = { strict, now: sandbox.now(), withProfile };
        const request = parseSession(await readJson(context), checks);
        return created(context, sessions.create(account, request, { systemHeaders: systemHeaders(context) }));
      }),
    );

  app.post(
    "/sessions/payment-token",
    point("payment-token", async (context) => {
      const account = accountOfCall(sandbox, context);
      const { session, token_provider } = parseTokenRequest(await readJson(context));
      const record = sessions.create(account, session as SessionRequest, {
        systemHeaders: systemHeaders(context),
        savesCardOnly: token_provider.payment_product_type,
      });
      sessions.change(
        record,
        { payment_operation: "generate_payment_token" },
        { name: "PAYMENT_TOKEN_FLOW_START", details: { ...token_provider } },
      );
      return created(context, record);
    }),
  );

  app.post(
    "/sessions/pay",
    point("pay-session", async (context) => {
      const account = accountOfCall(sandbox, context);
      const record = payWithToken(sandbox, account, {
        payment: parseTokenPayment(await readJson(context)),
        strictReference: hasToggle(context, "strict-merchant-reference"),
        strictSuccessReference: hasToggle(context, "strict-success-merchant-reference"),
      });
      const transaction = readTransaction(sandbox, record, []);
      const success = record.session.transaction_id !== undefined;
      return context.json({ ...transaction, success, session_id: record.session.id, actions: [] });
    }),
  );

  app.get(
    "/sessions",
    point("list-sessions", (context) => {
      const account = accountOfCall(sandbox, context);
      const own = [...sessions.records()].filter(({ session }) => session.id.startsWith(`${account}.`));
      const page = listSessions(own, new URL(context.req.url).searchParams);
      return context.json(page.map(({ session }) => session));
    }),
  );

  app.get(
    "/sessions/:id",
    point("get-session", (context) => {
      const { session, systemHeaders } = sessionOfCall(sandbox, context);
      const wanted = context.req.queries("includes") ?? [];
      return context.json({
        ...session,
        ...(wanted.includes("initiating_system_request_headers") && {
          initiating_system_request_headers: systemHeaders ?? {},
        }),
      });
    }),
  );

  app.put(
    "/sessions/:id",
    point("update-session", async (context) => {
      const record = sessionOfCall(sandbox, context);
      const update = parseUpdate(await readJson(context));
      if (record.outcome)
        throw new SandboxError(400, "session_completed", "The session is already completed");
      if (sessions.expired(record)) throw new SandboxError(400, "session_expired", "The session has expired");
      if (!record.session.pay_lock && context.req.query("update_without_lock") !== "true")
        throw new SandboxError(400, "session_not_locked", "The session must be locked before it is updated");
      const asksPage = record.addressInQuestion !== undefined;
      updateSession(sessions, record, update);
      const forced = context.req.query("force_shipping_address_callback") === "true";
      // The answer does not wait: a merchant's server that takes one request at a time could not answer both.
      if (forced || (!update.express && !asksPage))
        void express.askForOptions(record).then(
          (called) => called && record.feed.add({ type: "changed" }),
          (error: unknown) => reportFailure(sandbox, record, error),
        );
      return context.json(record.session);
    }),
  );

  app.post(
    "/sessions/:id/cancel",
    point("cancel-session", (context) => {
      const record = sessionOfCall(sandbox, context);
      transactions.cancelByMerchant(record, sandbox.clientId);
      return context.json(record.session);
    }),
  );

  return app;
}

function reportFailure({ log, sessions }: SandboxParts, { session }: SessionRecord, error: unknown): void {
  if (!(error instanceof SandboxError)) throw error;
  log.add({ at: sessions.time(), kind: "warning", text: error.message, session: session.id });
}
