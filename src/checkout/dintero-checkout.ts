import { LitElement, type PropertyDeclarations, type PropertyValues, type TemplateResult } from "lit";
import { isTestId } from "../dintero/ids.ts";
import { checkoutMessages } from "../messages/index.ts";
import type { CheckoutMessages } from "../messages/keys.ts";
import { resolveLanguage } from "../messages/language.ts";
import { customStates } from "../elements/custom-states.ts";
import { applyStyles, createForeignRoot } from "../elements/document-styles.ts";
import { endpointUrl } from "../elements/href.ts";
import { isPrerendering, whenShown } from "../elements/page-ready.ts";
import { CheckoutFlow } from "./checkout-flow.ts";
import { defaultCheckoutUrl } from "./checkout-url.ts";
import { DinteroCheckoutError, notReady, type DinteroCheckoutErrorCode } from "./errors.ts";
import { CheckoutErrorEvent, StateEvent, type Session } from "./events.ts";
import type { FlowHost } from "./flow-host.ts";
import { panelContent, type Panel, type PanelContent } from "./panels.ts";
import { isPayload, parsePayload } from "./payload.ts";
import { removeLeftovers } from "./pop-out-container.ts";
import { refusalMessage } from "./refusal.ts";
import { CreatedSession, type EndpointOptions, type FetchSession } from "./session-endpoint.ts";
import type { Update } from "./session-updates.ts";
import { canBecome, isOver, isPaidOrOnHold, type CheckoutState } from "./state.ts";
import { CheckoutView, viewTemplate } from "./view.ts";
import { checkoutStyles } from "./styles.ts";
import { defaultTimeout, usableTimeout } from "./timeouts.ts";
import { whenTriggered, type CheckoutTrigger } from "./trigger.ts";

/** How the checkout is shown. */
export type CheckoutMode = "auto" | "embed" | "redirect" | "pop-out";

/** After these errors Dintero's own page may still work. */
const frameErrors: readonly DinteroCheckoutErrorCode[] = [
  "frame-blocked",
  "frame-unreachable",
  "wrong-document",
];

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
  // Declared as accessors rather than fields, so that Svelte finds them and values set before the upgrade are kept.
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
    payload: { converter: parsePayload, hasChanged: () => true },
    fetchSession: { attribute: false },
    messages: { attribute: false },
  };

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
  #trigger: CheckoutTrigger | null = null;
  #state: CheckoutState = "idle";
  #session: Session | null = null;
  #error: DinteroCheckoutError | null = null;
  /** The panel that an event's default action has shown. */
  #panel: Panel | null = null;
  /** Null before the first render. */
  #view: CheckoutView | null = null;
  /** Aborts when the element is removed. */
  #connection: AbortController | null = null;
  #flow: CheckoutFlow | null = null;
  readonly #createdSession = new CreatedSession();
  /** A `session-id` that is over: where there is an endpoint, it creates the next session. */
  #usedSessionId: string | null = null;
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
    return this.#state;
  }
  /** The session last seen, or null. */
  get session(): Session | null {
    return this.#session;
  }
  /** How it is shown since it started; null before. */
  get resolvedMode(): Exclude<CheckoutMode, "auto"> | null {
    return this.#flow?.mode ?? null;
  }
  /** The payment frame, or null. */
  get frame(): HTMLIFrameElement | null {
    return this.#flow?.iframe ?? null;
  }
  /** What went wrong last, or null. */
  get error(): DinteroCheckoutError | null {
    return this.#error;
  }
  /** Whether no real money moves: the session's id begins with `T`. */
  get testMode(): boolean {
    const id = this.#givenSessionId ?? this.#createdSession.reference?.id ?? this.#session?.id;
    return id !== undefined && isTestId(id);
  }

  /** Starts. Does nothing while it runs, when it is over or off the page; after an error it tries again. */
  start(): void {
    if (this.#state === "idle" || this.#state === "error") this.#start("page");
  }

  /** Starts over, with a new session when there is an `endpoint`. */
  restart(): void {
    this.#dropSession();
    this.#start("page");
  }

  /**
   * Locks the session for an update. SDK: `lockSession()`.
   * @throws {DinteroCheckoutError} `not-ready`, `lock-failed`, `timeout`, `aborted`
   */
  async lockSession(): Promise<void> {
    await this.#runningFlow().lock();
  }

  /**
   * Shows the session as Dintero has it now; paying comes back where the lock is gone. SDK: `refreshSession()`.
   * @throws {DinteroCheckoutError} `not-ready`, `session-not-found`, `timeout`, `aborted`
   */
  async refreshSession(): Promise<Session> {
    return this.#runningFlow().refresh();
  }

  /**
   * Locks the session, awaits `update` and refreshes. Without `update` it sends `PUT {endpoint}?session_id=…` with
   * `payload` as its body. Calls made while one runs are merged into one more run.
   * @throws {DinteroCheckoutError} `not-ready`, `lock-failed`, `update-failed`, `no-session-source`,
   * `session-not-found`, `timeout`, `aborted`
   */
  async updateSession(update?: Update): Promise<Session> {
    return this.#runningFlow().update(update);
  }

  /**
   * Chooses a payment type in the checkout; none without `type`. SDK: `setActivePaymentProductType()`.
   * @throws {DinteroCheckoutError} `not-ready`
   */
  setActivePaymentProductType(type?: string): void {
    this.#runningFlow().setActivePaymentProductType(type);
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
      if (!this.isConnected) this.#disconnect();
    });
  }

  /** In another document the frame's messages do not arrive, and back in its own they do: both start over. */
  adoptedCallback(): void {
    if (this.shadowRoot) applyStyles(this.shadowRoot, DinteroCheckout.elementStyles);
    this.#disconnect();
    this.requestUpdate();
  }

  #disconnect(): void {
    this.#connection?.abort();
    this.#connection = null;
    if (isOver(this.#state)) this.#dropSession();
    // A request that is under way.
    else if (!this.#createdSession.reference) this.#createdSession.discard();
    this.#stop();
    if (!isPaidOrOnHold(this.#state)) this.#setState("idle");
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
      this.#error = new DinteroCheckoutError("render-failed", { what, cause });
      this.#stop();
      this.#setState("error");
      if (this.dispatchEvent(new CheckoutErrorEvent(this.#error))) console.error(this.#error);
    }
  }

  protected override render(): TemplateResult {
    return viewTemplate(this.#shownPanel, this.#reservesHeight);
  }

  protected override updated(changed: PropertyValues): void {
    if (!this.#view) {
      this.#view = new CheckoutView(this.shadowRoot!);
      removeLeftovers(this);
    }
    // First the start: its request leaves before the panel is rendered.
    this.#startAfter(changed);
    this.#showPanel(this.#view);
    if (this.frame) this.frame.title = this.#messages.frameTitle;
  }

  /** A batch of changes leads to one start at most. */
  #startAfter(changed: PropertyValues): void {
    const source = changed.has("sessionId") || changed.has("endpoint");
    const display = changed.has("mode") || changed.has("checkoutUrl") || changed.has("language");
    if (source) {
      this.#createdSession.discard();
      this.#usedSessionId = null;
    }
    if (!this.isConnected) {
      if (source) this.#setState("idle");
    } else if (!this.#connection) {
      this.#connect();
    } else if (this.#state === "idle" && !this.#flow) {
      if (source || display || changed.has("trigger") || changed.has("fetchSession")) this.#connect();
    } else if (source || (display && !isOver(this.#state))) {
      this.#start("element");
    } else if (changed.has("fetchSession") && this.#error?.code === "no-session-source") {
      this.#start("element");
    } else if (changed.has("payload") && this.#error?.code === "invalid-payload" && isPayload(this.payload)) {
      this.#stop();
      this.#setState("idle");
      this.#connect();
    }
  }

  /** Waits for the trigger. No request is sent before it. */
  #connect(): void {
    this.#connection?.abort();
    const { signal } = (this.#connection = new AbortController());
    addEventListener("pageshow", ({ persisted }) => persisted && this.#comeBack(), { signal });
    if (this.#state !== "idle") return;
    whenTriggered({ trigger: this.trigger, element: this, signal }, () => {
      if (this.#state === "idle") this.#start("element");
    });
  }

  /**
   * The page comes out of the back/forward cache as it was when it was left. A shopper who comes back from a failed or
   * cancelled payment wants to pay, and that session cannot be paid any more.
   */
  #comeBack(): void {
    if (this.#state === "redirecting") {
      this.#stop();
      this.#setState("idle");
    }
    if (this.#state === "failed" || this.#state === "cancelled") {
      this.#dropSession();
      this.#start("element");
    }
  }

  /** Starts a flow in place of the one before. */
  #start(by: "element" | "page" | "shopper"): void {
    if (!this.isConnected) return;
    this.#broken = false;
    if (!this.#connection) {
      // Right after the element was inserted: values set before it count. This first update may start by itself.
      this.performUpdate();
      if (this.#flow) return;
    }
    if (!this.#connection || !this.#view) return;
    if (isPrerendering()) return whenShown(() => this.#start(by), this.#connection.signal);
    const mode = this.#resolveMode();
    // Never leaves the page without a click, unless the page requests exactly that.
    const leaves =
      by === "shopper" || (this.mode === "redirect" && (by === "page" || this.trigger === "load"));
    const height = this.frame?.offsetHeight;
    if (height) this.#view.keepHeight(height);
    this.#stop();
    if (mode === "redirect" && !leaves) return this.#setState("idle");
    this.#error = null;
    const { sdk } = resolveLanguage(this, this.language);
    const flow: CheckoutFlow = new CheckoutFlow(
      {
        element: this,
        box: this.#view.box,
        mode,
        checkoutUrl: this.checkoutUrl,
        sessionId: this.#givenSessionId,
        createdSession: this.#createdSession,
        endpointOptions: () => this.#endpointOptions,
        language: sdk,
        timeout: usableTimeout(this.timeout),
        validateSession: this.validateSession,
        addressCallback: this.addressCallback,
        refusalText: () => this.#messages.validationFailed,
      },
      this.#flowHost(() => this.#flow === flow),
    );
    this.#flow = flow;
    flow.start();
  }

  /** What a flow may do to the element. */
  #flowHost(isCurrent: () => boolean): FlowHost {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- a getter has a this of its own
    const element = this;
    return {
      get state() {
        return element.#state;
      },
      update: ({ state, session, error }) => {
        if (session) this.#session = session;
        if (error) this.#error = error;
        if (state) this.#setState(state);
        this.requestUpdate();
      },
      dispatch: (event, defaultAction) => {
        if (!this.dispatchEvent(event) || !defaultAction) return;
        const panel = defaultAction();
        // A listener has started over: no panel of this flow stands in front of the next.
        if (!isCurrent()) return;
        this.#panel = panel;
        this.requestUpdate();
      },
      startAgain: () => this.#start("element"),
    };
  }

  get #hasEndpoint(): boolean {
    return Boolean(this.endpoint || this.fetchSession);
  }

  /** The session to show, unless the endpoint creates it. */
  get #givenSessionId(): string | null {
    const isUsed = this.#hasEndpoint && this.sessionId === this.#usedSessionId;
    return (!isUsed && this.sessionId) || null;
  }

  /** The next start is with a new session, where there is an endpoint. */
  #dropSession(): void {
    this.#createdSession.discard();
    this.#usedSessionId = this.sessionId;
  }

  #stop(): void {
    this.#flow?.destroy();
    this.#flow = this.#panel = null;
    this.requestUpdate();
  }

  #runningFlow(): CheckoutFlow {
    if (!this.#flow) throw notReady(this.#state);
    return this.#flow;
  }

  #setState(state: CheckoutState): void {
    const previous = this.#state;
    if (!canBecome(previous, state)) return;
    this.#state = state;
    // The other panels belong to an outcome, which stays until the next start.
    if (previous === "error") this.#panel = null;
    this.#customStates.delete(previous);
    this.#customStates.add(state);
    this.requestUpdate();
    this.dispatchEvent(new StateEvent(state, previous));
  }

  #resolveMode(): Exclude<CheckoutMode, "auto"> {
    const { mode } = this;
    if (mode === "embed" || mode === "redirect" || mode === "pop-out") return mode;
    // Dintero's frame and the wallets in it need a secure context.
    // Servers and test environments do not define it.
    return globalThis.isSecureContext === false ? "redirect" : "embed";
  }

  get #endpointOptions(): EndpointOptions {
    const { endpoint, fetchSession, payload, credentials, timeout } = this;
    return {
      endpoint: endpoint ? (endpointUrl(endpoint, this)?.href ?? endpoint) : null,
      fetchSession,
      payload,
      // Null once its attribute is removed.
      credentials: credentials ?? "same-origin",
      timeout: usableTimeout(timeout),
    };
  }

  get #messages(): CheckoutMessages {
    return { ...checkoutMessages[resolveLanguage(this, this.language).own], ...this.messages };
  }

  get #shownPanel(): Panel | null {
    if (this.#panel) return this.#panel;
    if (this.#state === "creating" || this.#state === "loading") return "loading";
    // The page prevented the redirect, or came back from it: the button stays available.
    if (this.#state === "redirecting") return "start";
    if (this.#state !== "idle" || this.trigger === "manual") return null;
    return this.trigger === "click" || this.#resolveMode() === "redirect" ? "start" : "loading";
  }

  /** While the frame is there or to come, its height is reserved. */
  get #reservesHeight(): boolean {
    const panel = this.#shownPanel;
    if (this.#resolveMode() === "redirect") return false;
    return panel === "loading" || (this.frame !== null && (panel === null || this.#state === "error"));
  }

  #showPanel(view: CheckoutView): void {
    const panel = this.#shownPanel;
    const content = panel && this.#panelContent(panel);
    const state = this.#state;
    if (!this.#reservesHeight) view.releaseHeight();
    // A button belongs to the state it was rendered in: the second of two clicks finds another one.
    const key = JSON.stringify([content, content?.button && state]);
    view.showPanel(content, key, (event) => {
      // A link or a submit button in the slot does nothing else.
      event.preventDefault();
      if (this.#state !== state) return;
      view.focus();
      if (isOver(state)) this.#dropSession();
      this.#start("shopper");
    });
  }

  #panelContent(panel: Panel): PanelContent {
    const error = panel === "error" ? this.#error : null;
    const offersFullPage =
      error && this.mode !== "embed" && this.mode !== "pop-out" && frameErrors.includes(error.code);
    return panelContent(panel, {
      messages: this.#messages,
      refusal: error && refusalMessage(error),
      offline: !navigator.onLine,
      canStartAgain: this.#hasEndpoint,
      fullPageUrl: offersFullPage ? (this.#flow?.fullPageUrl ?? null) : null,
    });
  }
}
