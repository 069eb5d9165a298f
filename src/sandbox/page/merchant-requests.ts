import { pickLanguage, type Language } from "./language.ts";
import type { MerchantMessage } from "./merchant-channel.ts";
import type { HostedPage } from "./hosted-page.ts";
import type { SessionLifecycle } from "./session-lifecycle.ts";
import type { PageMessage } from "./state.ts";
import { store } from "./stored-values.ts";

/** Requests to the merchant's page, and the messages that answer them. */
const answerTypes = {
  ValidateSession: "ValidationResult",
  AddressCallback: "AddressCallbackResult",
} as const;

/** The merchant's page refused. `text` is its reason, or empty. */
export interface Objection {
  readonly text: string;
}

/** Handles what the merchant's page requests, and sends requests to it. */
export class MerchantRequests {
  readonly #page: HostedPage;
  readonly #lifecycle: SessionLifecycle;
  readonly #pending = new Map<string, (answer: Objection | null) => void>();

  constructor(page: HostedPage, lifecycle: SessionLifecycle) {
    this.#page = page;
    this.#lifecycle = lifecycle;
    page.channel.listen((message) => void this.#handle(message));
  }

  /** Sends a request and waits for the answer without a limit: null is yes. `view` is what the message carries. */
  request(type: keyof typeof answerTypes, view = this.#page.state.view): Promise<Objection | null> {
    return new Promise((resolve) => {
      this.#pending.set(answerTypes[type], resolve);
      this.#page.channel.post(type, { session: view?.session });
    });
  }

  /** Makes a payment method the active one, or none, and reports it. */
  selectMethod(wanted: unknown, savedCard: string | null = null): void {
    const methods = this.#page.state.view?.payment_methods ?? [];
    const known = methods.some((method) => method.payment_product_type === wanted) || savedCard !== null;
    const active = known ? String(wanted) : null;
    this.#page.set({ active, savedCard });
    if (active !== null) store(`${this.#page.place.sid}:method`, active);
    this.#page.channel.post("ActivePaymentProductType", { payment_product_type: active ?? undefined });
  }

  setLanguage(language: Language): void {
    if (language === this.#page.state.language) return;
    this.#page.set({ language });
    this.#page.channel.post("LanguageChanged", { language });
  }

  async #handle(message: MerchantMessage): Promise<void> {
    const page = this.#page;
    switch (message.type) {
      case "LockSession":
        return await this.#lock();
      case "RefreshSession":
        return await this.#refresh();
      case "SetActivePaymentProductType":
        return this.selectMethod(message.payment_product_type);
      case "SetLanguage":
        return this.setLanguage(pickLanguage(String(message.language)));
      case "ValidationResult":
      case "AddressCallbackResult":
        return this.#handleAnswer(message);
      case "ValidatingPopOut":
        return page.set({ popOut: "validating", problem: null });
      case "OpenedPopOut":
        return page.set({ popOut: "open", problem: null });
      case "ClosedPopOut":
        return await this.#lifecycle.windowClosed();
      case "OpenPopOutFailed":
        return page.set({ popOut: "closed", problem: { key: "windowFailed" }, area: "payment" });
    }
  }

  #handleAnswer({ type, success, clientValidationError, error }: MerchantMessage): void {
    const reason = clientValidationError ?? error;
    const objection = success === true ? null : { text: typeof reason === "string" ? reason : "" };
    const resolve = this.#pending.get(type);
    this.#pending.delete(type);
    if (resolve) return resolve(objection);
    // A launcher's order is validated by the SDK, which opens and closes the window itself.
    if (this.#page.place.launcher && objection)
      this.#page.set({
        popOut: "closed",
        problem: objectionMessage(objection, "validationFailed"),
        area: "payment",
      });
  }

  async #lock(): Promise<void> {
    const { backend, channel } = this.#page;
    try {
      const { pay_lock_id } = await backend.lock();
      this.#page.set({ lock: pay_lock_id, problem: null });
      channel.post("SessionLocked", { pay_lock_id });
    } catch {
      channel.post("SessionLockFailed");
    }
  }

  async #refresh(): Promise<void> {
    try {
      const view = await this.#page.backend.refresh();
      this.#page.set({ lock: null });
      this.#lifecycle.update(view);
    } catch (error) {
      this.#lifecycle.fail(error);
    }
  }
}

/** An objection as the shopper reads it: the merchant's text, or ours. */
export function objectionMessage({ text }: Objection, key: "validationFailed" | "doesNotShip"): PageMessage {
  return text ? { text } : { key };
}
