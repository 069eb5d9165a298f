import type { AddressRequest, PageOutcome, PayRequest, ShippingOptionRequest } from "../page-api.ts";
import { Conversation, objected } from "./merchant-requests.ts";
import type { Desk } from "./page-context.ts";
import type { Language } from "./language.ts";
import { SessionLife } from "./session-lifecycle.ts";
import { activeMethod, isLocked, sessionOf, type Place, type State, type Words } from "./state.ts";

/** A payment as the form gives it: the outcome is the test controls' business. */
export type Details = Pick<PayRequest, "card" | "phone_number">;

/** What a shopper does at the hosted page. */
export class Checkout {
  readonly #desk: Desk;
  readonly #life: SessionLife;
  readonly #conversation: Conversation;
  #height = -1;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#life = new SessionLife(desk);
    this.#conversation = new Conversation(desk, this.#life);
  }

  get place(): Place {
    return this.#desk.place;
  }

  async start(): Promise<void> {
    this.#desk.set({});
    if (this.place.popOutWindow) {
      this.#desk.wire.direct({});
      this.#desk.wire.post("AppLoaded");
      if (this.place.loader) return;
    }
    await this.load();
  }

  load(): Promise<void> {
    return this.#life.load();
  }

  async pay(details: Details): Promise<void> {
    const outcome = await this.#pay(details);
    if (outcome) this.#life.end(outcome, true);
  }

  /** Pays where the shopper leaves the page for an app. */
  async payInApp(details: Details): Promise<void> {
    const outcome = await this.#pay(details);
    if (outcome) this.#life.leave(outcome);
  }

  async cancel(): Promise<void> {
    const { backend, page } = this.#desk;
    await this.#work("cancelling", async () => this.#life.end(await backend.cancel(page), true));
  }

  async giveAddress(address: AddressRequest["address"]): Promise<void> {
    const { backend } = this.#desk;
    const asksPage = this.place.clientSideAddressCallback && this.place.framed;
    await this.#work("address", async () => {
      let view = await backend.address({ address, client_side: asksPage });
      if (asksPage) {
        this.#desk.set({ view });
        const objection = await this.#conversation.ask("AddressCallback");
        view = await backend.load();
        if (objection) {
          this.#desk.set({ view, editingAddress: true, problem: objected(objection, "doesNotShip") });
          return;
        }
      }
      this.#life.update(view);
      const problem: Words | null = view.delivery === "none" ? { key: "doesNotShip" } : null;
      this.#desk.set({ editingAddress: problem !== null, problem });
    });
  }

  editAddress(): void {
    this.#desk.set({ editingAddress: true });
  }

  async chooseShipping(option: ShippingOptionRequest): Promise<void> {
    const { backend } = this.#desk;
    await this.#work("shipping", async () => this.#life.update(await backend.shippingOption(option)));
  }

  async setDiscountCodes(codes: readonly string[]): Promise<void> {
    const before = priceOfGoods(this.#desk.state);
    await this.#work("discount", async () => {
      this.#life.update(await this.#desk.backend.discount({ codes }));
      const code = codes.at(-1);
      if (!code) return;
      if (priceOfGoods(this.#desk.state) === before) this.#desk.set({ problem: { key: "noSuchDiscount" } });
      else this.#desk.set({ news: { key: "discountTaken", values: { code } } });
    });
  }

  /** What the test controls say happens on paying. */
  want(wanted: State["wanted"]): void {
    this.#desk.set({ wanted });
  }

  complain(problem: Words, about: State["about"]): void {
    this.#desk.set({ problem, about });
  }

  activate(type: string): void {
    this.#conversation.activate(type);
  }

  setLanguage(language: Language): void {
    this.#conversation.setLanguage(language);
  }

  /** Height of the content, in px. A pop-out window's own height is nobody's business. */
  reportHeight(height: number): void {
    if (this.place.framed && height !== this.#height) this.#desk.wire.post("HeightChanged", { height });
    this.#height = height;
    this.#desk.offerWindow();
  }

  async #pay(details: Details): Promise<PageOutcome | undefined> {
    const { backend, page, state } = this.#desk;
    const method = activeMethod(state);
    if (!method || state.busy || isLocked(state) || state.phase !== "open") return undefined;
    // A pop-out's order was validated before its window opened.
    if (this.place.clientSideValidation && this.place.framed) {
      this.#desk.set({ busy: "validating", problem: null, about: "payment" });
      const objection = await this.#conversation.ask("ValidateSession");
      if (this.#desk.state.phase !== "open") return undefined;
      if (objection) {
        this.#desk.set({ busy: null, problem: objected(objection, "validationFailed") });
        return undefined;
      }
    }
    const { payment_product_type } = method;
    const request = { payment_product_type, outcome: this.#desk.state.wanted, page, ...details };
    return this.#work("paying", () => backend.pay(request));
  }

  async #work<T>(busy: NonNullable<State["busy"]>, job: () => Promise<T>): Promise<T | undefined> {
    const delivery = busy === "address" || busy === "discount" || busy === "shipping";
    this.#desk.set({ busy, problem: null, news: null, about: delivery ? "delivery" : "payment" });
    try {
      return await job();
    } catch (error) {
      this.#life.fail(error);
      return undefined;
    } finally {
      this.#desk.set({ busy: null });
    }
  }
}

/** The shopper's codes may change what the goods cost, while delivery is another matter. */
function priceOfGoods(state: State): number {
  const order = sessionOf(state)?.order;
  return (order?.amount ?? 0) - (order?.shipping_option?.amount ?? 0);
}
