import { randomId } from "../ids.ts";
import type { Backend } from "./backend.ts";
import { textsIn, type Language } from "./language.ts";
import { MerchantChannel } from "./merchant-channel.ts";
import { PopOutButton } from "./pop-out-button.ts";
import { firstState, isLocked, type Place, type State } from "./state.ts";

/** What all behaviour of the page shares: its place, its state, the sandbox, and the channel to the merchant's page. */
export class HostedPage {
  readonly place: Place;
  readonly backend: Backend;
  /** Id of this page, by which it recognizes the events that it caused itself. */
  readonly page = randomId();
  readonly channel: MerchantChannel;
  readonly popOutButton: PopOutButton;
  readonly #draw: (state: State) => void;
  #state: State;

  constructor(place: Place, backend: Backend, language: Language, draw: (state: State) => void) {
    this.place = place;
    this.backend = backend;
    this.#draw = draw;
    this.#state = firstState(language, place.popOutWindow && place.loader);
    const opener = place.popOutWindow ? (window.opener as Window | null) : null;
    this.channel = new MerchantChannel({
      sid: place.sid,
      target: place.framed ? window.parent : opener,
      popOut: place.popOutWindow,
      hostname: place.sdkHostname,
    });
    this.popOutButton = new PopOutButton(this.channel, place.newerSdk);
  }

  get state(): State {
    return this.#state;
  }

  /** Changes the state and draws it. */
  set(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
    this.#draw(this.#state);
    this.updatePopOutButton();
  }

  /** Keeps the button that the merchant's page lays over the frame in step with the state. */
  updatePopOutButton(): void {
    const { state } = this;
    if (!this.place.launcher || state.phase !== "open" || state.popOut === "closing") return;
    const disabled = state.popOut !== "closed" || isLocked(state) || state.busy !== null;
    this.popOutButton.show({
      text: textsIn(state.language),
      language: state.language,
      disabled,
      session: state.view?.session,
    });
  }
}
