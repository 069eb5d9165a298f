import { Hono } from "hono";
import type { FaultPoints } from "../fault-point.ts";
import { listPage } from "../list-query.ts";
import type { SandboxParts } from "../sandbox-parts.ts";
import { readableToken, type CardToken } from "../transactions/saved-cards.ts";
import { accountOfCall } from "./authenticate.ts";

/** Dintero's calls for the cards that customers saved. */
export function cardTokenRoutes(sandbox: SandboxParts, point: FaultPoints): Hono {
  const { savedCards } = sandbox;
  const app = new Hono();

  app.get(
    "/card-tokens",
    point("list-card-tokens", (context) => {
      const account = accountOfCall(sandbox, context);
      const query = new URL(context.req.url).searchParams;
      const withDeleted =
        query.get("include_deleted") === "true" || query.getAll("status").includes("DELETED");
      const cards = [...savedCards]
        .filter((card) => card.account === account && (withDeleted || card.status !== "DELETED"))
        .reverse();
      const page = listPage<CardToken>(cards, query, {
        idOf: ({ payment_token_id }) => payment_token_id,
        others: ["include_deleted"],
        repeatable: { status: ({ status }) => status },
        // Nothing of the sandbox makes relations.
        single: { customer_id: ({ customer_id }) => customer_id, relationship_id: () => undefined },
      });
      return context.json(page.map(readableToken));
    }),
  );
  app.get(
    "/card-tokens/:token",
    point("get-card-token", (context) => {
      const account = accountOfCall(sandbox, context);
      return context.json(readableToken(savedCards.require(context.req.param("token") ?? "", account)));
    }),
  );
  app.delete(
    "/card-tokens/:token",
    point("delete-card-token", (context) => {
      const account = accountOfCall(sandbox, context);
      const { payment_token_id } = savedCards.require(context.req.param("token") ?? "", account);
      return context.json(readableToken(savedCards.delete(payment_token_id)));
    }),
  );
  return app;
}
