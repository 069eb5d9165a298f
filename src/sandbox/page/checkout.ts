import type {
  AddressRequest,
  PageEvent,
  PageOutcome,
  PageView,
  PayRequest,
  ShippingOptionRequest,
} from "../page-api.ts";
import { Refusal, type Backend } from "./backend.ts";
import { speak, type Language } from "./language.ts";
import { Launcher } from "./launcher.ts";
import { recall, remember } from "./memory.ts";
import {
  activeMethod,
  firstState,
  isLocked,
  sessionOf,
  type Place,
  type State,
  type Words,
} from "./state.ts";
import { Wire, type Message } from "./wire.ts";

/** A payment as the form gives it: the outcome is the test controls' business. */
export type Details = Pick<PayRequest, "card" | "phone_number">;

/** Merchant's answer to `ValidateSession` or `AddressCallback`. */
interface Answer {
  readonly success: boolean;
  readonly words: string;
}

/** The hosted page's behaviour: what shopper, merchant's page and sandbox do to it. */
export class Checkout {
  readonly place: Place;
  readonly #backend: Backend;
  readonly #wire: Wire;
  readonly #launcher: Launcher;
  readonly #page = crypto.randomUUID();
  readonly #draw: (state: State) => void;
  #state: State;
  #told = false;
  #seq = 0;
  #height = -1;
  #expiry: ReturnType<typeof setTimeout> | undefined;
  #answers = new Map<string, (answer: Answer) => void>();

  constructor(place: Place, backend: Backend, language: Language, draw: (state: State) => void) {
    this.place = place;
    this.#backend = backend;
    this.#draw = draw;
    this.#state = firstState(language, place.popOutWindow && place.loader);
    const opener = place.popOutWindow ? (window.opener as Window | null) : null;
    this.#wire = new Wire({
      sid: place.sid,
      target: place.framed ? window.parent : opener,
      popOut: place.popOutWindow,
      onMessage: (message) => void this.#hear(message),
    });
    this.#launcher = new Launcher(this.#wire);
  }

  get state(): State {
    return this.#state;
  }

  async start(): Promise<void> {
    this.#set({});
    if (this.place.popOutWindow) {
      this.#wire.direct({});
      this.#wire.post("AppLoaded");
      if (this.place.loader) return;
    }
    await this.load();
  }

  /** Reads the session and tells the merchant's page what it is. */
  async load(): Promise<void> {
    this.#set({ phase: "loading", problem: null });
    try {
      const view = await this.#backend.load();
      this.#seq = view.seq;
      this.#wire.direct(view.directives);
      const first = view.payment_methods[0]?.payment_product_type ?? null;
      const kept = recall(`${this.place.sid}:method`);
      const known = view.payment_methods.some((method) => method.payment_product_type === kept);
      this.#set({ active: known ? kept : first });
      this.#show(view);
      this.#wire.post("SessionLoaded", { session: view.session });
      if (view.outcome) this.#end(view.outcome, isPaid(view.outcome));
      else if (this.#state.phase === "open") this.activate(this.#state.active);
      void this.#watch();
    } catch (error) {
      this.#wire.direct({});
      this.#fail(error);
    }
  }

  async pay(details: Details): Promise<void> {
    const method = activeMethod(this.#state);
    if (!method || this.#state.busy || isLocked(this.#state) || this.#state.phase !== "open") return;
    // A pop-out's order was validated before its window opened.
    if (this.place.clientSideValidation && this.place.framed) {
      this.#set({ busy: "validating", problem: null, about: "payment" });
      const answer = await this.#ask("ValidateSession", "ValidationResult");
      if (this.#state.phase !== "open") return;
      if (!answer.success) {
        const problem: Words = answer.words ? { words: answer.words } : { key: "validationFailed" };
        this.#set({ busy: null, problem });
        return;
      }
    }
    await this.#work("paying", async () => {
      const { payment_product_type } = method;
      const request = { payment_product_type, outcome: this.#state.wanted, page: this.#page, ...details };
      this.#end(await this.#backend.pay(request), true);
    });
  }

  /** Pays where the shopper leaves the page for an app: newer SDKs are asked to move the whole window. */
  async payInApp(details: Details): Promise<void> {
    const method = activeMethod(this.#state);
    if (!method || this.#state.busy || isLocked(this.#state)) return;
    await this.#work("paying", async () => {
      const { payment_product_type } = method;
      const request = { payment_product_type, outcome: this.#state.wanted, page: this.#page, ...details };
      const outcome = await this.#backend.pay(request);
      this.#told = true;
      this.#wire.post("TopLevelNavigation", { href: outcome.href });
      this.#set({ phase: "ended", outcome });
    });
  }

  async cancel(): Promise<void> {
    await this.#work("cancelling", async () => this.#end(await this.#backend.cancel(this.#page), true));
  }

  async giveAddress(address: AddressRequest["address"]): Promise<void> {
    const asksPage = this.place.clientSideAddressCallback && this.place.framed;
    await this.#work("address", async () => {
      let view = await this.#backend.address({ address, client_side: asksPage });
      if (asksPage) {
        this.#set({ view });
        const answer = await this.#ask("AddressCallback", "AddressCallbackResult");
        view = await this.#backend.load();
        if (!answer.success) {
          const problem: Words = answer.words ? { words: answer.words } : { key: "doesNotShip" };
          this.#set({ view, editingAddress: true, problem });
          return;
        }
      }
      this.#update(view);
      this.#set({ editingAddress: view.delivery === "none" });
      if (view.delivery === "none") this.#set({ problem: { key: "doesNotShip" } });
    });
  }

  editAddress(): void {
    this.#set({ editingAddress: true });
  }

  async chooseShipping(option: ShippingOptionRequest): Promise<void> {
    await this.#work("shipping", async () => this.#update(await this.#backend.shippingOption(option)));
  }

  async setDiscountCodes(codes: readonly string[]): Promise<void> {
    const before = priceOfGoods(this.#state);
    await this.#work("discount", async () => {
      this.#update(await this.#backend.discount({ codes }));
      const code = codes.at(-1);
      if (!code) return;
      if (priceOfGoods(this.#state) === before) this.#set({ problem: { key: "noSuchDiscount" } });
      else this.#set({ news: { key: "discountTaken", values: { code } } });
    });
  }

  want(wanted: State["wanted"]): void {
    this.#set({ wanted });
  }

  complain(problem: Words | null, about: State["about"]): void {
    this.#set({ problem, about });
  }

  /** Makes a method the active one and says so. */
  activate(type: string | null | undefined): void {
    const methods = this.#state.view?.payment_methods ?? [];
    const active = methods.find((method) => method.payment_product_type === type) ? (type ?? null) : null;
    this.#set({ active });
    if (active) remember(`${this.place.sid}:method`, active);
    this.#wire.post("ActivePaymentProductType", { payment_product_type: active ?? undefined });
  }

  setLanguage(language: Language): void {
    if (language === this.#state.language) return;
    this.#set({ language });
    this.#wire.post("LanguageChanged", { language });
  }

  /** Height of the content, in px. A pop-out window's own height is nobody's business. */
  reportHeight(height: number): void {
    if (this.place.framed && height !== this.#height) this.#wire.post("HeightChanged", { height });
    this.#height = height;
    this.#offerWindow();
  }

  async #hear(message: Message): Promise<void> {
    switch (message.type) {
      case "LockSession":
        return await this.#lock();
      case "RefreshSession":
        return await this.#refresh();
      case "SetActivePaymentProductType":
        return this.activate(message.payment_product_type as string | undefined);
      case "SetLanguage":
        return this.setLanguage(message.language as Language);
      case "ValidationResult":
      case "AddressCallbackResult": {
        const words = message.clientValidationError ?? message.error;
        const answer = { success: message.success === true, words: typeof words === "string" ? words : "" };
        const resolve = this.#answers.get(message.type);
        this.#answers.delete(message.type);
        if (resolve) return resolve(answer);
        // A launcher's order is validated by the SDK, which opens and closes the window itself.
        if (this.place.launcher && !answer.success) {
          const problem: Words = answer.words ? { words: answer.words } : { key: "validationFailed" };
          this.#set({ popOut: "closed", problem });
        }
        return;
      }
      case "ValidatingPopOut":
        return this.#set({ popOut: "validating", problem: null });
      case "OpenedPopOut":
        return this.#set({ popOut: "open", problem: null });
      case "ClosedPopOut":
        return this.#set({ popOut: "closed" });
      case "OpenPopOutFailed":
        return this.#set({ popOut: "closed", problem: { key: "windowFailed" } });
    }
  }

  async #lock(): Promise<void> {
    try {
      const { pay_lock_id } = await this.#backend.lock();
      this.#set({ lock: pay_lock_id, problem: null });
      this.#wire.post("SessionLocked", { pay_lock_id });
    } catch {
      this.#wire.post("SessionLockFailed");
    }
  }

  async #refresh(): Promise<void> {
    try {
      const view = await this.#backend.refresh();
      this.#set({ lock: null });
      this.#update(view);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Asks the merchant's page and waits for its answer. */
  #ask(question: string, answer: string): Promise<Answer> {
    return new Promise((resolve) => {
      this.#answers.set(answer, resolve);
      this.#wire.post(question, { session: this.#state.view?.session });
    });
  }

  async #work(busy: NonNullable<State["busy"]>, job: () => Promise<void>): Promise<void> {
    const delivery = busy === "address" || busy === "discount" || busy === "shipping";
    this.#set({ busy, problem: null, news: null, about: delivery ? "delivery" : "payment" });
    try {
      await job();
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#set({ busy: null });
    }
  }

  #fail(error: unknown): void {
    if (error instanceof Refusal && error.gone) {
      this.#told = true;
      this.#wire.post("SessionNotFound");
      if (this.place.launcher) this.#launcher.withdraw();
      return this.#set({ phase: "gone" });
    }
    if (error instanceof Refusal && error.code === "unreachable") {
      if (this.#state.phase !== "open") return this.#set({ phase: "unreachable" });
      return this.#set({ problem: { key: "unreachable" } });
    }
    const words = error instanceof Refusal ? error.message : "";
    this.#set({ problem: words ? { words } : { key: "requestFailed" } });
  }

  /** A session that was read: shown, and its end awaited. */
  #show(view: PageView): void {
    this.#set({ view, phase: view.session.order ? "open" : "gone" });
    clearTimeout(this.#expiry);
    const left = Date.parse(view.session.expires_at) - Date.now();
    // Longer than a timer can count: such a session outlives the page.
    if (left < 2 ** 31) this.#expiry = setTimeout(() => void this.#reread(), Math.max(left, 0) + 50);
  }

  #update(view: PageView): void {
    this.#show(view);
    this.#wire.post("SessionUpdated", { session: view.session });
  }

  async #reread(): Promise<void> {
    if (this.#state.phase !== "open") return;
    try {
      this.#show(await this.#backend.load());
    } catch (error) {
      this.#fail(error);
    }
  }

  async #watch(): Promise<void> {
    while (this.#state.phase === "open") {
      let events: readonly PageEvent[];
      try {
        events = await this.#backend.events(this.#seq);
      } catch (error) {
        if (error instanceof Refusal && error.gone) return this.#fail(error);
        await new Promise((resolve) => setTimeout(resolve, 2000));
        continue;
      }
      for (const event of events) {
        this.#seq = Math.max(this.#seq, event.seq);
        await this.#happen(event);
      }
    }
  }

  async #happen(event: PageEvent): Promise<void> {
    switch (event.type) {
      case "changed":
        // While it is locked the merchant's page says when to look again, and it hears of that look.
        if (!this.#state.busy && this.#state.lock === null) await this.#reread();
        return;
      case "expired":
        return this.#fail(new Refusal("session_expired", ""));
      case "ended":
        if (event.page === this.#page) return;
        // The window speaks for itself; only should it be lost does the frame tell in its place.
        if (this.#state.popOut === "open") await new Promise((resolve) => setTimeout(resolve, 1500));
        return this.#end(event.outcome, true);
      case "directives":
        return this.#wire.direct(event.directives);
      case "post": {
        const { type, ...fields } = event.message;
        return this.#wire.post(String(type), fields);
      }
    }
  }

  #end(outcome: PageOutcome, tell: boolean): void {
    if (this.#told || this.#state.phase === "ended") return;
    this.#told = tell;
    clearTimeout(this.#expiry);
    this.#set({ phase: "ended", outcome, busy: null, problem: null });
    if (!tell) return;
    if (this.place.launcher) this.#launcher.withdraw();
    if (this.place.framed) this.#wire.post("ScrollToTop");
    const { type, ...fields } = outcome;
    this.#wire.post(type, fields);
    const alone = !this.place.framed && !(this.place.popOutWindow && window.opener);
    if (alone && followable(outcome.href)) window.location.assign(outcome.href);
  }

  #offerWindow(): void {
    if (!this.place.launcher || this.#state.phase !== "open") return;
    const disabled = this.#state.popOut !== "closed" || isLocked(this.#state) || this.#state.busy !== null;
    this.#launcher.offer(speak(this.#state.language), this.#state.language, disabled);
  }

  #set(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
    this.#draw(this.#state);
    this.#offerWindow();
  }
}

/** The shopper's codes may change what the goods cost, while delivery is another matter. */
function priceOfGoods(state: State): number {
  const order = sessionOf(state)?.order;
  return (order?.amount ?? 0) - (order?.shipping_option?.amount ?? 0);
}

function isPaid(outcome: PageOutcome): boolean {
  return outcome.type === "SessionPaymentAuthorized" || outcome.type === "SessionPaymentOnHold";
}

/** The merchant's return url may belong to an app, but is never a script. */
export function followable(href: string): boolean {
  return (
    URL.canParse(href) &&
    !["javascript:", "data:", "blob:", "vbscript:", "file:"].includes(new URL(href).protocol)
  );
}
