import {
  html,
  isServer,
  LitElement,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from "lit";
import { attempt, type OpenCheckout, type Telling } from "./checkout-flow.ts";
import { checkoutAddress, defaultCheckoutUrl, fullPage, isSafe } from "./checkout-url.ts";
import { checkoutStyles } from "./styles.ts";
import { CheckoutErrorEvent, StateEvent } from "./element-events.ts";
import { DinteroCheckoutError, merchantMessage } from "./errors.ts";
import type { Session } from "./events.ts";
import type { CheckoutMessages } from "../messages/keys.ts";
import { panelOf, panelTemplate, type Panel, type PanelContext } from "./panels.ts";
import { askForSession, type Asked, type FetchSession, type SessionReference } from "./session-request.ts";
import type { Update } from "./session-updates.ts";
import { isOver, isPaid, nextState, type CheckoutState } from "./state.ts";
import { Texts } from "./texts.ts";

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
 * @cssproperty [--dintero-checkout-min-height=min(60rem, 100vh)] - Height reserved before the frame speaks.
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
  #session: Session | null = null;
  #error: DinteroCheckoutError | null = null;
  /** What stands in front of the frame: the default action of an event, unless the page prevented it. */
  #panel: Panel | null = null;
  /** From connected to removed. */
  #life: AbortController | null = null;
  /** From one start to the next. */
  #attempt: AbortController | null = null;
  /** The session that the endpoint is asked for, and the one it made; kept until it is over. */
  #asked: Asked | null = null;
  #made: SessionReference | null = null;
  #checkout: OpenCheckout | null = null;
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
  get session(): Session | null {
    return this.#session;
  }
  /** How it is shown since it began; null before. */
  get resolvedMode(): Exclude<CheckoutMode, "auto"> | null {
    return this.#attempt && this.#way;
  }
  /** The payment frame, or null. */
  get frame(): HTMLIFrameElement | null {
    return this.#checkout?.iframe ?? null;
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
    if (/^(idle|error)$/.test(this.#state)) this.#begin("page");
  }

  /** Begins anew, with a new session where there is an `endpoint`. */
  restart(): void {
    this.#forget();
    this.#begin("page");
  }

  /**
   * Locks the session for an update. SDK: `lockSession()`.
   * @throws {DinteroCheckoutError} `not-ready`, `lock-failed`, `timeout`, `aborted`
   */
  async lockSession(): Promise<void> {
    await this.#open().lock();
  }

  /**
   * Shows the session as Dintero has it now; paying comes back where the lock is gone. SDK: `refreshSession()`.
   * @throws {DinteroCheckoutError} `not-ready`, `session-not-found`, `timeout`, `aborted`
   */
  async refreshSession(): Promise<Session> {
    return this.#open().refresh();
  }

  /**
   * Locks the session, awaits `update` and refreshes. Without `update` it sends `PUT {endpoint}?session_id=…` with
   * `payload` as its body. Calls made while one runs are merged into one more run.
   * @throws {DinteroCheckoutError} `not-ready`, `lock-failed`, `update-failed`, `no-session-source`,
   * `session-not-found`, `timeout`, `aborted`
   */
  async updateSession(update?: Update): Promise<Session> {
    return this.#open().update(update);
  }

  /**
   * Chooses a way to pay in the checkout; none without `type`. SDK: `setActivePaymentProductType()`.
   * @throws {DinteroCheckoutError} `not-ready`
   */
  setActivePaymentProductType(type?: string): void {
    this.#open().setActivePaymentProductType(type);
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
      if (!this.#made || isOver(this.#state)) this.#forget();
      this.#stop(isPaid(this.#state) ? null : "idle");
    });
  }

  /** A batch of changes: at most one start comes of it. */
  protected override willUpdate(changed: PropertyValues): void {
    if (isServer) return;
    const source = changed.has("sessionId") || changed.has("endpoint");
    const place = changed.has("mode") || changed.has("checkoutUrl") || changed.has("language");
    if (source) this.#forget();
    if (!this.isConnected) {
      if (source && this.hasUpdated) this.#to("idle");
    } else if (
      !this.#life ||
      (this.#state === "idle" && !this.#attempt && (source || place || changed.has("trigger")))
    ) {
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
    // An unknown one counts as load.
    if (!/^(visible|click|manual)$/.test(this.trigger)) this.#begin("trigger");
    if (this.trigger !== "visible") return;
    const observer = new IntersectionObserver((entries) => {
      const seen = entries.some(({ isIntersecting }) => isIntersecting);
      if (seen && this.#state === "idle") this.#begin("trigger");
    });
    observer.observe(this);
    signal.addEventListener("abort", () => observer.disconnect());
  }

  /** Out of the back/forward cache, as it was when it was left. */
  #comeBack(): void {
    if (this.#state === "redirecting") this.#stop("idle");
    if (/^(failed|cancelled)$/.test(this.#state)) {
      this.#forget();
      this.#begin("trigger");
    }
  }

  /** Starts one attempt, in place of the one before. */
  #begin(by: "trigger" | "page" | "shopper"): void {
    if (!this.isConnected) return;
    // start() right after the element was put in: what changed before counts.
    if (!this.#life) this.performUpdate();
    const height = this.frame?.offsetHeight;
    if (height) this.#stage!.style.minHeight = `${height}px`;
    // Nobody is sent away without a click, unless the page asked for just that.
    const leaves = this.mode === "redirect" && (by === "page" || this.trigger === "load");
    if (this.#way === "redirect" && by !== "shopper" && !leaves) return this.#stop("idle");
    this.#stop();
    const end = (this.#attempt = new AbortController());
    this.#error = null;
    this.#attend(end).catch((reason: unknown) => {
      if (!end.signal.aborted) this.#fail(reason, end);
    });
  }

  /** Whatever comes next has a new session. */
  #forget(): void {
    this.#asked?.end.abort();
    this.#asked = this.#made = null;
  }

  #stop(then?: CheckoutState | null): void {
    this.#attempt?.abort();
    this.#attempt = this.#checkout = this.#panel = null;
    if (then) this.#to(then);
  }

  /** Asks for a session, and loads meanwhile what knows the rest: session source → adapter → the frame speaks. */
  async #attend(end: AbortController): Promise<void> {
    const { signal } = end;
    const started = performance.now();
    const checkout = checkoutAddress(this.checkoutUrl);
    const known = this.#reference;
    const way = this.#way;
    const embeds = way !== "redirect";
    const asks = !known && this.#renewable;
    if (asks) this.#to("creating");
    if (known && embeds) this.#to("loading");
    signal.throwIfAborted();
    if (asks) this.#asked ??= askForSession(this);
    await attempt({
      element: this,
      checkout,
      way,
      texts: this.#texts,
      end,
      known,
      asked: this.#asked,
      embeds,
      started,
      to: (move) => this.#to(move),
      tell: (telling) => this.#tell(telling),
      keep: (made) => {
        this.#made = made;
        this.#asked = null;
      },
      opened: (open) => {
        this.#checkout = open;
        this.requestUpdate();
      },
      open: () => this.#open(),
    });
  }

  /** What happened becomes a state, one event, and the event's default action unless the page prevented it. */
  #tell({ event, state, session, error, act }: Telling): void {
    const attempt = this.#attempt;
    if (session) this.#session = session;
    if (error) this.#error = error;
    if (state) this.#to(state);
    if (!this.#emit(event) || !act) return;
    const panel = act();
    // A listener began anew: nothing of this attempt stands in front of the next.
    if (attempt !== this.#attempt) return;
    this.#panel = panel;
    this.requestUpdate();
  }

  #fail(reason: unknown, { signal }: AbortController): void {
    const error =
      reason instanceof DinteroCheckoutError
        ? reason
        : new DinteroCheckoutError("frame-unreachable", "The checkout could not be shown.", {
            cause: reason,
          });
    if (!this.#made) this.#forget();
    const act = (): Panel => {
      console.error(`<dintero-checkout> ${error.code}: ${error.message}`);
      if (error.retryable && !navigator.onLine) {
        addEventListener("online", () => this.#state === "error" && this.#begin("trigger"), { signal });
      }
      return "error";
    };
    this.#tell({ event: new CheckoutErrorEvent(error), state: "error", error, act });
  }

  #open(): OpenCheckout {
    const { state } = this;
    if (this.#checkout && /^(ready|locked|validating)$/.test(state)) return this.#checkout;
    throw new DinteroCheckoutError("not-ready", `The state is "${state}".`, {
      suggestion: "Wait for dintero-session.",
    });
  }

  get #reference(): SessionReference | null {
    return this.sessionId ? { id: this.sessionId } : this.#made;
  }
  get #renewable(): boolean {
    return !!(this.endpoint || this.fetchSession);
  }
  get #way(): Exclude<CheckoutMode, "auto"> {
    const mode = this.mode as Exclude<CheckoutMode, "auto">;
    if (/^(embed|redirect|pop-out)$/.test(mode)) return mode;
    // Dintero's frame and the wallets in it want a secure context.
    return globalThis.isSecureContext === false ? "redirect" : "embed";
  }
  get #stage(): HTMLElement | null | undefined {
    return this.renderRoot?.querySelector<HTMLElement>(".stage");
  }

  #to(wanted: CheckoutState): void {
    const previous = this.#state;
    const state = nextState(previous, wanted);
    if (state === previous) return;
    this.#state = state;
    if (previous === "error") this.#panel = null;
    this.#internals.states.delete(previous);
    this.#internals.states.add(state);
    this.requestUpdate();
    this.#emit(new StateEvent(state, previous));
  }

  /** Whether the default action is wanted. */
  #emit(event: Event): boolean {
    return this.dispatchEvent(event);
  }

  protected override render(): TemplateResult {
    const state = this.#state;
    const panel = this.#panel ?? panelOf(state, this.trigger, this.#way === "redirect");
    const error = panel === "error" ? this.#error : null;
    const tall = this.#way !== "redirect" && panel !== "start" && (panel || this.#checkout);
    const texts = this.#texts.all;
    const context: PanelContext = {
      texts,
      reason:
        (error && merchantMessage(error)) ||
        (globalThis.navigator?.onLine === false ? texts.offline : undefined),
      renewable: this.#renewable,
      fullPage: error && this.#wayOut(error),
      onClick: () => {
        // The second of two clicks finds another state.
        if (this.#state !== state) return;
        // The button goes; whoever stood on it stays in the element.
        this.#stage?.focus({ preventScroll: true });
        if (isOver(this.#state)) this.#forget();
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
    if (/^(embed|pop-out)$/.test(this.mode) || !this.#reference || !/^frame/.test(code)) return null;
    const page = fullPage(checkoutAddress(this.checkoutUrl), this.#reference, this.#texts.language.sdk);
    return isSafe(page) ? page : null;
  }
}
