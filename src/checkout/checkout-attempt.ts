import { isId } from "../dintero/ids.ts";
import { rejection } from "../core/deadline.ts";
import { ownOptions } from "../core/own-fields.ts";
import { safeHref } from "../elements/href.ts";
import { listenForResults } from "../elements/result-channel.ts";
import type { AttemptHost, AttemptOptions } from "./attempt-host.ts";
import type { ResolvedMode } from "./checkout-mode.ts";
import { fullPageUrl, parseCheckoutUrl } from "./checkout-url.ts";
import { warmUpConnection } from "./connection-warmup.ts";
import { decideOnAddress, decideOnPayment } from "./decision.ts";
import { asCheckoutError, DinteroCheckoutError, logError, notReady } from "./errors.ts";
import { CheckoutErrorEvent, RedirectEvent, type Session } from "./events.ts";
import { watchFramePolicy } from "./frame-policy.ts";
import { follow, followNavigation, followOutcome } from "./navigation.ts";
import { measure } from "./performance-measures.ts";
import { watchFrame } from "./pop-out-container.ts";
import { belongsTo, effectOf, messageOfResult, type SdkMessage } from "./sdk-messages.ts";
import { openFrame, type CheckoutFrame, type Decide } from "./sdk.ts";
import { putUpdate, type SessionReference } from "./session-endpoint.ts";
import { canCreate } from "./session-source.ts";
import { SessionUpdates, type Update } from "./session-updates.ts";
import { isOpen, isOver } from "./state.ts";

/** One attempt to show a checkout, from the start to the outcome. */
export class CheckoutAttempt {
  readonly #options: AttemptOptions;
  readonly #host: AttemptHost;
  readonly #end = new AbortController();
  readonly #updates: SessionUpdates;
  #checkoutUrl = "";
  #frame: CheckoutFrame | null = null;
  #removeWarmup: (() => void) | null = null;

  constructor(options: AttemptOptions, host: AttemptHost) {
    this.#options = options;
    this.#host = host;
    this.#updates = new SessionUpdates({
      signal: this.#end.signal,
      timeout: options.timeout,
      assertOpen: () => this.#readyFrame(),
      lock: () => this.lock(),
      refresh: () => this.refresh(),
      putUpdate: () => putUpdate(host.options(), this.#frame!.sid, this.#end.signal),
    });
  }

  get mode(): ResolvedMode {
    return this.#options.mode;
  }

  get iframe(): HTMLIFrameElement | null {
    return this.#frame?.iframe ?? null;
  }

  /** Null while the session is to be created. */
  get #reference(): SessionReference | null {
    return this.#options.source.reference(this.#options);
  }

  /** Dintero's own page for the session, where it is safe to go to. */
  get fullPageUrl(): string | null {
    const reference = this.#reference;
    if (!reference || !this.#checkoutUrl) return null;
    const { language, element } = this.#options;
    return safeHref(fullPageUrl(this.#checkoutUrl, reference, language), element);
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
    const { mode, checkoutUrl } = this.#options;
    const { signal } = this.#end;
    const started = performance.now();
    this.#checkoutUrl = parseCheckoutUrl(checkoutUrl);
    const policy = watchFramePolicy(this.#checkoutUrl, signal);
    listenForResults((result) => {
      if (belongsTo(result, this.#reference?.id, this.#host.snapshot().shownSession))
        this.#handle(messageOfResult(result), true);
    }, signal);

    const reference = this.#reference ?? (await this.#create(policy));
    const { id } = reference;
    if (!isId(id))
      throw new DinteroCheckoutError("invalid-session-id", { what: `session-id "${id}" is invalid.` });
    if (mode === "redirect") return this.#redirect(reference);

    this.#host.update({ state: "loading" });
    signal.throwIfAborted();
    policy.throwIfAborted();
    const opened = performance.now();
    this.#frame = await this.#open(id);
    // The element gives the frame its title.
    this.#host.update({});
    await Promise.race([this.#frame.firstMessage, rejection(policy)]);
    measure("frame", opened);
    measure("ready", started);
  }

  async #create(policy: AbortSignal): Promise<SessionReference> {
    const { source, mode, element, box } = this.#options;
    const { signal } = this.#end;
    const started = performance.now();
    if (!canCreate(this.#host.options())) throw new DinteroCheckoutError("no-session-source");
    this.#host.update({ state: "creating" });
    // A listener of dintero-state may have ended this attempt; here and above.
    signal.throwIfAborted();
    const creating = source.create(this.#host.options(), signal);
    if (mode !== "redirect") {
      this.#removeWarmup = warmUpConnection(element, box, this.#checkoutUrl);
      policy.addEventListener("abort", this.#removeWarmup);
    }
    const reference = await creating;
    measure("session", started);
    return reference;
  }

  async #redirect(reference: SessionReference): Promise<void> {
    const { language, element } = this.#options;
    // Like every other event of an attempt, dintero-redirect comes after start() has returned: a listener that is added
    // right after the call gets it, too.
    await Promise.resolve();
    this.#end.signal.throwIfAborted();
    const url = fullPageUrl(this.#checkoutUrl, reference, language);
    this.#host.update({ state: "redirecting" });
    if (!this.#host.dispatch(new RedirectEvent(url))) return;
    follow(url, element);
    this.#host.showPanel("redirecting");
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
      onMessage: (message) => this.#handle(message),
      onNavigation: (href) => followNavigation(href, element, this.#host),
      onValidateSession: validateSession ? this.#decide(decideOnPayment) : null,
      onAddressCallback: addressCallback ? this.#decide(decideOnAddress) : null,
    });
    if (mode === "pop-out") watchFrame({ element, iframe: frame.iframe, signal }, () => this.#reopen());
    return frame;
  }

  /** The page has removed the frame. An outcome needs none, and an error offers to try again. */
  #reopen(): void {
    const { state } = this.#host.snapshot();
    if (state === "loading" || isOpen(state)) this.#host.startAgain();
  }

  #handle(message: SdkMessage, fromOtherTab = false): void {
    const host = this.#host;
    this.#removeWarmup?.();
    // An outcome is dispatched once.
    if (isOver(host.snapshot().state)) return;
    const effect = effectOf(message, { before: host.snapshot().session, fromOtherTab });
    const { event, state, session, href, panel } = effect;
    host.update({ ...(session && { session, shownSession: session }), ...(state && { state }) });
    if (!host.dispatch(event) || !event.cancelable) return;
    if (href && followOutcome(href, this.#options.element, host)) return;
    host.showPanel(panel);
    // What was paid in another tab must not be paid a second time in this one.
    if (fromOtherTab) this.destroy();
  }

  #decide(decision: typeof decideOnPayment): Decide {
    return async (shown) => {
      const session = shown ?? this.#host.snapshot().shownSession;
      // Without a session there is nothing to decide on.
      if (!session) return this.#host.options().refusalText;
      const answer = await decision({ host: this.#host, signal: this.#end.signal, session });
      return answer ?? this.#host.options().refusalText;
    };
  }

  #fail(reason: unknown): void {
    const { signal } = this.#end;
    if (signal.aborted) return;
    this.#removeWarmup?.();
    const error = asCheckoutError(reason);
    this.#host.update({ state: "error", error });
    if (!this.#host.dispatch(new CheckoutErrorEvent(error))) return;
    logError(error);
    this.#host.showPanel("error");
    if (!error.retryable || navigator.onLine) return;
    const retry = (): void => {
      if (this.#host.snapshot().state === "error") this.#host.startAgain();
    };
    addEventListener("online", retry, ownOptions({ signal }));
  }

  /** @throws `not-ready` */
  #readyFrame(): CheckoutFrame {
    const { state } = this.#host.snapshot();
    if (this.#frame && isOpen(state)) return this.#frame;
    throw notReady(state);
  }
}
