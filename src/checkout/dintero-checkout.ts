import { LitElement, type PropertyDeclarations, type PropertyValues, type TemplateResult } from "lit";
import { customStates } from "../elements/custom-states.ts";
import { applyStyles, createForeignRoot } from "../elements/document-styles.ts";
import { isTrue, ownDeclarations } from "../elements/property-declarations.ts";
import type { CheckoutMessages } from "../messages/keys.ts";
import { CheckoutController } from "./checkout-controller.ts";
import type { CheckoutMode } from "./checkout-mode.ts";
import { readMessages } from "./checkout-options.ts";
import type { CheckoutSnapshot } from "./checkout-snapshot.ts";
import { defaultCheckoutUrl } from "./checkout-url.ts";
import { DinteroCheckoutError } from "./errors.ts";
import { StateEvent, type Session } from "./events.ts";
import { panelContent } from "./panels.ts";
import { parsePayload } from "./payload.ts";
import type { FetchSession } from "./session-endpoint.ts";
import { canCreate } from "./session-source.ts";
import type { Update } from "./session-updates.ts";
import { shownPanel } from "./shown-panel.ts";
import type { CheckoutState } from "./state.ts";
import { checkoutStyles } from "./styles.ts";
import { defaultTimeout } from "./timeouts.ts";
import type { CheckoutTrigger } from "./trigger.ts";
import { CheckoutView, reservesHeight, viewTemplate } from "./view.ts";

export type { CheckoutMode } from "./checkout-mode.ts";

/**
 * Puts a Dintero payment on the page: in a frame, by redirect, or in a pop-out window.
 *
 * Amounts never come from here: your server creates the session. What the element reports about a payment is a hint: your
 * server reads the transaction and decides.
 *
 * @tagname dintero-checkout
 *
 * @fires {SessionEvent} dintero-session - The session was shown, or shown again after an update.
 * @fires {PaymentEvent} dintero-payment - Authorized or on hold. Default action: go to `href`.
 * @fires {PaymentErrorEvent} dintero-payment-error - The payment failed. Default action: go to `href`.
 * @fires {CancelEvent} dintero-cancel - The shopper cancelled. Default action: go to `href`.
 * @fires {SessionNotFoundEvent} dintero-session-not-found - Unknown or expired. Default action: show the expired panel.
 * @fires {SessionLockedEvent} dintero-session-locked - The session is locked for an update.
 * @fires {SessionLockFailedEvent} dintero-session-lock-failed - The session could not be locked.
 * @fires {PaymentTypeEvent} dintero-payment-type - The shopper chose another payment type.
 * @fires {ValidateSessionEvent} dintero-validate-session - Whether this payment may continue. Answer with `respondWith()`.
 * @fires {AddressCallbackEvent} dintero-address-callback - Whether the address is accepted. Answer with `respondWith()`.
 * @fires {RedirectEvent} dintero-redirect - The browser is about to leave the page. Default action: go to `url`.
 * @fires {CheckoutErrorEvent} dintero-error - Something went wrong. Default action: show the error panel.
 * @fires {StateEvent} dintero-state - The state changed.
 *
 * @slot - Fallback: shown before the element is defined, and below the panel in `error` and `expired`.
 * @slot loading - In place of the loading panel.
 * @slot error - In place of the error panel.
 * @slot expired - In place of the expired panel.
 * @slot button - In place of the button; a click on it starts, and does nothing else.
 * @slot frame - A `<div>` that takes the pop-out's frame; created by the element when there is none.
 *
 * @csspart frame - The box around the payment frame.
 * @csspart loading - The loading panel.
 * @csspart error - The error panel, and those of an outcome that was not followed.
 * @csspart message - The text of a panel.
 * @csspart button - The button of a panel, and the one that starts.
 * @csspart link - The link to Dintero's full page.
 *
 * @cssproperty [--dintero-checkout-min-height=min(60rem, 100vh)] - Height reserved for the frame.
 * @cssproperty --dintero-checkout-color - Text colour of the panels. Default: the page's.
 * @cssproperty --dintero-checkout-background - Background of the panels. Default: none.
 * @cssproperty --dintero-checkout-accent - Background of the buttons.
 * @cssproperty --dintero-checkout-radius - Corner radius of panels and buttons.
 * @cssproperty --dintero-checkout-font - Font family of the panels. Default: the page's.
 *
 * @cssstate idle - Not started.
 * @cssstate creating - The endpoint is creating a session.
 * @cssstate loading - The frame is open and has not sent a message yet.
 * @cssstate ready - The shopper can pay.
 * @cssstate locked - The session is locked for an update.
 * @cssstate validating - The page decides whether the payment may continue.
 * @cssstate paid - Authorized.
 * @cssstate on-hold - On hold for more checks.
 * @cssstate failed - The payment failed.
 * @cssstate cancelled - The shopper cancelled.
 * @cssstate expired - The session is unknown or expired.
 * @cssstate redirecting - The browser is leaving for Dintero's page.
 * @cssstate error - Something went wrong.
 */
export class DinteroCheckout extends LitElement {
  static override styles = checkoutStyles;
  // A start follows the first render and changes what is shown, of which Lit would warn in development.
  static override enabledWarnings = [];
  // Declared as accessors rather than fields, so that Svelte finds them and values set before the upgrade are kept.
  static override properties: PropertyDeclarations = {
    sessionId: { attribute: "session-id" },
    endpoint: {},
    mode: {},
    trigger: { noAccessor: true },
    language: {},
    validateSession: { converter: isTrue, attribute: "validate-session" },
    addressCallback: { converter: isTrue, attribute: "address-callback" },
    timeout: { type: Number },
    credentials: {},
    checkoutUrl: { attribute: "checkout-url" },
    payload: { converter: parsePayload, hasChanged: () => true },
    fetchSession: { attribute: false },
    messages: { attribute: false },
  };
  static {
    ownDeclarations(this.properties);
  }

  /** Session to show. Wins over `endpoint`. */
  declare sessionId: string | null;
  /** Address on your server that creates a session: `POST`, JSON, answer `{"id","url"?}`. */
  declare endpoint: string | null;
  /** How the checkout is shown. @default "auto" */
  declare mode: CheckoutMode;
  /** Language of the checkout and of our own texts. Default: the nearest `lang` attribute. */
  declare language: string | null;
  /** Let the page decide on each payment (`dintero-validate-session`). @default false */
  declare validateSession: boolean;
  /** Let the page decide on each address (`dintero-address-callback`). @default false */
  declare addressCallback: boolean;
  /** ms to wait for the endpoint, again for the frame's first message, and for each step of a method. @default 15000 */
  declare timeout: number;
  /** Fetch credentials mode towards `endpoint`. @default "same-origin" */
  declare credentials: RequestCredentials;
  /** The checkout's address: the sandbox's, or a custom domain. @default "https://checkout.dintero.com" */
  declare checkoutUrl: string;
  /**
   * JSON value sent to `endpoint`; as an attribute JSON text, as a property also JSON text of an object or array. Read when
   * a request is sent: a change starts nothing, unless it corrects a value that was `invalid-payload`.
   */
  declare payload: unknown;
  /** Replaces the built-in request to `endpoint`. */
  declare fetchSession: FetchSession | null;
  /** Replaces some or all of our own texts. */
  declare messages: Partial<CheckoutMessages> | null;

  readonly #customStates = customStates(this);
  readonly #controller = new CheckoutController({
    element: this,
    view: () => this.#view,
    renderNow: () => this.performUpdate(),
    changed: (snapshot, previous) => this.#changed(snapshot, previous),
    dispatch: (event) => this.dispatchEvent(event),
  });
  #trigger: CheckoutTrigger | null = null;
  /** Null before the first render. */
  #view: CheckoutView | null = null;
  /** An update threw: another one would throw again. */
  #broken = false;

  constructor() {
    super();
    this.#customStates.add("idle");
    this.sessionId = null;
    this.endpoint = null;
    this.mode = "auto";
    this.language = null;
    this.validateSession = false;
    this.addressCallback = false;
    this.timeout = defaultTimeout;
    this.credentials = "same-origin";
    this.checkoutUrl = defaultCheckoutUrl;
    this.fetchSession = null;
    this.messages = null;
  }

  /** When it starts. @default "load", for `mode="redirect"` "click" */
  get trigger(): CheckoutTrigger {
    return this.#trigger ?? (this.mode === "redirect" ? "click" : "load");
  }
  set trigger(value: CheckoutTrigger | null) {
    const previous = this.#trigger;
    this.#trigger = value;
    this.requestUpdate("trigger", previous);
  }

  /** Where the checkout stands. */
  get state(): CheckoutState {
    return this.#controller.snapshot.state;
  }
  /** The session last seen, or null. */
  get session(): Session | null {
    return this.#controller.snapshot.session;
  }
  /** How it is shown since it started; null before. */
  get resolvedMode(): Exclude<CheckoutMode, "auto"> | null {
    return this.#controller.attempt?.mode ?? null;
  }
  /** The payment frame, or null. */
  get frame(): HTMLIFrameElement | null {
    return this.#controller.attempt?.iframe ?? null;
  }
  /** What went wrong last, or null. */
  get error(): DinteroCheckoutError | null {
    return this.#controller.snapshot.error;
  }
  /** Whether no real money moves: the session's id begins with `T`. */
  get testMode(): boolean {
    return this.#controller.testMode;
  }

  /** Starts. Does nothing while it runs, when it is over or off the page; after an error it tries again. */
  start(): void {
    if (this.state !== "idle" && this.state !== "error") return;
    this.#broken = false;
    this.#controller.start("page");
  }

  /** Starts over, with a new session when there is an `endpoint`. */
  restart(): void {
    this.#broken = false;
    this.#controller.restart("page");
  }

  /**
   * Locks the session for an update. SDK: `lockSession()`.
   * @throws {DinteroCheckoutError} `not-ready`, `lock-failed`, `timeout`, `aborted`
   */
  async lockSession(): Promise<void> {
    await this.#controller.runningAttempt.lock();
  }

  /**
   * Shows the session as Dintero has it now; paying comes back where the lock is gone. SDK: `refreshSession()`.
   * @throws {DinteroCheckoutError} `not-ready`, `session-not-found`, `timeout`, `aborted`
   */
  async refreshSession(): Promise<Session> {
    return this.#controller.runningAttempt.refresh();
  }

  /**
   * Locks the session, awaits `update` and refreshes. Without `update` it sends `PUT {endpoint}?session_id=…` with
   * `payload` as its body. Calls made while one runs are merged into one more run.
   * @throws {DinteroCheckoutError} `not-ready`, `lock-failed`, `update-failed`, `no-session-source`,
   * `session-not-found`, `timeout`, `aborted`
   */
  async updateSession(update?: Update): Promise<Session> {
    return this.#controller.runningAttempt.update(update);
  }

  /**
   * Chooses a payment type in the checkout; none without `type`. SDK: `setActivePaymentProductType()`.
   * @throws {DinteroCheckoutError} `not-ready`
   */
  setActivePaymentProductType(type?: string): void {
    this.#controller.runningAttempt.setActivePaymentProductType(type);
  }

  // With this callback moveBefore() calls neither of the two below, and Chromium keeps the frame. Firefox ESR reloads a
  // frame in a shadow root all the same.
  protected connectedMoveCallback(): void {}

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // When it was only moved, it is connected again once the script that moved it is done.
    queueMicrotask(() => {
      if (!this.isConnected) this.#controller.removed();
    });
  }

  /** In another document the frame's messages do not arrive, and back in its own they do: both start over. */
  adoptedCallback(): void {
    if (this.shadowRoot) applyStyles(this.shadowRoot, DinteroCheckout.elementStyles);
    this.#controller.removed();
    this.requestUpdate();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    if (this.ownerDocument === document) return super.createRenderRoot();
    return createForeignRoot(this, DinteroCheckout.elementStyles);
  }

  /** An update that throws, for instance because markup clobbers `document.createElement`, ends in one error. */
  protected override performUpdate(): void {
    if (this.#broken) {
      // Lit would take every later request for an update as part of this one.
      this.isUpdatePending = false;
      return;
    }
    try {
      super.performUpdate();
    } catch (cause) {
      this.#broken = true;
      const what = `<dintero-checkout> was not rendered: ${String(cause)}.`;
      this.#controller.fail(new DinteroCheckoutError("render-failed", { what, cause }));
    }
  }

  protected override render(): TemplateResult {
    const panel = shownPanel(this.#controller.snapshot, this);
    return viewTemplate(panel, reservesHeight(panel, this));
  }

  protected override updated(changed: PropertyValues): void {
    this.#view ??= new CheckoutView(this);
    // First the start: its request leaves before the panel is rendered.
    this.#controller.rendered(changed);
    this.#showPanel(this.#view);
    if (this.frame) this.frame.title = readMessages(this).frameTitle;
  }

  #changed({ state }: CheckoutSnapshot, { state: previousState }: CheckoutSnapshot): void {
    this.requestUpdate();
    if (state === previousState) return;
    this.#customStates.delete(previousState);
    this.#customStates.add(state);
    this.dispatchEvent(new StateEvent(state, previousState));
  }

  #showPanel(view: CheckoutView): void {
    const { state, error, mode } = this;
    const panel = shownPanel(this.#controller.snapshot, this);
    if (!reservesHeight(panel, this)) view.releaseHeight();
    const content =
      panel &&
      panelContent(panel, {
        messages: readMessages(this),
        error,
        mode,
        canStartAgain: canCreate(this),
        fullPageUrl: () => this.#controller.attempt?.fullPageUrl ?? null,
      });
    // A button belongs to the state it was rendered in: the second of two clicks finds another one.
    view.showPanel(content, state, () => {
      if (this.state !== state) return;
      view.focus();
      this.#controller.startByShopper();
    });
  }
}
