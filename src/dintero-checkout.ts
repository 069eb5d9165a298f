import {
  html,
  isServer,
  LitElement,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from "lit";
import { listenForResults, type VerifiedResult } from "./channel.ts";
import { checkoutAddress, defaultCheckoutUrl, follow, fullPage, isSafe } from "./checkout-address.ts";
import { checkoutStyles } from "./dintero-checkout.styles.ts";
import { DinteroCheckoutError } from "./errors.ts";
import * as events from "./events.ts";
import { ask } from "./gate.ts";
import type { CheckoutMessages } from "./messages/checkout/index.ts";
import { panelOf, panelTemplate, type Panel, type PanelContext } from "./panels.ts";
import type { CheckoutFrame, FrameMessage } from "./sdk.ts";
import type { FetchSession, SessionReference } from "./session-source.ts";
import { isSessionId, merchantMessage, requestSession, requestUpdate } from "./session-source.ts";
import { SessionUpdates, type Update } from "./session-updates.ts";
import { isOver, nextState, type CheckoutSignal, type CheckoutState } from "./state.ts";
import { isAbout, messageOf, tellingOf } from "./telling.ts";
import { Texts } from "./texts.ts";
import { frameRefusal, warmUp } from "./warm-up.ts";
import { rejection } from "./within.ts";

/** How the checkout is shown. */
export type CheckoutMode = "auto" | "embed" | "redirect" | "pop-out";
/** When it begins. */
export type CheckoutTrigger = "load" | "visible" | "click" | "manual";

// Accessors, not fields: Svelte sees them, and what was set before the upgrade is kept. A change starts nothing.
const unnoticed = (): boolean => false;

/**
 * Puts a Dintero payment on the page: in a frame, by redirect, or in a pop-out window.
 *
 * Amounts never come from here: your server makes the session. What the element tells about a payment is a hint;
 * the transaction that your server reads is the truth.
 *
 * @tagname dintero-checkout
 *
 * @attribute {string} session-id - Session to show. Wins over `endpoint`.
 * @attribute {string} endpoint - Address on your server that creates a session: `POST`, JSON, answer `{"id","url"?}`.
 * @attribute {"auto" | "embed" | "redirect" | "pop-out"} mode - How the checkout is shown. Default `auto`.
 * @attribute {"load" | "visible" | "click" | "manual"} trigger - When it begins. Default `load`, for redirect `click`.
 * @attribute {string} language - Language of the checkout and of our texts. Default: the nearest `lang` attribute.
 * @attribute {boolean} validate-session - Ask the page before each payment (`dintero-validate-session`).
 * @attribute {boolean} address-callback - Ask the page on each address change (`dintero-address-callback`).
 * @attribute {number} timeout - ms to wait for the endpoint, and again for the frame's first message. Default 15000.
 * @attribute {"omit" | "same-origin" | "include"} credentials - Fetch credentials mode towards `endpoint`. Default `same-origin`.
 * @attribute {string} checkout-url - The checkout's address. Default `https://checkout.dintero.com`.
 *
 * @fires {SessionEvent} dintero-session - The session was shown, or shown anew after an update.
 * @fires {PaymentEvent} dintero-payment - Authorized or on hold. Default action: go to `href`.
 * @fires {PaymentErrorEvent} dintero-payment-error - The payment failed. Default action: go to `href`.
 * @fires {CancelEvent} dintero-cancel - The shopper cancelled. Default action: go to `href`.
 * @fires {SessionNotFoundEvent} dintero-session-not-found - Unknown or expired. Default action: show the expired panel.
 * @fires {SessionLockedEvent} dintero-session-locked - The session is locked for an update.
 * @fires {SessionLockFailedEvent} dintero-session-lock-failed - The session could not be locked.
 * @fires {PaymentTypeEvent} dintero-payment-type - The shopper chose another way to pay.
 * @fires {ValidateSessionEvent} dintero-validate-session - May this payment go ahead? Answer with `respondWith()`.
 * @fires {AddressCallbackEvent} dintero-address-callback - Is this address fine? Answer with `respondWith()`.
 * @fires {RedirectEvent} dintero-redirect - About to leave for Dintero's page. Default action: go to `url`.
 * @fires {CheckoutErrorEvent} dintero-error - Something is in the way. Default action: show the error panel.
 * @fires {StateEvent} dintero-state - The state changed.
 *
 * @slot - Fallback: shown before the element is defined, and below the panel in `error` and `expired`.
 * @slot loading - In place of the loading panel.
 * @slot error - In place of the error panel.
 * @slot expired - In place of the expired panel.
 * @slot button - In place of the button; a click on it starts.
 * @slot frame - A `<div>` of yours that the pop-out's frame is put into; made by the element where there is none.
 *
 * @csspart frame - The box around the payment frame.
 * @csspart loading - The loading panel.
 * @csspart error - The error panel, and those of an outcome that leads nowhere.
 * @csspart message - The text of a panel.
 * @csspart button - The button of a panel, and the one that starts.
 * @csspart link - The link to Dintero's full page.
 *
 * @cssproperty [--dintero-checkout-min-height=min(44rem, 80vh)] - Height reserved before the frame speaks.
 * @cssproperty --dintero-checkout-color - Text colour of the panels. Default: the page's.
 * @cssproperty --dintero-checkout-background - Background of the panels. Default: none.
 * @cssproperty --dintero-checkout-accent - Background of the buttons.
 * @cssproperty --dintero-checkout-radius - Corner radius of panels and buttons.
 * @cssproperty --dintero-checkout-font - Font family of the panels. Default: the page's.
 *
 * @cssstate idle - Not started.
 * @cssstate creating - Asking the endpoint for a session.
 * @cssstate loading - The frame is open, no sign of life yet.
 * @cssstate ready - The shopper can pay.
 * @cssstate locked - The session is locked for an update.
 * @cssstate validating - The page is asked whether the payment may go ahead.
 * @cssstate paid - Authorized.
 * @cssstate on-hold - On hold for more checks.
 * @cssstate failed - The payment failed.
 * @cssstate cancelled - The shopper cancelled.
 * @cssstate expired - The session is unknown or expired.
 * @cssstate redirecting - On the way to Dintero's page.
 * @cssstate error - Something is in the way.
 */
export class DinteroCheckout extends LitElement {
  static override styles = checkoutStyles;
  static override properties: PropertyDeclarations = {
    sessionId: { attribute: "session-id" },
    endpoint: {},
    mode: {},
    trigger: { noAccessor: true },
    language: {},
    validateSession: { type: Boolean, attribute: "validate-session" },
    addressCallback: { type: Boolean, attribute: "address-callback" },
    timeout: { type: Number },
    credentials: {},
    checkoutUrl: { attribute: "checkout-url" },
    messages: { attribute: false },
    payload: { attribute: false, hasChanged: unnoticed },
    fetchSession: { attribute: false, hasChanged: unnoticed },
  };

  /** Session to show; wins over `endpoint`. Attribute `session-id`. */
  declare sessionId: string | null;
  /** Address on your server that creates a session. */
  declare endpoint: string | null;
  /** How the checkout is shown. @default "auto" */
  declare mode: CheckoutMode;
  /** Language of the checkout and of our own texts; null takes the nearest `lang` attribute. */
  declare language: string | null;
  /** Ask the page before each payment. Attribute `validate-session`. @default false */
  declare validateSession: boolean;
  /** Ask the page on each address change. Attribute `address-callback`. @default false */
  declare addressCallback: boolean;
  /** ms to wait for the endpoint's answer, and again for the frame's first message. @default 15000 */
  declare timeout: number;
  /** Fetch credentials mode towards `endpoint`. @default "same-origin" */
  declare credentials: RequestCredentials;
  /** The checkout's address: the sandbox's, or a custom domain. Attribute `checkout-url`. */
  declare checkoutUrl: string;
  /** Our own texts to replace. */
  declare messages: Partial<CheckoutMessages> | null;
  /** JSON value sent to `endpoint`; read when a request is made, changing it starts nothing. */
  declare payload: unknown;
  /** Replaces the built-in request to `endpoint`. */
  declare fetchSession: FetchSession | null;

  readonly #internals = this.attachInternals();
  #state: CheckoutState = "idle";
  #trigger: CheckoutTrigger | null = null;
  #session: events.Session | null = null;
  #error: DinteroCheckoutError | null = null;
  /** What stands in front of the frame: the default action of an event, unless the page prevented it. */
  #panel: Panel | null = null;
  /** From connected to removed. */
  #life: AbortController | null = null;
  /** From one start to the next. */
  #attempt: AbortController | null = null;
  /** The session that the endpoint made; kept until it is over. */
  #made: SessionReference | null = null;
  #frame: CheckoutFrame | null = null;
  readonly #updates = new SessionUpdates();
  readonly #texts = new Texts(this);

  constructor() {
    super();
    this.#internals.states?.add("idle");
    this.sessionId = null;
    this.endpoint = null;
    this.mode = "auto";
    this.language = null;
    this.validateSession = false;
    this.addressCallback = false;
    this.timeout = 15_000;
    this.credentials = "same-origin";
    this.checkoutUrl = defaultCheckoutUrl;
    this.messages = null;
    this.fetchSession = null;
  }

  /** When it begins. @default "load", for `mode="redirect"` "click" */
  get trigger(): CheckoutTrigger {
    return this.#trigger ?? (this.mode === "redirect" ? "click" : "load");
  }
  set trigger(value: CheckoutTrigger | null) {
    const old = this.#trigger;
    this.#trigger = value;
    this.requestUpdate("trigger", old);
  }

  /** Where the checkout stands. */
  get state(): CheckoutState {
    return this.#state;
  }
  /** The session last seen, or null. */
  get session(): events.Session | null {
    return this.#session;
  }
  /** How it is shown since it began; null before. */
  get resolvedMode(): Exclude<CheckoutMode, "auto"> | null {
    return this.#attempt && this.#way;
  }
  /** The payment frame, or null. */
  get frame(): HTMLIFrameElement | null {
    return this.#frame?.iframe ?? null;
  }
  /** What went wrong last, or null. */
  get error(): DinteroCheckoutError | null {
    return this.#error;
  }
  /** Whether no real money moves: the session's id begins with `T`. */
  get testMode(): boolean {
    return this.#reference?.id.startsWith("T") ?? false;
  }

  /** Begins. Does nothing while it runs, when it is over or off the page; after an error it tries again. */
  start(): void {
    if (this.#state === "idle" || this.#state === "error") this.#begin("page");
  }

  /** Begins anew, with a new session where there is an `endpoint`. */
  restart(): void {
    this.#made = null;
    this.#begin("page");
  }

  /**
   * Locks the session for an update. SDK: `lockSession()`.
   * @throws {DinteroCheckoutError} `not-ready`, `lock-failed`, `timeout`, `aborted`
   */
  async lockSession(): Promise<void> {
    await this.#openFrame().lock();
  }

  /**
   * Shows the session as Dintero has it now; paying comes back where the lock is gone. SDK: `refreshSession()`.
   * @throws {DinteroCheckoutError} `not-ready`, `session-not-found`, `timeout`, `aborted`
   */
  async refreshSession(): Promise<events.Session> {
    return this.#openFrame().refresh();
  }

  /**
   * Locks the session, awaits `update` and refreshes. Without `update` it sends `PUT {endpoint}?session_id=…` with
   * `payload` as its body. Calls made while one runs are merged into one more run.
   * @throws {DinteroCheckoutError} `not-ready`, `lock-failed`, `update-failed`, `no-session-source`,
   * `session-not-found`, `timeout`, `aborted`
   */
  async updateSession(update?: Update): Promise<events.Session> {
    return this.#updates.run(update ?? this.#put, this.#patience, () => [
      this.#openFrame(),
      this.#attempt!.signal,
    ]);
  }

  /**
   * Chooses a way to pay in the checkout; none without `type`. SDK: `setActivePaymentProductType()`.
   * @throws {DinteroCheckoutError} `not-ready`
   */
  setActivePaymentProductType(type?: string): void {
    this.#openFrame().setActivePaymentProductType(type);
  }

  // With this callback a moveBefore() calls neither of the two below, and the frame is kept.
  protected connectedMoveCallback(): void {}

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Only moved, if it is connected again once the script that moved it is done.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#life?.abort();
      this.#life = null;
      if (isOver(this.#state)) this.#made = null;
      this.#stop("stop");
    });
  }

  /** A batch of changes: at most one start comes of it. */
  protected override willUpdate(changed: PropertyValues): void {
    if (isServer) return;
    const source = changed.has("sessionId") || changed.has("endpoint");
    const place = changed.has("mode") || changed.has("checkoutUrl") || changed.has("language");
    if (source) this.#made = null;
    if (!this.isConnected) {
      if (source && this.hasUpdated) this.#to("reset");
    } else if (!this.#life || (this.#state === "idle" && (source || place || changed.has("trigger")))) {
      this.#arm();
    } else if (source || (place && !isOver(this.#state))) {
      this.#begin("trigger");
    }
  }

  /** Waits for the trigger. Before it nobody is contacted. */
  #arm(): void {
    this.#life?.abort();
    const { signal } = (this.#life = new AbortController());
    addEventListener("pageshow", ({ persisted }) => persisted && this.#comeBack(), { signal });
    if (this.#state !== "idle") return;
    if (this.trigger === "load") this.#begin("trigger");
    if (this.trigger === "visible")
      whenVisible(this, signal, () => this.#state === "idle" && this.#begin("trigger"));
  }

  /** Out of the back/forward cache, as it was when it was left. */
  #comeBack(): void {
    if (this.#state === "redirecting") this.#stop("reset");
    if (this.#state === "failed" || this.#state === "cancelled") {
      this.#made = null;
      this.#begin("trigger");
    }
  }

  /** Starts one attempt, in place of the one before. */
  #begin(by: "trigger" | "page" | "shopper"): void {
    if (!this.isConnected) return;
    const height = this.frame?.offsetHeight;
    if (height) this.#stage?.style.setProperty("min-height", `${height}px`);
    // Nobody is sent away without a click, unless the page asked for just that.
    const leaves = this.mode === "redirect" && (by === "page" || this.trigger === "load");
    if (this.#way === "redirect" && by !== "shopper" && !leaves) return this.#stop("reset");
    this.#stop();
    const { signal } = (this.#attempt = new AbortController());
    this.#error = null;
    this.#open(signal).catch((reason: unknown) => {
      if (!signal.aborted) this.#fail(reason);
    });
  }

  #stop(then?: CheckoutSignal): void {
    this.#attempt?.abort();
    this.#attempt = this.#frame = this.#panel = null;
    if (then) this.#to(then);
  }

  /** One attempt: session source → adapter → the frame speaks. */
  async #open(signal: AbortSignal): Promise<void> {
    const started = performance.now();
    const checkout = checkoutAddress(this.checkoutUrl);
    const way = this.#way;
    const hear = (result: VerifiedResult): void => {
      if (isAbout(result, this.#reference?.id, this.#session)) this.#hear(messageOf(result), true);
    };
    listenForResults(hear, { signal });
    const refusal = frameRefusal(checkout, signal);
    const adapter = way === "redirect" ? undefined : import("./sdk.ts");
    adapter?.catch(() => {});
    const session = await this.#obtain(signal, adapter && checkout);
    signal.throwIfAborted();
    if (!adapter) return this.#redirect(fullPage(checkout, session, this.#texts.language.sdk));
    this.#to("open");
    const { openFrame } = await adapter.catch((cause: unknown) => {
      throw new DinteroCheckoutError("sdk-unavailable", "", { cause });
    });
    await this.updateComplete;
    signal.throwIfAborted();
    refusal.throwIfAborted();
    const opened = performance.now();
    const popOut = way === "pop-out";
    const frame = await openFrame({
      host: this,
      box: this.#stage!.querySelector<HTMLElement>(".frame")!,
      sid: session.id,
      checkout,
      language: this.#texts.language.sdk,
      popOut,
      timeout: this.#patience,
      signal,
      tell: (message) => this.#hear(message),
      validate: this.validateSession
        ? (session) => this.#question(events.ValidateSessionEvent, session)
        : undefined,
      address: this.addressCallback
        ? (session) => this.#question(events.AddressCallbackEvent, session)
        : undefined,
    });
    signal.throwIfAborted();
    this.#frame = frame;
    this.requestUpdate();
    await Promise.race([frame.alive, rejection(refusal)]);
    performance.measure("dintero-checkout:frame", { start: opened });
    performance.measure("dintero-checkout:ready", { start: started });
  }

  /** The session to show: the given one, the one kept, or a new one from the endpoint. */
  async #obtain(signal: AbortSignal, checkout?: string): Promise<SessionReference> {
    if (this.sessionId && !isSessionId(this.sessionId)) {
      throw new DinteroCheckoutError("invalid-session-id", `session-id "${this.sessionId}":`);
    }
    if (this.#reference) return this.#reference;
    if (!this.endpoint && !this.fetchSession) throw new DinteroCheckoutError("no-session-source");
    const started = performance.now();
    this.#to("create");
    const asking = new AbortController();
    if (checkout) warmUp(this.renderRoot, checkout, AbortSignal.any([signal, asking.signal]));
    const made = await requestSession(this, this.#patience, signal).finally(() => asking.abort());
    signal.throwIfAborted();
    performance.measure("dintero-checkout:session", { start: started });
    return (this.#made = made);
  }

  #redirect(url: string): void {
    this.#to("redirect");
    if (!this.#emit(new events.RedirectEvent(url))) return;
    follow(url);
    this.#show("redirecting");
  }

  /** What the frame says becomes a state, one event and its default action; an outcome is told once. */
  #hear(message: FrameMessage, otherTab = false): void {
    const telling = isOver(this.#state) ? undefined : tellingOf(message, otherTab);
    if (!telling) return;
    const { signal, event, panel = null } = telling;
    if (message.session) this.#session = message.session;
    const moved = signal && this.#to(signal);
    if (event.cancelable && !moved) return;
    if (!this.#emit(event) || !event.cancelable) return;
    const { href } = message;
    try {
      if (href) return follow(href);
    } catch (error) {
      this.#error = error as DinteroCheckoutError;
      this.#emit(new events.CheckoutErrorEvent(this.#error));
    }
    if (otherTab) {
      // What was paid in another window is not paid a second time in this one.
      this.#attempt?.abort();
      this.#frame = null;
    }
    this.#show(panel);
  }

  #fail(reason: unknown): void {
    const known = reason instanceof DinteroCheckoutError;
    const error = known ? reason : new DinteroCheckoutError("sdk-unavailable", "", { cause: reason });
    this.#error = error;
    this.#to("fail");
    if (!this.#emit(new events.CheckoutErrorEvent(error))) return;
    console.error(`<dintero-checkout> ${error.code}: ${error.message}`);
    this.#show("error");
    if (error.retryable && !navigator.onLine) {
      addEventListener("online", () => this.#begin("trigger"), { signal: this.#attempt!.signal, once: true });
    }
  }

  async #question(
    Question: typeof events.ValidateSessionEvent | typeof events.AddressCallbackEvent,
    session: events.Session | null,
  ): Promise<true | string> {
    const about = session ?? this.#session;
    const { signal } = this.#attempt!;
    if (Question === events.ValidateSessionEvent) this.#to("validate");
    const answer = about && (await ask((take) => this.#emit(new Question(about, take)), signal));
    if (this.#state === "validating") this.#to(this.#session?.pay_lock ? "locked" : "unlocked");
    return answer || (this.#texts.all.validationFailed ?? "");
  }

  #openFrame(): CheckoutFrame {
    const { state } = this;
    if (this.#frame && /^(ready|locked|validating)$/.test(state)) return this.#frame;
    throw new DinteroCheckoutError("not-ready", `The state is "${state}".`);
  }

  readonly #put: Update = () =>
    requestUpdate(this, this.#reference!.id, this.#patience, this.#attempt!.signal);

  get #reference(): SessionReference | null {
    return this.sessionId ? { id: this.sessionId } : this.#made;
  }
  get #way(): Exclude<CheckoutMode, "auto"> {
    const { mode } = this;
    if (mode === "redirect" || mode === "pop-out" || mode === "embed") return mode;
    // Dintero's frame and the wallets in it want a secure context.
    return globalThis.isSecureContext === false ? "redirect" : "embed";
  }
  get #patience(): number {
    return this.timeout > 0 ? Math.min(this.timeout, 2 ** 31 - 1) : 15_000;
  }
  get #stage(): HTMLElement | null {
    return this.renderRoot?.querySelector<HTMLElement>(".stage") ?? null;
  }

  #to(signal: CheckoutSignal): boolean {
    const previous = this.#state;
    const state = nextState(previous, signal);
    if (state === previous) return false;
    this.#state = state;
    if (previous === "error") this.#panel = null;
    this.#internals.states.delete(previous);
    this.#internals.states.add(state);
    this.requestUpdate();
    this.#emit(new events.StateEvent(state, previous));
    return true;
  }

  /** Whether the default action is wanted. */
  #emit(event: Event): boolean {
    return this.dispatchEvent(event);
  }

  #show(panel: Panel | null): void {
    this.#panel = panel;
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const state = this.#state;
    const panel = this.#panel ?? panelOf(state, this.trigger, this.#way === "redirect");
    const error = panel === "error" ? this.#error : null;
    const tall = this.#way !== "redirect" && panel !== "start" && (panel || this.#frame);
    const texts = this.#texts.all;
    const context: PanelContext = {
      texts,
      reason:
        (error && merchantMessage(error)) ??
        (globalThis.navigator?.onLine === false ? texts.offline : undefined),
      renewable: Boolean(this.endpoint || this.fetchSession),
      fullPage: error && this.#wayOut(error),
      onClick: () => {
        // The second of two clicks finds another state.
        if (this.#state !== state) return;
        // The button goes; whoever stood on it stays in the element.
        this.#stage?.focus({ preventScroll: true });
        if (isOver(this.#state)) this.#made = null;
        this.#begin("shopper");
      },
    };
    return html`
      <div class="stage ${tall ? "tall" : ""}" tabindex="-1" aria-busy=${panel === "loading"}>
        <div class="frame" part="frame" ?inert=${panel !== null}><slot name="frame"></slot></div>
        ${panelTemplate(panel, context)}
      </div>
      ${panel === "error" || panel === "expired" ? html`<slot></slot>` : nothing}
    `;
  }

  protected override updated(): void {
    const { frameTitle } = this.#texts.all;
    if (this.frame && frameTitle) this.frame.title = frameTitle;
  }

  /** Dintero's own page, where a frame does not come up and the page leaves the way to us. */
  #wayOut({ code }: DinteroCheckoutError): string | null {
    if (this.mode !== "auto" || !this.#reference || !/^(frame|sdk)/.test(code)) return null;
    const page = fullPage(checkoutAddress(this.checkoutUrl), this.#reference, this.#texts.language.sdk);
    return isSafe(page) ? page : null;
  }
}

function whenVisible(element: Element, signal: AbortSignal, callback: () => void): void {
  const observer = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) callback();
  });
  observer.observe(element);
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
}
