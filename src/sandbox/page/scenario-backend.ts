import type { Express } from "../../dintero/express.ts";
import type { Order } from "../../dintero/order.ts";
import type { Missing, PageOutcome, PageView, PaymentMethod, PayOutcome } from "../page-api.ts";
import { Refusal, type Backend } from "./backend.ts";
import { newSession, outcomeOf, shippingOptions } from "./scenario-session.ts";
import { scenarioOf } from "./scenarios.ts";

const methods: readonly PaymentMethod[] = [
  { kind: "card", payment_product_type: "payex.creditcard" },
  { kind: "vipps", payment_product_type: "vipps" },
  { kind: "invoice", payment_product_type: "collector.invoice" },
];

/** Runs a scenario inside the page, without a server or storage. `base` is the address of the static files. */
export function scenarioBackend(sid: string, base: string): Backend {
  const scenario = scenarioOf(sid);
  let session = newSession(sid, scenario?.name ?? null, base);
  let delivery: PageView["delivery"] = scenario?.name === "express" ? "unknown" : "not_required";
  let outcome: PageOutcome | null = null;
  let first = true;

  const missing = (): Missing[] => {
    if (scenario?.name !== "express") return [];
    const { shipping_address, shipping_option } = session.order;
    if (!shipping_address) return ["shipping_address"];
    return shipping_option ? [] : ["shipping_option"];
  };

  const view = (): PageView => ({
    session,
    payment_methods: methods,
    delivery,
    missing: missing(),
    saved_cards: [],
    purpose: "payment",
    saves_card: false,
    discount_codes: scenario?.name === "express" ? { max_count: 1 } : null,
    outcome,
    directives: scenario?.name === "silent" ? { silent: true } : {},
    seq: 0,
  });

  const change = (order: Partial<Order>, express: Express | undefined = session.express): PageView => {
    const merged = { ...session.order, ...order };
    const goods = (merged.items ?? []).reduce((sum, item) => sum + (item.amount ?? 0), 0);
    const off = (merged.discount_lines ?? []).reduce((sum, line) => sum + (line.amount ?? 0), 0);
    const amount = goods - off + (merged.shipping_option?.amount ?? 0);
    const total = { ...merged, amount, vat_amount: Math.round(amount / 5) };
    session = { ...session, order: total, ...(express ? { express } : {}) };
    return view();
  };

  const end = (outcomeToPlay: PayOutcome | "cancel"): PageOutcome => {
    outcome = outcomeOf(session, outcomeToPlay);
    return outcome;
  };

  /** The scenario's own outcome where it has one, else that of the test controls. */
  const played = (outcomeToPlay: PayOutcome | "cancel"): PayOutcome | "cancel" => {
    if (scenario?.name === "cancelled") return "cancel";
    if (scenario?.name === "on-hold" && outcomeToPlay === "authorized") return "on_hold";
    if (scenario?.name === "declined" && outcomeToPlay === "authorized") return "declined";
    return outcomeToPlay;
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
    async addressResult({ success }) {
      if (!success) {
        const order = { ...session.order };
        delete (order as { shipping_address?: unknown }).shipping_address;
        session = { ...session, order };
      }
      return view();
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
        const outcomeToPlay = played("authorized");
        return [{ seq: 1, type: "ended", outcome: end(outcomeToPlay) }];
      }
      return new Promise(() => {});
    },
  };
}

/** The order as a page of our own origin, which also stands in for the merchant's server, has updated it. */
function updatedOrder(sid: string): Order | undefined {
  try {
    return (window.parent as { sandboxOrders?: Readonly<Record<string, Order>> }).sandboxOrders?.[sid];
  } catch {
    // It is of another origin.
    return undefined;
  }
}
