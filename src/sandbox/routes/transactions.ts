import { Hono, type Context } from "hono";
import type { SandboxParts } from "../sandbox-parts.ts";
import type { FaultPoints, OperationFault } from "../fault-point.ts";
import { readJson } from "../request-body.ts";
import { parseAuthorization, parseMoney, parseTransactionUpdate } from "../requests.ts";
import type { SessionRecord } from "../session-record.ts";
import { listTransactions } from "../transactions/list-transactions.ts";
import type { OperationRequest } from "../pending-operation.ts";
import { readTransaction } from "../transactions/read-transaction.ts";
import { accountOfCall, transactionOfCall } from "./authenticate.ts";

/** Dintero's calls for transactions. */
export function transactionRoutes(sandbox: SandboxParts, point: FaultPoints): Hono {
  const { sessions, transactions, accepted } = sandbox;
  const app = new Hono();

  const read = (context: Context, record: SessionRecord) =>
    readTransaction(sandbox, record, context.req.queries("includes") ?? []);

  const operate = (
    context: Context,
    operation: OperationRequest,
    { accepted: acceptance, correction }: OperationFault,
  ) => {
    const record = transactionOfCall(sandbox, context);
    if (!acceptance) {
      if (correction) accepted.correct(record, operation, correction);
      else transactions.operate(record, operation);
      return context.json(read(context, record));
    }
    const { requestId } = accepted.accept(record, operation, acceptance, correction);
    return context.json(read(context, record), 202, { "event-request-id": requestId });
  };

  app.get(
    "/transactions",
    point("list-transactions", (context) => {
      const account = accountOfCall(sandbox, context);
      const own = [...sessions.records()].filter(({ session }) => session.id.startsWith(`${account}.`));
      const page = listTransactions(own, new URL(context.req.url).searchParams);
      return context.json(page.map((record) => read(context, record)));
    }),
  );

  app.get(
    "/transactions/:id",
    point("get-transaction", (context) => context.json(read(context, transactionOfCall(sandbox, context)))),
  );

  app.put(
    "/transactions/:id",
    point("update-transaction", async (context) => {
      const record = transactionOfCall(sandbox, context);
      const { merchant_reference_2 } = parseTransactionUpdate(await readJson(context));
      if (merchant_reference_2 !== undefined) transactions.setReference(record, merchant_reference_2);
      return context.json(read(context, record));
    }),
  );

  for (const [action, operation] of [
    ["capture", "CAPTURE"],
    ["refund", "REFUND"],
  ] as const)
    app.post(
      `/transactions/:id/${action}`,
      point(action, async (context, fault) => {
        // Checks the transaction's account before the body.
        transactionOfCall(sandbox, context);
        const request = parseMoney(await readJson(context));
        return operate(context, { operation, request }, fault);
      }),
    );

  app.post(
    "/transactions/:id/void",
    // Dintero's description has no body here; live plug-ins send some, which is not read.
    point("void", (context, fault) => operate(context, { operation: "VOID", request: { amount: 0 } }, fault)),
  );

  app.post(
    "/transactions/:id/authorization",
    point("authorization", async (context) => {
      const record = transactionOfCall(sandbox, context);
      transactions.authorize(record, parseAuthorization(await readJson(context, "{}")));
      return context.json(read(context, record));
    }),
  );

  return app;
}
