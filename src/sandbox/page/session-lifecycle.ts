import { isFollowableHref } from "../../core/addresses.ts";
import type { PageEvent, PageOutcome, PageView } from "../page-api.ts";
import { Refusal } from "./backend.ts";
import type { HostedPage } from "./hosted-page.ts";
import { firstMethod } from "./state.ts";
import { readStored } from "./stored-values.ts";

/** How long, in ms, the frame leaves the outcome to its window before it posts the outcome itself. */
const windowGracePeriod = 1500;

/** Follows the session from loading to its end, including what happens to it away from this page. */
export class SessionLifecycle {
  readonly #page: HostedPage;
  /** The outcome, or that the session is gone, was posted: nothing is posted after it. */
  #finished = false;
  #seq = 0;
  #expiry: ReturnType<typeof setTimeout> | undefined;

  constructor(page: HostedPage) {
    this.#page = page;
  }

  /** Reads the session and posts it to the merchant's page. */
  async load(): Promise<void> {
    const { backend, place, channel } = this.#page;
    this.#page.set({ phase: "loading", problem: null });
    try {
      const view = await backend.load();
      this.#seq = view.seq;
      channel.open(view.directives);
      const types = view.payment_methods.map((method) => method.payment_product_type);
      const kept = readStored(`${place.sid}:method`);
      const saved = view.saved_cards[0];
      const active = kept !== null && types.includes(kept) ? kept : firstMethod(view);
      this.#page.set({
        active,
        savedCard: saved && saved.payment_product_type === active ? saved.payment_token_id : null,
      });
      this.show(view);
      channel.post("SessionLoaded", { session: view.session });
      if (view.outcome) this.end(view.outcome, isPaid(view.outcome));
      else if (view.session.order)
        channel.post("ActivePaymentProductType", { payment_product_type: active ?? undefined });
      void this.#watch();
    } catch (error) {
      channel.open({});
      this.fail(error);
    }
  }

  /** Shows a session, and schedules a look at its expiry. */
  show(view: PageView): void {
    this.#page.set({ view, phase: view.session.order ? "open" : "gone" });
    this.#keepMethodOffered(view);
    clearTimeout(this.#expiry);
    const left = Date.parse(String(view.session.expires_at)) - Date.now();
    // Longer than a timer can count: such a session outlives the page.
    if (left < 2 ** 31) this.#expiry = setTimeout(() => void this.#reread(), Math.max(left, 0) + 50);
  }

  /** Shows a session that was changed, and posts it. */
  update(view: PageView): void {
    this.show(view);
    this.#page.channel.post("SessionUpdated", { session: view.session });
  }

  /** @param post false for an end that was posted before */
  end(outcome: PageOutcome, post: boolean): void {
    const { place, channel, popOutButton } = this.#page;
    if (this.#finished || this.#page.state.phase === "ended") return;
    this.#finished = post;
    clearTimeout(this.#expiry);
    this.#page.set({ phase: "ended", outcome, busy: null, problem: null });
    if (!post) return;
    if (place.launcher) popOutButton.hide();
    if (place.framed) channel.post("ScrollToTop");
    const { type, ...fields } = outcome;
    channel.post(type, fields);
    const alone = !place.framed && !(place.popOutWindow && window.opener);
    if (alone && isFollowableHref(outcome.href)) window.location.assign(outcome.href);
  }

  /** Ends in an app: newer SDKs navigate the whole window to it. */
  leave(outcome: PageOutcome): void {
    this.#finished = true;
    this.#page.channel.post("TopLevelNavigation", { href: outcome.href });
    this.#page.set({ phase: "ended", outcome });
  }

  /** The window was closed by the shopper; or by the SDK, as it has paid, and then no button must come back. */
  async windowClosed(): Promise<void> {
    this.#page.popOutButton.invalidate();
    this.#page.set({ popOut: "closing" });
    try {
      const view = await this.#page.backend.load();
      if (view.outcome) return this.end(view.outcome, true);
      if (this.#page.state.phase === "open") this.show(view);
    } catch (error) {
      this.fail(error);
    }
    // the SDK enables its button at once: another window may have been opened meanwhile
    if (this.#page.state.popOut === "closing") this.#page.set({ popOut: "closed" });
  }

  /** Shows a refusal or a failed request, and posts that the session is gone where it is. */
  fail(error: unknown): void {
    const { place, channel, popOutButton, state } = this.#page;
    const refusal = error instanceof Refusal ? error : null;
    if (refusal?.gone) {
      if (this.#finished) return;
      this.#finished = true;
      channel.post("SessionNotFound");
      if (place.launcher) popOutButton.hide();
      this.#page.set({ phase: "gone" });
    } else if (refusal?.code === "unreachable") {
      this.#page.set(state.phase === "open" ? { problem: { key: "unreachable" } } : { phase: "unreachable" });
    } else if (refusal?.code === "payment_rejected") {
      this.#page.set({ problem: { key: "rejected" } });
    } else {
      this.#page.set({ problem: refusal?.message ? { text: refusal.message } : { key: "requestFailed" } });
    }
  }

  /** An address in another country can change the payment methods. */
  #keepMethodOffered(view: PageView): void {
    const { active, savedCard } = this.#page.state;
    const offered = view.payment_methods.some((method) => method.payment_product_type === active);
    if (active === null || savedCard !== null || offered) return;
    const next = firstMethod(view);
    this.#page.set({ active: next });
    this.#page.channel.post("ActivePaymentProductType", { payment_product_type: next ?? undefined });
  }

  async #reread(): Promise<void> {
    if (this.#page.state.phase !== "open") return;
    try {
      this.show(await this.#page.backend.load());
    } catch (error) {
      this.fail(error);
    }
  }

  async #watch(): Promise<void> {
    while (this.#page.state.phase === "open") {
      let events: readonly PageEvent[];
      try {
        events = await this.#page.backend.events(this.#seq);
      } catch (error) {
        if (error instanceof Refusal && error.gone) return this.fail(error);
        await new Promise((resolve) => setTimeout(resolve, 2000));
        continue;
      }
      for (const event of events) {
        this.#seq = Math.max(this.#seq, event.seq);
        await this.#handle(event);
      }
    }
  }

  async #handle(event: PageEvent): Promise<void> {
    const { state, channel, page } = this.#page;
    switch (event.type) {
      case "changed":
        // While the session is locked, the merchant's page decides when it is read again.
        if (!state.busy && state.lock === null) await this.#reread();
        return;
      case "expired":
        return this.fail(new Refusal("session_expired", ""));
      case "ended":
        if (event.page === page) return;
        // The window posts the outcome itself; the frame does so only if the window is lost.
        if (state.popOut === "open") await new Promise((resolve) => setTimeout(resolve, windowGracePeriod));
        return this.end(event.outcome, true);
      case "directives":
        return channel.open(event.directives);
      case "post": {
        const { type, ...fields } = event.message;
        return channel.post(String(type), fields);
      }
    }
  }
}

function isPaid(outcome: PageOutcome): boolean {
  return outcome.type === "SessionPaymentAuthorized" || outcome.type === "SessionPaymentOnHold";
}
