import type { AddressRequest, PageOutcome, PayRequest, ShippingOptionRequest } from "../page-api.ts";
import type { Language } from "./language.ts";
import { MerchantRequests, objectionMessage } from "./merchant-requests.ts";
import type { HostedPage } from "./hosted-page.ts";
import { SessionLifecycle } from "./session-lifecycle.ts";
import {
  activeMethod,
  activeSavedCard,
  isLocked,
  sessionOf,
  type PageMessage,
  type Place,
  type State,
} from "./state.ts";

/** What the payment form adds to a payment; the test controls choose the outcome. */
export type Details = Pick<PayRequest, "card" | "phone_number" | "save_card" | "checkboxes">;

/** Everything a shopper can do on the hosted page. */
export class Checkout {
  readonly #page: HostedPage;
  readonly #lifecycle: SessionLifecycle;
  readonly #requests: MerchantRequests;
  #height = -1;

  constructor(page: HostedPage) {
    this.#page = page;
    this.#lifecycle = new SessionLifecycle(page);
    this.#requests = new MerchantRequests(page, this.#lifecycle);
  }

  get place(): Place {
    return this.#page.place;
  }

  async start(): Promise<void> {
    this.#page.set({});
    if (this.place.popOutWindow) {
      this.#page.channel.open({});
      this.#page.channel.post("AppLoaded");
      if (this.place.loader) return;
    }
    await this.load();
  }

  load(): Promise<void> {
    return this.#lifecycle.load();
  }

  async pay(details: Details): Promise<void> {
    const outcome = await this.#pay(details);
    if (outcome) this.#lifecycle.end(outcome, true);
  }

  /** Pays where the shopper leaves the page for an app. */
  async payInApp(details: Details): Promise<void> {
    const outcome = await this.#pay(details);
    if (outcome) this.#lifecycle.leave(outcome);
  }

  async cancel(): Promise<void> {
    const { backend, page } = this.#page;
    await this.#run("cancelling", async () => this.#lifecycle.end(await backend.cancel(page), true));
  }

  async submitAddress(address: AddressRequest["address"]): Promise<void> {
    const clientSide = this.place.clientSideAddressCallback && this.place.framed;
    await this.#run("address", () =>
      clientSide ? this.#submitAddressToPage(address) : this.#submitAddressToServer(address),
    );
  }

  editAddress(): void {
    this.#page.set({ editingAddress: true });
  }

  async chooseShipping(option: ShippingOptionRequest): Promise<void> {
    const { backend } = this.#page;
    await this.#run("shipping", async () => this.#lifecycle.update(await backend.shippingOption(option)));
  }

  async setDiscountCodes(codes: readonly string[]): Promise<void> {
    const before = priceOfGoods(this.#page.state);
    await this.#run("discount", async () => {
      this.#lifecycle.update(await this.#page.backend.discount({ codes }));
      const code = codes.at(-1);
      if (!code) return;
      if (priceOfGoods(this.#page.state) === before) this.#page.set({ problem: { key: "noSuchDiscount" } });
      else this.#page.set({ notice: { key: "discountTaken", values: { code } } });
    });
  }

  /** Sets what happens on paying. */
  selectOutcome(outcomeToPlay: State["outcomeToPlay"]): void {
    this.#page.set({ outcomeToPlay });
  }

  reportProblem(problem: PageMessage, area: State["area"]): void {
    this.#page.set({ problem, area });
  }

  /** @param savedCard `payment_token_id` of a saved card of that type */
  selectMethod(type: string, savedCard: string | null = null): void {
    this.#requests.selectMethod(type, savedCard);
  }

  setLanguage(language: Language): void {
    this.#requests.setLanguage(language);
  }

  /** Posts the height of the content, in px. A pop-out window keeps its own. */
  reportHeight(height: number): void {
    if (this.place.framed && height !== this.#height) this.#page.channel.post("HeightChanged", { height });
    this.#height = height;
    this.#page.updatePopOutButton();
  }

  async #submitAddressToServer(address: AddressRequest["address"]): Promise<void> {
    const view = await this.#page.backend.address({ address });
    this.#lifecycle.update(view);
    const problem: PageMessage | null = view.delivery === "none" ? { key: "doesNotShip" } : null;
    this.#page.set({ editingAddress: problem !== null, problem });
  }

  /** The merchant's page decides about the address; the session is locked until then. */
  async #submitAddressToPage(address: AddressRequest["address"]): Promise<void> {
    const { backend } = this.#page;
    const locked = await backend.address({ address, client_side: true });
    this.#page.set({ view: locked });
    const objection = await this.#requests.request("AddressCallback", locked);
    this.#lifecycle.update(await backend.addressResult({ success: objection === null }));
    const problem = objection && objectionMessage(objection, "doesNotShip");
    this.#page.set({ editingAddress: problem !== null, problem });
  }

  async #pay(details: Details): Promise<PageOutcome | undefined> {
    const { backend, page, state } = this.#page;
    const type = activeSavedCard(state)?.payment_product_type ?? activeMethod(state)?.payment_product_type;
    if (!type || state.busy || isLocked(state) || state.phase !== "open") return undefined;
    // A pop-out's order was validated before its window opened.
    if (this.place.clientSideValidation && this.place.framed) {
      this.#page.set({ busy: "validating", problem: null, area: "payment" });
      const objection = await this.#requests.request("ValidateSession");
      if (this.#page.state.phase !== "open") return undefined;
      if (objection) {
        this.#page.set({ busy: null, problem: objectionMessage(objection, "validationFailed") });
        return undefined;
      }
    }
    const { outcomeToPlay, savedCard } = this.#page.state;
    const request: PayRequest = {
      payment_product_type: type,
      outcome: outcomeToPlay,
      page,
      ...(savedCard !== null && { payment_token_id: savedCard }),
      ...details,
    };
    return this.#run("paying", () => backend.pay(request));
  }

  async #run<T>(busy: NonNullable<State["busy"]>, job: () => Promise<T>): Promise<T | undefined> {
    const delivery = busy === "address" || busy === "discount" || busy === "shipping";
    this.#page.set({ busy, problem: null, notice: null, area: delivery ? "delivery" : "payment" });
    try {
      return await job();
    } catch (error) {
      this.#lifecycle.fail(error);
      return undefined;
    } finally {
      this.#page.set({ busy: null });
    }
  }
}

/** What the goods cost without shipping: the part that discount codes change. */
function priceOfGoods(state: State): number {
  const order = sessionOf(state)?.order;
  return (order?.amount ?? 0) - (order?.shipping_option?.amount ?? 0);
}
