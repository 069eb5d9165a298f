import type { Backend } from "./backend.ts";
import { speak, type Language } from "./language.ts";
import { Launcher } from "./pop-out-button.ts";
import { firstState, isLocked, type Place, type State } from "./state.ts";
import { Wire, type Message } from "./merchant-channel.ts";

/** What all of the page's behaviour works at: its place, its state, the sandbox, and the wire to the merchant's page. */
export class Desk {
  readonly place: Place;
  readonly backend: Backend;
  /** Id of this page: by it, it knows the events that it caused itself. */
  readonly page = crypto.randomUUID();
  readonly wire: Wire;
  readonly launcher: Launcher;
  /** The merchant's page talks about this session. */
  onmessage: (message: Message) => void = () => {};
  readonly #draw: (state: State) => void;
  #state: State;

  constructor(place: Place, backend: Backend, language: Language, draw: (state: State) => void) {
    this.place = place;
    this.backend = backend;
    this.#draw = draw;
    this.#state = firstState(language, place.popOutWindow && place.loader);
    const opener = place.popOutWindow ? (window.opener as Window | null) : null;
    this.wire = new Wire({
      sid: place.sid,
      target: place.framed ? window.parent : opener,
      popOut: place.popOutWindow,
      onMessage: (message) => this.onmessage(message),
    });
    this.launcher = new Launcher(this.wire);
  }

  get state(): State {
    return this.#state;
  }

  /** Changes what is so, and shows it. */
  set(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
    this.#draw(this.#state);
    this.offerWindow();
  }

  /** Keeps the merchant's page's button for the pop-out in step with the frame. */
  offerWindow(): void {
    const { state } = this;
    if (!this.place.launcher || state.phase !== "open" || state.popOut === "closing") return;
    const disabled = state.popOut !== "closed" || isLocked(state) || state.busy !== null;
    this.launcher.offer(speak(state.language), state.language, disabled);
  }
}
