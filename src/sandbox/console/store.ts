import type { Delivery } from "../deliveries/delivery.ts";
import type { Fault } from "../faults.ts";
import { control, type SandboxInfo, type LogEntry, type Summary, type Token } from "./control.ts";

export interface Console {
  readonly info: SandboxInfo | null;
  readonly sessions: readonly Summary[];
  readonly deliveries: readonly Delivery[];
  readonly tokens: readonly Token[];
  readonly faults: readonly Fault[];
  readonly log: readonly LogEntry[];
  /** Id of the selected session. */
  readonly selected: string | null;
  readonly problem: string;
  /** False while the sandbox does not answer. */
  readonly connected: boolean;
}

/** Log lines that stay on the screen. */
const shownLines = 200;

/** The console's state, kept up to date by the sandbox's log. */
export class Store {
  readonly #draw: (state: Console) => void;
  state: Console = {
    info: null,
    sessions: [],
    deliveries: [],
    tokens: [],
    faults: [],
    log: [],
    selected: null,
    problem: "",
    connected: true,
  };

  constructor(draw: (state: Console) => void) {
    this.#draw = draw;
  }

  /** Follows the sandbox for as long as the page is open. */
  async follow(): Promise<never> {
    let seq = 0;
    for (;;) {
      try {
        await this.#read();
        const events = await control.events(seq);
        seq = events.at(-1)?.seq ?? seq;
        this.#set({ log: [...events.toReversed(), ...this.state.log].slice(0, shownLines), connected: true });
      } catch {
        this.#set({ connected: false });
        await new Promise((resolve) => setTimeout(resolve, 1500));
        // A restarted sandbox numbers its log from the beginning.
        seq = 0;
      }
    }
  }

  select(id: string | null): void {
    this.#set({ selected: id, problem: "" });
  }

  /** Runs an action, then shows what it changed or why it was refused. */
  async run(job: () => Promise<unknown>): Promise<void> {
    try {
      await job();
      this.#set({ problem: "" });
      await this.#read();
    } catch (error) {
      this.#set({ problem: error instanceof Error ? error.message : String(error) });
    }
  }

  async #read(): Promise<void> {
    const [info, sessions, deliveries, tokens, faults] = await Promise.all([
      control.info(),
      control.sessions(),
      control.deliveries(),
      control.tokens(),
      control.faults(),
    ]);
    this.#set({ info, sessions, deliveries, tokens, faults, connected: true });
  }

  #set(change: Partial<Console>): void {
    this.state = { ...this.state, ...change };
    this.#draw(this.state);
  }
}
