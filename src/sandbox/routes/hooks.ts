import { Hono, type Context } from "hono";
import type { Delivery } from "../deliveries/delivery.ts";
import { SandboxError } from "../errors.ts";
import type { FaultPoints } from "../fault-point.ts";
import { readJson } from "../request-body.ts";
import { parseSubscription } from "../requests.ts";
import type { SandboxParts } from "../sandbox-parts.ts";
import type { Subscription } from "../webhooks/subscriptions.ts";
import { accountOfCall } from "./authenticate.ts";

/** Dintero's calls for account-wide webhooks, below `/accounts/{account}/hooks`. */
export function hookRoutes(sandbox: SandboxParts, point: FaultPoints): Hono {
  const { subscriptions, deliveries } = sandbox;
  const app = new Hono();

  const subscriptionOf = (context: Context) =>
    subscriptions.require(context.req.param("subscription") ?? "", accountOfCall(sandbox, context));

  app.post(
    "/subscriptions",
    point("create-subscription", async (context) => {
      const account = accountOfCall(sandbox, context);
      return context.json(
        readable(subscriptions.create(account, parseSubscription(await readJson(context)))),
      );
    }),
  );
  app.get(
    "/subscriptions",
    point("list-subscriptions", (context) => {
      const account = accountOfCall(sandbox, context);
      return context.json([...subscriptions].filter((each) => each.account === account).map(readable));
    }),
  );
  app.get(
    "/subscriptions/:subscription",
    point("get-subscription", (context) => context.json(readable(subscriptionOf(context)))),
  );
  app.delete(
    "/subscriptions/:subscription",
    point("delete-subscription", (context) => {
      subscriptions.delete(subscriptionOf(context).id);
      return context.body(null, 204);
    }),
  );
  app.post(
    "/subscriptions/:subscription/ping",
    point("ping", (context) => {
      subscriptions.ping(subscriptionOf(context));
      return context.body(null, 204);
    }),
  );
  app.get(
    "/subscriptions/:subscription/deliveries",
    point("list-deliveries", (context) =>
      context.json(subscriptions.deliveriesOf(subscriptionOf(context)).map(summary)),
    ),
  );
  app.get(
    "/deliveries/:delivery",
    point("get-delivery", (context) => {
      const account = accountOfCall(sandbox, context);
      const delivery = deliveries.get(context.req.param("delivery") ?? "");
      if (delivery?.subscriptionId === undefined)
        throw new SandboxError(404, "delivery_not_found", "There is no such delivery");
      subscriptions.require(delivery.subscriptionId, account);
      const { method, url, attempts } = delivery;
      const { status, duration, signed } = attempts.at(-1) ?? {};
      return context.json({
        ...summary(delivery),
        request: { method, url, body: signed },
        response: { status },
        duration,
      });
    }),
  );
  return app;
}

/** Without the value of the secret. */
function readable({ account: _, config, ...subscription }: Subscription): object {
  const { secret, ...shown } = config;
  return { ...subscription, config: { ...shown, ...(secret && { secret: { type: secret.type } }) } };
}

function summary({ id, attempts, state }: Delivery): object {
  return { id, event_delivery: id, created_at: attempts[0]?.at, status: state };
}
