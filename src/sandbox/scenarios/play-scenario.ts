import type { Backend } from "../page/backend.ts";
import type { PayOutcome } from "../page-api.ts";
import { sampleSession } from "../sample-session.ts";
import { createSandbox } from "../sandbox.ts";
import { scenarioShop } from "./scenario-shop.ts";
import { staticAccount, type Scenario } from "./scenarios.ts";

/** How a static session is played. */
export interface ScenarioOptions {
  readonly sid: string;
  readonly scenario: Scenario;
  /** The outcome comes without a click. */
  readonly now: boolean;
  readonly return_url: string;
  /** Requests to the sandbox's page API by its `fetch`. */
  readonly backend: (fetch: ReturnType<typeof createSandbox>["fetch"]) => Backend;
}

/** Runs a sandbox inside the page, with one session that plays the scenario. */
export function playScenario({ sid, scenario, now, return_url, backend }: ScenarioOptions): Backend {
  const sandbox = createSandbox({ account: staticAccount, fetch: scenarioShop });
  const { sessions, transactions } = sandbox;
  const request = { ...sampleSession, ...scenario.session, url: { return_url } };
  const record = sessions.create(staticAccount, request, { id: sid });
  scenario.prepare?.(sandbox, record);
  const real = backend(sandbox.fetch);

  const played = (chosen: PayOutcome) => (chosen === "authorized" ? (scenario.outcome ?? chosen) : chosen);
  const endByItself = () => {
    const outcome = played("authorized");
    const payment_product_type = sandbox.profiles.usualType(record.session);
    if (record.outcome) return;
    if (outcome === "cancelled") transactions.cancel(record);
    else transactions.pay(record, { payment_product_type, outcome });
  };
  return {
    ...real,
    async load() {
      const view = await real.load();
      if (now) setTimeout(endByItself);
      return view;
    },
    refresh() {
      // No merchant's server is there, whose update would end the lock.
      sessions.unlock(record);
      return real.refresh();
    },
    pay(payment) {
      const outcome = played(payment.outcome);
      return outcome === "cancelled" ? real.cancel(payment.page ?? "") : real.pay({ ...payment, outcome });
    },
  };
}
