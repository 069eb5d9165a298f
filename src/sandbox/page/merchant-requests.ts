import type { Desk } from "./page-context.ts";
import { pickLanguage, type Language } from "./language.ts";
import { remember } from "./stored-values.ts";
import type { SessionLife } from "./session-lifecycle.ts";
import type { Words } from "./state.ts";
import type { Message } from "./merchant-channel.ts";

/** The questions that the merchant's page can be asked, and what its answers are called. */
const answers = { ValidateSession: "ValidationResult", AddressCallback: "AddressCallbackResult" } as const;

/** What the merchant's page answers: null for yes, else why not, in its words where it has some. */
export type Objection = { readonly words: string } | null;

/** What the merchant's page asks for and is asked. */
export class Conversation {
  readonly #desk: Desk;
  readonly #life: SessionLife;
  readonly #open = new Map<string, (answer: Objection) => void>();

  constructor(desk: Desk, life: SessionLife) {
    this.#desk = desk;
    this.#life = life;
    desk.onmessage = (message) => void this.#hear(message);
  }

  /** Asks, and waits for as long as it takes. */
  ask(question: keyof typeof answers): Promise<Objection> {
    return new Promise((resolve) => {
      this.#open.set(answers[question], resolve);
      this.#desk.wire.post(question, { session: this.#desk.state.view?.session });
    });
  }

  /** Makes a way to pay the active one, or none, and says so. */
  activate(wanted: unknown): void {
    const methods = this.#desk.state.view?.payment_methods ?? [];
    const method = methods.find((each) => each.payment_product_type === wanted);
    const active = method?.payment_product_type ?? null;
    this.#desk.set({ active });
    if (active !== null) remember(`${this.#desk.place.sid}:method`, active);
    this.#desk.wire.post("ActivePaymentProductType", { payment_product_type: active ?? undefined });
  }

  setLanguage(language: Language): void {
    if (language === this.#desk.state.language) return;
    this.#desk.set({ language });
    this.#desk.wire.post("LanguageChanged", { language });
  }

  async #hear(message: Message): Promise<void> {
    const desk = this.#desk;
    switch (message.type) {
      case "LockSession":
        return await this.#lock();
      case "RefreshSession":
        return await this.#refresh();
      case "SetActivePaymentProductType":
        return this.activate(message.payment_product_type);
      case "SetLanguage":
        return this.setLanguage(pickLanguage(String(message.language)));
      case "ValidationResult":
      case "AddressCallbackResult":
        return this.#answered(message);
      case "ValidatingPopOut":
        return desk.set({ popOut: "validating", problem: null });
      case "OpenedPopOut":
        return desk.set({ popOut: "open", problem: null });
      case "ClosedPopOut":
        return await this.#life.windowClosed();
      case "OpenPopOutFailed":
        return desk.set({ popOut: "closed", problem: { key: "windowFailed" }, about: "payment" });
    }
  }

  #answered({ type, success, clientValidationError, error }: Message): void {
    const words = clientValidationError ?? error;
    const objection = success === true ? null : { words: typeof words === "string" ? words : "" };
    const resolve = this.#open.get(type);
    this.#open.delete(type);
    if (resolve) return resolve(objection);
    // A launcher's order is validated by the SDK, which opens and closes the window itself.
    if (this.#desk.place.launcher && objection)
      this.#desk.set({
        popOut: "closed",
        problem: objected(objection, "validationFailed"),
        about: "payment",
      });
  }

  async #lock(): Promise<void> {
    const { backend, wire } = this.#desk;
    try {
      const { pay_lock_id } = await backend.lock();
      this.#desk.set({ lock: pay_lock_id, problem: null });
      wire.post("SessionLocked", { pay_lock_id });
    } catch {
      wire.post("SessionLockFailed");
    }
  }

  async #refresh(): Promise<void> {
    try {
      const view = await this.#desk.backend.refresh();
      this.#desk.set({ lock: null });
      this.#life.update(view);
    } catch (error) {
      this.#life.fail(error);
    }
  }
}

/** An objection as the shopper reads it. */
export function objected(
  { words }: { readonly words: string },
  key: "validationFailed" | "doesNotShip",
): Words {
  return words ? { words } : { key };
}
