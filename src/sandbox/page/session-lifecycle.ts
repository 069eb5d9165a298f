import type { PageEvent, PageOutcome, PageView } from "../page-api.ts";
import { Refusal } from "./backend.ts";
import type { Desk } from "./page-context.ts";
import { recall } from "./stored-values.ts";

/** How long, in ms, the frame leaves the outcome to its window before it tells in the window's place. */
const patience = 1500;

/** The session from its loading to its end, and what happens to it away from this page. */
export class SessionLife {
  readonly #desk: Desk;
  /** The outcome, or that the session is gone, was told: nothing is told after it. */
  #told = false;
  #seq = 0;
  #expiry: ReturnType<typeof setTimeout> | undefined;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Reads the session and tells the merchant's page what it is. */
  async load(): Promise<void> {
    const { backend, place, wire } = this.#desk;
    this.#desk.set({ phase: "loading", problem: null });
    try {
      const view = await backend.load();
      this.#seq = view.seq;
      wire.direct(view.directives);
      const types = view.payment_methods.map((method) => method.payment_product_type);
      const kept = recall(`${place.sid}:method`);
      const active = kept !== null && types.includes(kept) ? kept : (types[0] ?? null);
      this.#desk.set({ active });
      this.show(view);
      wire.post("SessionLoaded", { session: view.session });
      if (view.outcome) this.end(view.outcome, isPaid(view.outcome));
      else if (view.session.order)
        wire.post("ActivePaymentProductType", { payment_product_type: active ?? undefined });
      void this.#watch();
    } catch (error) {
      wire.direct({});
      this.fail(error);
    }
  }

  /** A session that was read: shown, and its end awaited. */
  show(view: PageView): void {
    this.#desk.set({ view, phase: view.session.order ? "open" : "gone" });
    clearTimeout(this.#expiry);
    const left = Date.parse(view.session.expires_at) - Date.now();
    // Longer than a timer can count: such a session outlives the page.
    if (left < 2 ** 31) this.#expiry = setTimeout(() => void this.#reread(), Math.max(left, 0) + 50);
  }

  /** A session that was changed: shown and told. */
  update(view: PageView): void {
    this.show(view);
    this.#desk.wire.post("SessionUpdated", { session: view.session });
  }

  /** @param tell false for an end that was told before */
  end(outcome: PageOutcome, tell: boolean): void {
    const { place, wire, launcher } = this.#desk;
    if (this.#told || this.#desk.state.phase === "ended") return;
    this.#told = tell;
    clearTimeout(this.#expiry);
    this.#desk.set({ phase: "ended", outcome, busy: null, problem: null });
    if (!tell) return;
    if (place.launcher) launcher.withdraw();
    if (place.framed) wire.post("ScrollToTop");
    const { type, ...fields } = outcome;
    wire.post(type, fields);
    const alone = !place.framed && !(place.popOutWindow && window.opener);
    if (alone && followable(outcome.href)) window.location.assign(outcome.href);
  }

  /** Ends in an app, to which newer SDKs move the whole window. */
  leave(outcome: PageOutcome): void {
    this.#told = true;
    this.#desk.wire.post("TopLevelNavigation", { href: outcome.href });
    this.#desk.set({ phase: "ended", outcome });
  }

  /** The window was closed by the shopper; or by the SDK, as it has paid, and then no button must come back. */
  async windowClosed(): Promise<void> {
    this.#desk.launcher.forget();
    this.#desk.set({ popOut: "closing" });
    try {
      const view = await this.#desk.backend.load();
      if (view.outcome) return this.end(view.outcome, true);
      if (this.#desk.state.phase === "open") this.show(view);
    } catch (error) {
      this.fail(error);
    }
    // the SDK enables its button at once: another window may have been opened meanwhile
    if (this.#desk.state.popOut === "closing") this.#desk.set({ popOut: "closed" });
  }

  /** Something was refused or unreachable: said to the shopper, and to the merchant's page when the session is gone. */
  fail(error: unknown): void {
    const { place, wire, launcher, state } = this.#desk;
    const refusal = error instanceof Refusal ? error : null;
    if (refusal?.gone) {
      if (this.#told) return;
      this.#told = true;
      wire.post("SessionNotFound");
      if (place.launcher) launcher.withdraw();
      this.#desk.set({ phase: "gone" });
    } else if (refusal?.code === "unreachable") {
      this.#desk.set(state.phase === "open" ? { problem: { key: "unreachable" } } : { phase: "unreachable" });
    } else {
      this.#desk.set({ problem: refusal?.message ? { words: refusal.message } : { key: "requestFailed" } });
    }
  }

  async #reread(): Promise<void> {
    if (this.#desk.state.phase !== "open") return;
    try {
      this.show(await this.#desk.backend.load());
    } catch (error) {
      this.fail(error);
    }
  }

  async #watch(): Promise<void> {
    while (this.#desk.state.phase === "open") {
      let events: readonly PageEvent[];
      try {
        events = await this.#desk.backend.events(this.#seq);
      } catch (error) {
        if (error instanceof Refusal && error.gone) return this.fail(error);
        await new Promise((resolve) => setTimeout(resolve, 2000));
        continue;
      }
      for (const event of events) {
        this.#seq = Math.max(this.#seq, event.seq);
        await this.#happen(event);
      }
    }
  }

  async #happen(event: PageEvent): Promise<void> {
    const { state, wire, page } = this.#desk;
    switch (event.type) {
      case "changed":
        // While it is locked the merchant's page says when to look again, and it hears of that look.
        if (!state.busy && state.lock === null) await this.#reread();
        return;
      case "expired":
        return this.fail(new Refusal("session_expired", ""));
      case "ended":
        if (event.page === page) return;
        // The window speaks for itself; only should it be lost does the frame tell in its place.
        if (state.popOut === "open") await new Promise((resolve) => setTimeout(resolve, patience));
        return this.end(event.outcome, true);
      case "directives":
        return wire.direct(event.directives);
      case "post": {
        const { type, ...fields } = event.message;
        return wire.post(String(type), fields);
      }
    }
  }
}

function isPaid(outcome: PageOutcome): boolean {
  return outcome.type === "SessionPaymentAuthorized" || outcome.type === "SessionPaymentOnHold";
}

/** The merchant's return url may belong to an app, but is never a script. */
export function followable(href: string): boolean {
  return (
    URL.canParse(href) &&
    !["javascript:", "data:", "blob:", "vbscript:", "file:"].includes(new URL(href).protocol)
  );
}
