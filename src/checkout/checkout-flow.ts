import { isId } from "../dintero/ids.ts";
import { rejection } from "../core/deadline.ts";
import { safeHref } from "../elements/href.ts";
import { listenForResults } from "../elements/result-channel.ts";
import { fullPageUrl, parseCheckoutUrl } from "./checkout-url.ts";
import { warmUpConnection } from "./connection-warmup.ts";
import { decideOnAddress, decideOnPayment } from "./decision.ts";
import { asCheckoutError, DinteroCheckoutError, logError, notReady } from "./errors.ts";
import { CheckoutErrorEvent, RedirectEvent, type Session } from "./events.ts";
import type { FlowHost, FlowOptions } from "./flow-host.ts";
import { frameBlocked } from "./frame-policy.ts";
import { follow, followNavigation, followOutcome } from "./navigation.ts";
import { watchFrame } from "./pop-out-container.ts";
import { belongsTo, effectOf, messageOfResult, type SdkMessage } from "./sdk-messages.ts";
import { openFrame, type CheckoutFrame, type Decide } from "./sdk.ts";
import { putUpdate, type SessionReference } from "./session-endpoint.ts";
import { SessionUpdates, type Update } from "./session-updates.ts";
import { measure } from "./performance-measures.ts";
import { isOpen, isOver } from "./state.ts";

/** One attempt to show a checkout, from the start to the outcome. */
export class CheckoutFlow {
  readonly #options: FlowOptions;
  readonly #host: FlowHost;
  readonly #end = new AbortController();
  readonly #updates: SessionUpdates;
  #checkoutUrl = "";
  #reference: SessionReference | null;
  /** The session last seen by this flow: the element's may still be the one before. */
  #session: Session | null = null;
  #frame: CheckoutFrame | null = null;
  #removeWarmup: (() => void) | null = null;

  constructor(options: FlowOptions, host: FlowHost) {
    this.#options = options;
    this.#host = host;
    this.#reference = options.sessionId ? { id: options.sessionId } : options.createdSession.reference;
    this.#updates = new SessionUpdates({
      signal: this.#end.signal,
      timeout: options.timeout,
      assertOpen: () => this.#readyFrame(),
      lock: () => this.lock(),
      refresh: () => this.refresh(),
      putUpdate: () => putUpdate(options.endpointOptions(), this.#reference!.id, this.#end.signal),
    });
  }

  get mode(): FlowOptions["mode"] {
    return this.#options.mode;
  }

  get iframe(): HTMLIFrameElement | null {
    return this.#frame?.iframe ?? null;
  }

  /** Dintero's own page for the session, where it is safe to go to. */
  get fullPageUrl(): string | null {
    if (!this.#reference || !this.#checkoutUrl) return null;
    return safeHref(
      fullPageUrl(this.#checkoutUrl, this.#reference, this.#options.language),
      this.#options.element,
    );
  }

  start(): void {
    this.#run().catch((reason: unknown) => this.#fail(reason));
  }

  /** Removes the frame, and ends everything that waits. */
  destroy(): void {
    this.#end.abort(new DinteroCheckoutError("aborted"));
    this.#removeWarmup?.();
    this.#frame = null;
  }

  async lock(): Promise<void> {
    await this.#readyFrame().lock();
  }

  async refresh(): Promise<Session> {
    return this.#readyFrame().refresh();
  }

  async update(update?: Update): Promise<Session> {
    this.#readyFrame();
    return this.#updates.run(update);
  }

  setActivePaymentProductType(type?: string): void {
    this.#readyFrame().setActivePaymentProductType(type);
  }

  async #run(): Promise<void> {
    const { mode, checkoutUrl, createdSession, endpointOptions } = this.#options;
    const { signal } = this.#end;
    const started = performance.now();
    this.#checkoutUrl = parseCheckoutUrl(checkoutUrl);
    const blocked = frameBlocked(this.#checkoutUrl, signal);
    listenForResults((result) => {
      if (belongsTo(result, this.#reference?.id, this.#session))
        this.#handleMessage(messageOfResult(result), true);
    }, signal);

    if (!this.#reference) {
      this.#assertSource();
      this.#host.update({ state: "creating" });
      // A listener of dintero-state may have ended this flow; here and below.
      signal.throwIfAborted();
      const creating = createdSession.create(endpointOptions(), signal);
      if (mode !== "redirect") {
        this.#removeWarmup = warmUpConnection(this.#options.box, this.#checkoutUrl);
        blocked.addEventListener("abort", this.#removeWarmup);
      }
      this.#reference = await creating;
      measure("session", started);
    }
    this.#assertId(this.#reference);
    if (mode === "redirect") return this.#redirect();

    this.#host.update({ state: "loading" });
    signal.throwIfAborted();
    blocked.throwIfAborted();
    const opened = performance.now();
    this.#frame = await this.#open(this.#reference.id);
    // The element gives the frame its title.
    this.#host.update({});
    await Promise.race([this.#frame.firstMessage, rejection(blocked)]);
    measure("frame", opened);
    measure("ready", started);
  }

  #assertSource(): void {
    const { endpoint, fetchSession } = this.#options.endpointOptions();
    if (!endpoint && !fetchSession) throw new DinteroCheckoutError("no-session-source");
  }

  #assertId({ id }: SessionReference): void {
    if (!isId(id))
      throw new DinteroCheckoutError("invalid-session-id", { what: `session-id "${id}" is invalid.` });
  }

  async #redirect(): Promise<void> {
    const { language, element } = this.#options;
    // Like every other event of a flow, dintero-redirect comes after start() has returned: a listener that is added right
    // after the call gets it, too.
    await Promise.resolve();
    this.#end.signal.throwIfAborted();
    const url = fullPageUrl(this.#checkoutUrl, this.#reference!, language);
    this.#host.update({ state: "redirecting" });
    this.#host.dispatch(new RedirectEvent(url), () => {
      follow(url, element);
      return "redirecting";
    });
  }

  async #open(sid: string): Promise<CheckoutFrame> {
    const { element, box, mode, language, timeout, validateSession, addressCallback } = this.#options;
    const { signal } = this.#end;
    const frame = await openFrame({
      element,
      box,
      sid,
      checkoutUrl: this.#checkoutUrl,
      popOut: mode === "pop-out",
      language,
      timeout,
      signal,
      onMessage: (message) => this.#handleMessage(message),
      onNavigation: (href) => followNavigation(href, element, this.#host),
      onValidateSession: validateSession ? this.#decide(decideOnPayment) : null,
      onAddressCallback: addressCallback ? this.#decide(decideOnAddress) : null,
    });
    if (mode === "pop-out") watchFrame({ element, iframe: frame.iframe, signal }, () => this.#reopen());
    return frame;
  }

  /** The page has removed the frame. An outcome needs none, and an error offers to try again. */
  #reopen(): void {
    if (this.#host.state === "loading" || isOpen(this.#host.state)) this.#host.startAgain();
  }

  #handleMessage(message: SdkMessage, fromOtherTab = false): void {
    this.#removeWarmup?.();
    // An outcome is dispatched once.
    if (isOver(this.#host.state)) return;
    const { session, href } = message;
    const { event, state, panel = null } = effectOf(message, fromOtherTab);
    this.#session = session ?? this.#session;
    this.#host.update({ ...(session && { session }), ...(state && { state }) });
    if (!event.cancelable) return this.#host.dispatch(event);
    this.#host.dispatch(event, () => {
      if (href && followOutcome(href, this.#options.element, this.#host)) return null;
      // What was paid in another tab must not be paid a second time in this one.
      if (fromOtherTab) this.destroy();
      return panel;
    });
  }

  #decide(decision: typeof decideOnPayment): Decide {
    return async (shown) => {
      const session = shown ?? this.#session;
      // Without a session there is nothing to decide on.
      if (!session) return this.#options.refusalText();
      const answer = await decision({ host: this.#host, signal: this.#end.signal, session });
      return answer ?? this.#options.refusalText();
    };
  }

  #fail(reason: unknown): void {
    const { signal } = this.#end;
    if (signal.aborted) return;
    this.#removeWarmup?.();
    const error = asCheckoutError(reason);
    this.#host.update({ state: "error", error });
    this.#host.dispatch(new CheckoutErrorEvent(error), () => {
      logError(error);
      if (error.retryable && !navigator.onLine) {
        const retry = (): void => {
          if (this.#host.state === "error") this.#host.startAgain();
        };
        addEventListener("online", retry, { signal });
      }
      return "error";
    });
  }

  /** @throws `not-ready` */
  #readyFrame(): CheckoutFrame {
    if (this.#frame && isOpen(this.#host.state)) return this.#frame;
    throw notReady(this.#host.state);
  }
}
