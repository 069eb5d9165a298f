import { html, LitElement, nothing, type PropertyValues } from "lit";
import { announceResult } from "../shared/result-channel.ts";
import { returnStyles } from "./styles.ts";
import { resolveLanguage, type Language } from "../messages/language.ts";
import { returnMessages } from "../messages/index.ts";
import type { ReturnMessages } from "../messages/keys.ts";
import { panelStyles } from "../shared/panel-styles.ts";
import { ResultEvent, type ReturnResult } from "./result-event.ts";
import { claimedStatus, isClaim, readClaim, type Claim } from "./return-address.ts";
import { recall, remember } from "./return-memory.ts";
import { isFinal, statusOf, type ReturnState, type ReturnStatus } from "./return-state.ts";
import { watchStatus, type StatusAnswer } from "./return-status.ts";

/** Decoration beside the heading; the text says everything. */
const icons = {
  paid: "M5 12.5l4.5 4.5L19 7.5",
  failed: "M7 7l10 10M17 7L7 17",
  cancelled: "M6.5 12h11",
  "on-hold": "M12 5v7.5l5 3",
  pending: "M12 5v7.5l5 3",
};

/**
 * For the page at `return_url`: reads what Dintero added to the address, asks the merchant's endpoint whether it is
 * true, and shows the result in the shopper's language. Other tabs of the site hear of a verified result, so that a
 * `<dintero-checkout>` that waits there for an app payment can finish.
 *
 * ```html
 * <dintero-return endpoint="/api/checkout/status" retry-href="/cart"></dintero-return>
 * ```
 *
 * @element dintero-return
 *
 * @fires {ResultEvent} dintero-result - The status became known or changed. `pending` is told once, when two minutes
 *   of asking brought no answer. Never told again after a reload.
 *
 * @slot paid - Shown instead of our own text once the payment is there.
 * @slot on-hold - Shown instead while Dintero looks closer at the payment.
 * @slot failed - Shown instead after a payment that was not accepted.
 * @slot cancelled - Shown instead after the shopper cancelled.
 * @slot pending - Shown instead while the endpoint is asked, and when it has not known in time.
 *
 * @csspart result - The panel.
 * @csspart message - Heading and text; the live region.
 * @csspart button - "Check again".
 * @csspart link - "Back to cart".
 *
 * @cssproperty --dintero-checkout-color - Text colour. Inherited by default.
 * @cssproperty --dintero-checkout-background - Background of the panel. Transparent by default.
 * @cssproperty --dintero-checkout-accent - Background of the button; its text turns black or white to be readable.
 * @cssproperty --dintero-checkout-radius - Corner radius of the panel and the button.
 * @cssproperty --dintero-checkout-font - Font family. Inherited by default.
 * @cssproperty --dintero-checkout-min-height - Least height of the panel, so that an answer moves nothing below it.
 *
 * @cssstate paid - The payment is authorized or captured.
 * @cssstate on-hold - The payment is being looked at.
 * @cssstate failed - The payment was not accepted.
 * @cssstate cancelled - The shopper cancelled.
 * @cssstate pending - Not known: being asked, or not answered in time.
 */
export class DinteroReturn extends LitElement {
  static override styles = [panelStyles, returnStyles];

  static override properties = {
    endpoint: { type: String },
    retryHref: { type: String, attribute: "retry-href" },
    language: { type: String },
    credentials: { type: String },
    messages: { attribute: false },
  };

  /**
   * Url on the merchant's server that knows the status (`createStatusHandler` makes one): `GET` with
   * `transaction_id` and `merchant_reference`, answered by `{"status","merchantReference","transactionId","sessionId"}`.
   * Without it the page shows what its address claims, and says so by `verified: false`.
   */
  declare endpoint: string | null;

  /** Where "Back to cart" leads after a failed or cancelled payment; http(s) only. No link without it. */
  declare retryHref: string | null;

  /** Language of our texts. Default: the nearest `lang` attribute. */
  declare language: string | null;

  /** Credentials mode of the requests: `omit`, `same-origin` (default) or `include`. */
  declare credentials: RequestCredentials | null;

  /** Replaces some or all of our own texts. */
  declare messages: Partial<ReturnMessages> | null;

  readonly #internals = this.attachInternals();
  #state: ReturnState = "asking";
  #claim: Claim | undefined;
  #result: ReturnResult | null = null;
  #language: Language = "en";
  #texts: ReturnMessages | undefined;
  /** Ends the asking. */
  #round = new AbortController();

  constructor() {
    super();
    this.endpoint = null;
    this.retryHref = null;
    this.language = null;
    this.credentials = null;
    this.messages = null;
  }

  /** What is known; null until something is. */
  get result(): ReturnResult | null {
    return this.#result;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // What a framework sets right after insertion counts, and a server-rendered shadow root is hydrated unchanged.
    void this.updateComplete.then(() => this.#arrive());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Not when it was only moved.
    queueMicrotask(() => this.isConnected || this.#round.abort());
  }

  // Its being there makes `moveBefore()` keep the element connected.
  connectedMoveCallback(): void {}

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated || !this.isConnected) return;
    if (changed.has("language")) this.#speak();
    if (changed.has("endpoint")) this.#begin();
  }

  protected override render() {
    const state = this.#state;
    const status = statusOf(state);
    const texts = this.#texts && { ...this.#texts, ...this.messages };
    const atRest = texts && state === status;
    const name = status === "on-hold" ? "onHold" : status;
    const again = atRest && !isFinal(status) && this.endpoint && this.#claim?.transactionId;
    const cart = state === "failed" || state === "cancelled" ? followable(this.retryHref) : null;
    return html`
      <div class="panel" part="result" lang=${this.messages ? nothing : this.#language}>
        <div part="message" role="status" tabindex="-1">
          ${
            atRest
              ? html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${icons[status]} /></svg>`
              : html`<div class="spinner"></div>`
          }
          <slot name=${status}>
            <p class="title">${texts?.[`${name}Title`]}</p>
            <p class="text">${state === "asking" ? nothing : texts?.[`${name}Text`]}</p>
          </slot>
        </div>
        ${
          again || cart
            ? html`<div class="actions">
                ${again ? html`<button part="button" @click=${this.#again}>${texts.checkAgain}</button>` : nothing}
                ${cart ? html`<a part="link" href=${cart}>${texts?.backToCart}</a>` : nothing}
              </div>`
            : nothing
        }
      </div>
    `;
  }

  #arrive(): void {
    if (!this.isConnected) return;
    this.#speak();
    this.#begin();
  }

  #begin(): void {
    this.#round.abort();
    const read = readClaim(location.href);
    if (!this.#claim || isClaim(read)) {
      if (read.transactionId !== this.#claim?.transactionId) this.#result = null;
      this.#claim = read;
    }
    const claim = this.#claim;
    const known = (this.#result ??= recall(claim));
    if (known) this.#move(known.status);
    if (known?.verified && isFinal(known.status)) this.#tidy(claim);
    else if (claim.transactionId && this.endpoint) void this.#ask(claim, this.endpoint);
    // Nobody to ask, or nothing to ask for.
    else if (isClaim(claim)) this.#tell(claim, claimedStatus(claim), false);
    else if (!known) this.#tell(claim, "pending", false);
  }

  async #ask(claim: Claim, endpoint: string): Promise<void> {
    const { signal } = (this.#round = new AbortController());
    // Frozen in the back/forward cache while it asked: this round is stale then.
    window.addEventListener("pageshow", ({ persisted }) => persisted && this.#begin(), { signal });
    this.#move(statusOf(this.#state) === "on-hold" ? "reviewing" : "asking");
    for await (const answer of watchStatus(endpoint, claim, this.credentials ?? "same-origin", signal)) {
      if (answer.status !== "pending") this.#tell(claim, answer.status, true, answer);
    }
    if (signal.aborted || isFinal(this.#state)) return;
    this.#move(statusOf(this.#state));
    if (this.#state === "pending") this.#tell(claim, "pending", false);
  }

  /** Takes what became known, and tells it once: a change of the status, or of its being verified. */
  #tell(claim: Claim, status: ReturnStatus, verified: boolean, answer?: StatusAnswer): void {
    this.#move(answer && status === "on-hold" ? "reviewing" : status);
    if (status === this.#result?.status && verified === this.#result.verified) return;
    const { merchantReference } = answer ?? claim;
    const result = { status, verified, transactionId: claim.transactionId, merchantReference };
    this.#result = result;
    if (status !== "pending") {
      remember(claim, result);
      if (answer) announceResult({ ...result, status, sessionId: answer.sessionId });
    }
    if (isFinal(status)) this.#tidy(claim);
    this.#emit(new ResultEvent(result));
  }

  /** Takes the claim out of the address, so that it is not shared, logged or told again. */
  #tidy({ address, page }: Claim): void {
    try {
      // A router may have gone elsewhere meanwhile, where an `error` is somebody else's.
      if (location.href === address) history.replaceState(history.state, "", page);
    } catch {
      // WebKit refuses the hundredth in ten seconds; the result matters more.
    }
  }

  #again(): void {
    // The button goes while it is asked; the focus stays with what will be said.
    this.renderRoot.querySelector<HTMLElement>("[part=message]")?.focus();
    this.#begin();
  }

  #speak(): void {
    const { own } = resolveLanguage(this, this.language);
    this.#language = own;
    this.#texts = returnMessages[own];
    this.requestUpdate();
  }

  #move(state: ReturnState): void {
    this.#internals.states.delete(statusOf(this.#state));
    this.#internals.states.add(statusOf(state));
    this.#state = state;
    this.requestUpdate();
  }

  #emit(event: ResultEvent): void {
    this.dispatchEvent(event);
  }
}

/** The whole address when it is http(s), else null. */
function followable(href: string | null): string | null {
  const url = href ? URL.parse(href, document.baseURI) : null;
  return url?.protocol.startsWith("http") ? url.href : null;
}
