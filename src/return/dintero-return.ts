import { LitElement, type PropertyDeclarations, type PropertyValues, type TemplateResult } from "lit";
import { ownOptions } from "../core/own-fields.ts";
import { returnMessages } from "../messages/index.ts";
import type { ReturnMessages } from "../messages/keys.ts";
import { resolveLanguage } from "../messages/language.ts";
import { isDeferred, observeHydration } from "../elements/defer-hydration.ts";
import { customStates } from "../elements/custom-states.ts";
import { applyStyles, createForeignRoot } from "../elements/document-styles.ts";
import { endpointUrl, webHref } from "../elements/href.ts";
import { ownDeclarations } from "../elements/property-declarations.ts";
import { whenPageReady } from "../elements/page-ready.ts";
import { panelStyles } from "../elements/panel-styles.ts";
import { announceResult } from "../elements/result-channel.ts";
import { ResultEvent, type ReturnResult } from "./result-event.ts";
import { storedResult, storeResult } from "./result-memory.ts";
import { claimedStatus, isClaim, readClaim, type Claim } from "./return-address.ts";
import { fillPanel, panelContent, panelTemplate } from "./return-panel.ts";
import { isFinal, statusOf, type ReturnState, type ReturnStatus } from "./return-state.ts";
import { pollStatus, type StatusAnswer } from "./status-polling.ts";
import { returnStyles } from "./styles.ts";

/**
 * For the page at `return_url`: reads what Dintero added to the address, requests the status from the merchant's
 * endpoint, and shows the result in the shopper's language. A verified result reaches the other tabs of the site, so that
 * a `<dintero-checkout>` that waits there for an app payment can finish.
 *
 * ```html
 * <dintero-return endpoint="/api/checkout/status" retry-href="/cart"></dintero-return>
 * ```
 *
 * @element dintero-return
 *
 * @fires {ResultEvent} dintero-result - The status became known or changed. `pending` is dispatched once: when requests
 *   over two minutes brought no answer, or at once when the endpoint refuses (400, 401, 403) or the address claims
 *   nothing. Not dispatched again after a reload.
 *
 * @slot paid - Shown instead of our own text once the payment is there.
 * @slot on-hold - Shown instead while the payment is being reviewed.
 * @slot failed - Shown instead after a payment that was not accepted.
 * @slot cancelled - Shown instead after the shopper cancelled.
 * @slot pending - Shown instead while the status is requested, and when it is not known in time.
 *
 * @csspart result - The panel.
 * @csspart message - Heading and text, as a live region.
 * @csspart button - "Check again".
 * @csspart link - "Back to cart".
 *
 * @cssproperty --dintero-checkout-color - Text colour. Inherited by default.
 * @cssproperty --dintero-checkout-background - Background of the panel. Transparent by default.
 * @cssproperty --dintero-checkout-accent - Background of the button; its text turns black or white to be readable.
 * @cssproperty --dintero-checkout-radius - Corner radius of the panel and the button.
 * @cssproperty --dintero-checkout-font - Font family. Inherited by default.
 * @cssproperty [--dintero-checkout-min-height=16rem] - Minimum height of the panel, so that an answer moves nothing below it.
 *
 * @cssstate paid - The payment is authorized or captured.
 * @cssstate on-hold - The payment is being reviewed.
 * @cssstate failed - The payment was not accepted.
 * @cssstate cancelled - The shopper cancelled.
 * @cssstate pending - Not known: requested, or not answered in time.
 */
export class DinteroReturn extends LitElement {
  static override styles = [panelStyles, returnStyles];
  // The check starts after the first render and changes what is shown, of which Lit would warn in development.
  static override enabledWarnings = [];
  static override properties: PropertyDeclarations = {
    endpoint: {},
    retryHref: { attribute: "retry-href" },
    language: {},
    credentials: {},
    messages: { attribute: false },
  };

  static {
    ownDeclarations(this.properties);
  }

  /**
   * Address on your server that returns the status (`createStatusHandler` makes one): `GET` with `transaction_id` and
   * `merchant_reference`, answered by `{"status","merchantReference","transactionId","sessionId"}`. Without it the
   * address's claim is shown, with `verified: false`.
   */
  declare endpoint: string | null;
  /** Where "Back to cart" leads after a failed or cancelled payment; http or https. No link without it. */
  declare retryHref: string | null;
  /** Language of our own texts. Default: the nearest `lang` attribute. */
  declare language: string | null;
  /** Fetch credentials mode of the requests. @default "same-origin" */
  declare credentials: RequestCredentials;
  /** Replaces some or all of our own texts. */
  declare messages: Partial<ReturnMessages> | null;

  readonly #customStates = customStates(this);
  #state: ReturnState = "checking";
  #claim: Claim | null = null;
  #result: ReturnResult | null = null;
  /** The panel that is rendered, as text. */
  #renderedPanel = "";
  /** An update threw, which is reported once. */
  #broken = false;
  /** Reports that the page's framework is done. */
  #hydration: MutationObserver | null = null;
  /** Aborts when the element is removed, and when it starts again. */
  #attempt = new AbortController();

  constructor() {
    super();
    this.endpoint = null;
    this.retryHref = null;
    this.language = null;
    this.credentials = "same-origin";
    this.messages = null;
  }

  /** What is known; null until something is. */
  get result(): ReturnResult | null {
    return this.#result;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#connect();
  }

  #connect(): void {
    if (isDeferred(this)) {
      this.#hydration ??= observeHydration(this, () => this.isConnected && this.#connect());
      return;
    }
    this.#attempt.abort();
    const { signal } = (this.#attempt = new AbortController());
    // What a framework sets right after insertion counts.
    void this.updateComplete.then(() => {
      if (!signal.aborted) whenPageReady(() => this.#start(), signal);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // One that was only moved starts again.
    this.#attempt.abort();
  }

  adoptedCallback(): void {
    if (this.shadowRoot) applyStyles(this.shadowRoot, DinteroReturn.elementStyles);
  }

  // With this callback moveBefore() calls neither of the two above.
  protected connectedMoveCallback(): void {}

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    if (this.ownerDocument === document) return super.createRenderRoot();
    return createForeignRoot(this, DinteroReturn.elementStyles);
  }

  /** Where markup clobbers what rendering needs, the result is still requested and dispatched. */
  protected override performUpdate(): void {
    try {
      super.performUpdate();
      this.#broken = false;
    } catch (cause) {
      if (!this.#broken) console.error("<dintero-return> was not rendered:", cause);
      this.#broken = true;
    }
  }

  protected override render(): TemplateResult {
    return panelTemplate();
  }

  protected override updated(changed: PropertyValues): void {
    this.#renderPanel();
    // Before the first start there is no claim yet.
    if (changed.has("endpoint") && this.#claim && this.isConnected) this.#start();
  }

  #start(): void {
    this.#attempt.abort();
    this.#attempt = new AbortController();
    const read = readClaim(location.href);
    if (!this.#claim || isClaim(read)) {
      if (read.transactionId !== this.#claim?.transactionId) this.#result = null;
      this.#claim = read;
    }
    const claim = this.#claim;
    const known = (this.#result ??= storedResult(claim));
    if (known) this.#setState(known.status);
    if (known?.verified && isFinal(known.status)) this.#removeClaim(claim);
    else if (claim.transactionId && this.endpoint) void this.#poll(claim, this.endpoint);
    // There is no endpoint, or no transaction to request the status of.
    else if (isClaim(claim)) this.#setResult(claim, claimedStatus(claim));
    else if (!known) this.#setResult(claim, "pending");
  }

  async #poll(claim: Claim, address: string): Promise<void> {
    const { signal } = this.#attempt;
    const endpoint = endpointUrl(address, this);
    this.#setState(statusOf(this.#state) === "on-hold" ? "reviewing" : "checking");
    // After a stay in the back/forward cache, the requests before are stale.
    addEventListener("pageshow", ({ persisted }) => persisted && this.#start(), ownOptions({ signal }));
    if (endpoint) {
      // Null once its attribute is removed.
      const credentials = this.credentials ?? "same-origin";
      for await (const answer of pollStatus({ endpoint, claim, credentials, signal })) {
        if (answer.status !== "pending") this.#setResult(claim, answer.status, answer);
      }
    } else {
      console.error(`<dintero-return> endpoint="${address}" is not a valid address.`);
    }
    if (signal.aborted || isFinal(statusOf(this.#state))) return;
    this.#setState(statusOf(this.#state));
    if (this.#state === "pending") this.#setResult(claim, "pending");
  }

  /** Dispatches a change of the status, or of its being verified. An answer of the endpoint verifies it. */
  #setResult(claim: Claim, status: ReturnStatus, answer?: StatusAnswer): void {
    const verified = answer !== undefined;
    this.#setState(status === "on-hold" ? "reviewing" : status);
    if (status === this.#result?.status && verified === this.#result.verified) return;
    const { transactionId, merchantReference } = answer ?? claim;
    const result = { status, verified, transactionId, merchantReference };
    this.#result = result;
    if (status !== "pending") {
      storeResult(claim, result);
      if (answer) announceResult({ ...result, status, sessionId: answer.sessionId });
    }
    if (isFinal(status)) this.#removeClaim(claim);
    this.dispatchEvent(new ResultEvent(result));
  }

  /** Removes the claim from the address, so that it is not shared, logged or dispatched again. */
  #removeClaim({ address, page }: Claim): void {
    try {
      // A router may have gone elsewhere, where an `error` parameter is not Dintero's.
      if (location.href === address) history.replaceState(history.state, "", page);
    } catch {
      // WebKit allows a hundred changes in ten seconds. The result matters more.
    }
  }

  #setState(state: ReturnState): void {
    this.#customStates.delete(statusOf(this.#state));
    this.#customStates.add(statusOf(state));
    this.#state = state;
    this.requestUpdate();
  }

  #checkAgain(): void {
    // The button goes; the focus stays with the text that replaces it.
    this.renderRoot.querySelector<HTMLElement>("[part=message]")?.focus();
    this.#start();
  }

  #renderPanel(): void {
    const { own } = resolveLanguage(this, this.language);
    const content = panelContent({
      state: this.#state,
      messages: { ...returnMessages[own], ...this.messages },
      // The page's own texts may be in another language.
      language: this.messages ? "" : own,
      canRequest: Boolean(this.endpoint && this.#claim?.transactionId),
      cartHref: this.retryHref ? webHref(this.retryHref, this) : null,
    });
    const rendered = JSON.stringify(content);
    if (rendered === this.#renderedPanel) return;
    // Set afterwards: a text that cannot be rendered leaves the panel as it is, and the next one is shown.
    this.#renderedPanel = "";
    fillPanel(this.renderRoot, content, () => this.#checkAgain());
    this.#renderedPanel = rendered;
  }
}
