import { isTestId } from "../dintero/ids.ts";
import { ownOptions } from "../core/own-fields.ts";
import { isDeferred, observeHydration } from "../elements/defer-hydration.ts";
import { isPrerendering, whenShown } from "../elements/page-ready.ts";
import type { AttemptHost } from "./attempt-host.ts";
import { CheckoutAttempt } from "./checkout-attempt.ts";
import { resolveMode } from "./checkout-mode.ts";
import { readOptions, type CheckoutAttributes } from "./checkout-options.ts";
import type { CheckoutSnapshot } from "./checkout-snapshot.ts";
import { notReady, type DinteroCheckoutError } from "./errors.ts";
import { CheckoutErrorEvent } from "./events.ts";
import { isPayload } from "./payload.ts";
import { SessionSource } from "./session-source.ts";
import { canBecome, isOver, isPaidOrOnHold } from "./state.ts";
import { whenTriggered } from "./trigger.ts";
import type { CheckoutView } from "./view.ts";

/** The part of the element that its controller uses. */
export interface CheckoutHost {
  readonly element: CheckoutAttributes & { requestUpdate(): void };
  /** Null before the first render. */
  view(): CheckoutView | null;
  /** Renders at once, in place of the update that waits. */
  renderNow(): void;
  /** Takes a new snapshot. */
  changed(snapshot: CheckoutSnapshot, previous: CheckoutSnapshot): void;
  /** Dispatches the event. False when it was prevented. */
  dispatch(event: Event): boolean;
}

/**
 * Owns a payment in the browser: which session it is, where it stands, what is shown. The element gives it the attributes
 * and renders its snapshots. In the order of its life: on the page → triggered → an attempt → over, or removed.
 */
export class CheckoutController {
  readonly #host: CheckoutHost;
  readonly #source = new SessionSource();
  #snapshot: CheckoutSnapshot = {
    state: "idle",
    session: null,
    shownSession: null,
    error: null,
    panel: null,
  };
  /** Aborts when the element is removed. Null while it is not on the page, and before its first render there. */
  #presence: AbortController | null = null;
  #attempt: CheckoutAttempt | null = null;
  /** Reports that the page's framework is done. */
  #hydration: MutationObserver | null = null;

  constructor(host: CheckoutHost) {
    this.#host = host;
  }

  get snapshot(): CheckoutSnapshot {
    return this.#snapshot;
  }

  /** The attempt that runs, or has ended and is still shown. */
  get attempt(): CheckoutAttempt | null {
    return this.#attempt;
  }

  /** Whether the session to show is one of a test account. */
  get testMode(): boolean {
    const id = this.#source.reference(this.#host.element)?.id ?? this.#snapshot.session?.id;
    return id !== undefined && isTestId(id);
  }

  /** @throws `not-ready` */
  get runningAttempt(): CheckoutAttempt {
    if (!this.#attempt) throw notReady(this.#snapshot.state);
    return this.#attempt;
  }

  /** After each render of the element. The options that have changed since the one before lead to one start at most. */
  rendered(changed: ReadonlyMap<PropertyKey, unknown>): void {
    const { element } = this.#host;
    const { state, error } = this.#snapshot;
    const source = changed.has("sessionId") || changed.has("endpoint");
    const display = changed.has("mode") || changed.has("checkoutUrl") || changed.has("language");
    if (source) this.#source.reset();
    if (!element.isConnected) {
      if (source) this.#change({ state: "idle" });
    } else if (!this.#presence) {
      if (isDeferred(element)) this.#hydration ??= observeHydration(element, () => element.requestUpdate());
      else this.#awaitTrigger();
    } else if (state === "idle" && !this.#attempt) {
      if (source || display || changed.has("trigger") || changed.has("fetchSession")) this.#awaitTrigger();
    } else if (source || (display && !isOver(state))) {
      this.start("element");
    } else if (changed.has("fetchSession") && error?.code === "no-session-source") {
      this.start("element");
    } else if (changed.has("payload") && error?.code === "invalid-payload" && isPayload(element.payload)) {
      this.#stop();
      this.#change({ state: "idle" });
      this.#awaitTrigger();
    }
  }

  /** The element is on the page. No request is sent before the trigger. */
  #awaitTrigger(): void {
    this.#presence?.abort();
    const { signal } = (this.#presence = new AbortController());
    const { element } = this.#host;
    const { trigger } = element;
    addEventListener("pageshow", ({ persisted }) => persisted && this.#comeBack(), ownOptions({ signal }));
    if (this.#snapshot.state !== "idle") return;
    whenTriggered({ trigger, element, signal }, () => {
      if (this.#snapshot.state === "idle") this.start("element");
    });
  }

  /** Starts an attempt in place of the one before. */
  start(by: "element" | "page" | "shopper"): void {
    const { element } = this.#host;
    if (!element.isConnected) return;
    if (!this.#presence) {
      // Right after the element was inserted: values set before it count. This first update may start by itself.
      this.#host.renderNow();
      if (this.#attempt) return;
    }
    const view = this.#host.view();
    const options = readOptions(element);
    if (!this.#presence || !view) return;
    if (isPrerendering()) return whenShown(() => this.start(by), this.#presence.signal);
    const mode = resolveMode(options.mode);
    // Never leaves the page without a click, unless the page requests exactly that.
    const isToLeave = options.mode === "redirect" && (by === "page" || options.trigger === "load");
    view.keepHeight(this.#attempt?.iframe ?? null);
    this.#stop();
    if (mode === "redirect" && by !== "shopper" && !isToLeave) return this.#change({ state: "idle" });
    this.#change({ error: null, shownSession: null });
    const attempt: CheckoutAttempt = new CheckoutAttempt(
      { ...options, mode, element, box: view.box, source: this.#source },
      this.#attemptHost(() => this.#attempt === attempt),
    );
    this.#attempt = attempt;
    attempt.start();
  }

  /** What an attempt may do. */
  #attemptHost(isCurrent: () => boolean): AttemptHost {
    return {
      snapshot: () => this.#snapshot,
      options: () => readOptions(this.#host.element),
      update: (changes) => this.#change(changes),
      dispatch: (event) => this.#host.dispatch(event),
      showPanel: (panel) => {
        if (isCurrent()) this.#change({ panel });
      },
      startAgain: () => this.start("element"),
    };
  }

  /** Starts over, with a new session where something creates one. */
  restart(by: "element" | "page"): void {
    this.#source.drop(this.#host.element);
    this.start(by);
  }

  /** The shopper has used a panel's button. */
  startByShopper(): void {
    if (isOver(this.#snapshot.state)) this.#source.drop(this.#host.element);
    this.start("shopper");
  }

  /** Nothing can be shown. */
  fail(error: DinteroCheckoutError): void {
    this.#stop();
    this.#change({ error, state: "error" });
    if (this.#host.dispatch(new CheckoutErrorEvent(error))) console.error(error);
  }

  /**
   * The page comes out of the back/forward cache as it was when it was left. A shopper who comes back from a failed or
   * cancelled payment wants to pay, and that session cannot be paid any more.
   */
  #comeBack(): void {
    const { state } = this.#snapshot;
    if (state === "redirecting") {
      this.#stop();
      this.#change({ state: "idle" });
    } else if (state === "failed" || state === "cancelled") {
      this.restart("element");
    }
  }

  /** The element was removed, or is in another document. A payment that was made stays so. */
  removed(): void {
    this.#presence?.abort();
    this.#presence = null;
    const { state } = this.#snapshot;
    if (isOver(state)) this.#source.drop(this.#host.element);
    else this.#source.cancel();
    this.#stop();
    if (!isPaidOrOnHold(state)) this.#change({ state: "idle" });
  }

  #stop(): void {
    this.#attempt?.destroy();
    this.#attempt = null;
    this.#change({ panel: null });
  }

  #change(changes: Partial<CheckoutSnapshot>): void {
    const previous = this.#snapshot;
    const next = { ...previous, ...changes };
    if (next.state !== previous.state) {
      if (!canBecome(previous.state, next.state)) next.state = previous.state;
      // The other panels belong to an outcome, which stays until the next start.
      else if (previous.state === "error") next.panel = null;
    }
    this.#snapshot = next;
    this.#host.changed(next, previous);
  }
}
