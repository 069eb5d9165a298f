import type { PageOutcome, PageView, PaymentMethod, PayOutcome } from "../page-api.ts";
import type { Express } from "../../dintero/express.ts";
import type { Order } from "../../dintero/order.ts";
import type { ShippingOption } from "../../dintero/shipping-option.ts";
import type { Session } from "../session.ts";
import { Refusal, type Backend } from "./backend.ts";

/** What each static session plays, by the part of its id after `T00000000.`. */
export const scenarios = {
  paid: "Paying ends as paid",
  "on-hold": "Paying ends on hold",
  declined: "Paying is declined",
  cancelled: "Whatever the shopper does ends as cancelled",
  expired: "The session is not there any more",
  slow: "It takes three seconds to load",
  silent: "The page draws itself and says nothing",
  validate: "For a merchant’s page that validates before each payment",
  express: "Address, delivery and discount codes (SUMMER gives 10 %)",
  "pop-out": "For a merchant’s page that opens a window",
  locked: "The order is being updated when the page opens",
} as const;

export type Scenario = keyof typeof scenarios;

const account = "T00000000.";
const methods: readonly PaymentMethod[] = [
  { kind: "card", payment_product_type: "payex.creditcard" },
  { kind: "vipps", payment_product_type: "vipps" },
  { kind: "invoice", payment_product_type: "collector.invoice" },
];

/** The scenario of `T00000000.<scenario>`, or null. A `.now` at the end plays its outcome without a click. */
export function scenarioOf(sid: string): { readonly name: Scenario; readonly now: boolean } | null {
  if (!sid.startsWith(account)) return null;
  const [name = "", now] = sid.slice(account.length).split(".");
  return Object.hasOwn(scenarios, name) ? { name: name as Scenario, now: now === "now" } : null;
}

/** Plays a scenario inside the page: no server, nothing kept. `base` is the address of the static files. */
export function scenarioBackend(sid: string, base: string): Backend {
  const scenario = scenarioOf(sid);
  let session = newSession(sid, scenario?.name ?? null, base);
  let delivery: PageView["delivery"] = scenario?.name === "express" ? "unknown" : "not_required";
  let outcome: PageOutcome | null = null;
  let first = true;

  const view = (): PageView => ({
    session,
    payment_methods: methods,
    delivery,
    outcome,
    directives: scenario?.name === "silent" ? { silent: true } : {},
    seq: 0,
  });

  const change = (order: Partial<Order>, express: Express | undefined = session.express): PageView => {
    const merged = { ...session.order, ...order };
    const goods = (merged.items ?? []).reduce((sum, item) => sum + item.amount, 0);
    const off = (merged.discount_lines ?? []).reduce((sum, line) => sum + line.amount, 0);
    const amount = goods - off + (merged.shipping_option?.amount ?? 0);
    const total = { ...merged, amount, vat_amount: Math.round(amount / 5) };
    session = { ...session, order: total, ...(express ? { express } : {}) };
    return view();
  };

  const end = (wanted: PayOutcome | "cancel"): PageOutcome => {
    outcome = outcomeOf(session, wanted);
    return outcome;
  };

  /** The scenario's own end where it has one, whatever the test controls say. */
  const played = (wanted: PayOutcome | "cancel"): PayOutcome | "cancel" => {
    if (scenario?.name === "cancelled") return "cancel";
    if (scenario?.name === "on-hold" && wanted === "authorized") return "on_hold";
    if (scenario?.name === "declined" && wanted === "authorized") return "declined";
    return wanted;
  };

  return {
    async load() {
      if (!scenario) throw new Refusal("session_not_found", "");
      if (scenario.name === "expired") throw new Refusal("session_expired", "");
      if (scenario.name === "slow" && first) await new Promise((resolve) => setTimeout(resolve, 3000));
      first = false;
      return view();
    },
    pay: async (request) => end(played(request.outcome)),
    cancel: async () => end("cancel"),
    async lock() {
      const pay_lock = { id: "lock-1", created_at: new Date().toISOString() };
      session = { ...session, pay_lock };
      return { pay_lock_id: pay_lock.id };
    },
    async refresh() {
      const unlocked = { ...session };
      delete (unlocked as { pay_lock?: unknown }).pay_lock;
      session = unlocked;
      return change(updatedOrder(sid) ?? {});
    },
    async address({ address, client_side }) {
      const ships = address.country !== "US";
      delivery = client_side || ships ? "available" : "none";
      const shipping_options = ships ? shippingOptions : [];
      const order = { ...session.order };
      delete (order as { shipping_option?: unknown }).shipping_option;
      session = { ...session, order };
      return change({ shipping_address: address }, { ...session.express, shipping_options });
    },
    async discount({ codes }) {
      const known = codes.some((code) => code.toUpperCase() === "SUMMER");
      const discount_lines = known
        ? [{ amount: 2999, percentage: 10, discount_id: "SUMMER", description: "Summer, 10 %" }]
        : [];
      return change({ discount_codes: known ? codes : [], discount_lines });
    },
    async shippingOption({ line_id }) {
      const option = shippingOptions.find((other) => other.line_id === line_id);
      return change(option ? { shipping_option: option } : {});
    },
    async events(after) {
      if (scenario?.now && after === 0 && outcome === null) {
        const wanted = played("authorized");
        return [{ seq: 1, type: "ended", outcome: end(wanted) }];
      }
      return new Promise(() => {});
    },
  };
}

/** What a page of our own origin, which plays the merchant's server as well, says the order is by now. */
function updatedOrder(sid: string): Order | undefined {
  try {
    return (window.parent as { sandboxOrders?: Readonly<Record<string, Order>> }).sandboxOrders?.[sid];
  } catch {
    // It is of another origin.
    return undefined;
  }
}

const shippingOptions: readonly ShippingOption[] = [
  {
    id: "home",
    line_id: "home",
    amount: 4900,
    vat_amount: 980,
    vat: 25,
    title: "Home delivery",
    description: "2–3 days",
    delivery_method: "delivery",
    operator: "Posten",
  },
  {
    id: "shop",
    line_id: "shop",
    amount: 0,
    vat_amount: 0,
    vat: 25,
    title: "Collect in our shop",
    description: "Ready tomorrow",
    delivery_method: "pick_up",
  },
];

function newSession(sid: string, scenario: Scenario | null, base: string): Session {
  const now = new Date();
  return {
    id: sid,
    created_at: now.toISOString(),
    updated_at: now.toISOString(),
    expires_at: new Date(now.getTime() + 86_400_000).toISOString(),
    profile_id: "default",
    events: [],
    url: { return_url: new URL("return/", base).href },
    order: {
      amount: 29990,
      currency: "NOK",
      merchant_reference: "order-001",
      vat_amount: 5998,
      items: [
        {
          id: "item-1",
          line_id: "1",
          description: "Blue T-Shirt",
          quantity: 1,
          amount: 29990,
          vat_amount: 5998,
          vat: 25,
        },
      ],
    },
    ...(scenario === "express"
      ? {
          express: {
            shipping_mode: "shipping_required" as const,
            shipping_options: [],
            discount_codes: { max_count: 1, callback_url: base },
          },
        }
      : {}),
    ...(scenario === "locked" ? { pay_lock: { id: "lock-0", created_at: now.toISOString() } } : {}),
  };
}

function outcomeOf(session: Session, wanted: PayOutcome | "cancel"): PageOutcome {
  const { merchant_reference } = session.order;
  const transaction_id = `${session.id}.transaction`;
  const href = new URL(session.url.return_url);
  href.searchParams.set("merchant_reference", merchant_reference);
  if (wanted === "authorized" || wanted === "on_hold") {
    href.searchParams.set("transaction_id", transaction_id);
    const type = wanted === "authorized" ? "SessionPaymentAuthorized" : "SessionPaymentOnHold";
    return { type, transaction_id, merchant_reference, href: href.href };
  }
  const error = wanted === "cancel" ? "cancelled" : wanted === "unauthorized" ? "authorization" : "failed";
  href.searchParams.set("error", error);
  if (error === "cancelled") return { type: "SessionCancel", merchant_reference, href: href.href };
  return { type: "SessionPaymentError", error, merchant_reference, href: href.href };
}
