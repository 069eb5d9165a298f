import { env, type LoggedRequest } from "../../support/env.ts";

export interface Message {
  readonly type?: string;
  readonly [field: string]: unknown;
}

export const order = { amount: 29990, currency: "NOK", merchant_reference: "order-1" };
export const loaded = (session: object = { order }): Message => ({ type: "SessionLoaded", session });

/** A checkout whose every word comes from the test. Its address goes to `checkout-url`. */
export class Puppet {
  readonly key = crypto.randomUUID();
  readonly url: string;
  /** Said by each frame as soon as it is there; the number counts the frames from 1. */
  onHello: (nth: number) => readonly Message[] = () => [loaded()];
  /** The answer to what the page says to the frame. */
  onHeard: (message: Message) => readonly Message[] = ({ type }) => {
    if (type === "LockSession") return [{ type: "SessionLocked", pay_lock_id: "lock-1" }];
    if (type === "RefreshSession") return [{ type: "SessionUpdated", session: { order } }];
    return [];
  };
  readonly heard: Message[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #page: Window;
  #frame: { window: Window; sid: string | null } | null = null;
  #hellos = 0;

  /** `steer` as in test/support/scripted-frame.mjs; `page` is the window that the frame is put into. */
  constructor(steer = "well", page: Window = window) {
    this.url = `${env.scripted}/${this.key}/${steer}`;
    this.#page = page;
    page.addEventListener("message", this.#receive);
  }

  stop(): void {
    this.#page.removeEventListener("message", this.#receive);
  }

  /** Posts to the page as the newest frame; a message without `sid` gets the right one. */
  say(...messages: readonly Message[]): void {
    const { window, sid } = this.#frame!;
    window.postMessage({ say: messages.map((message) => ({ sid, ...message })) }, env.scripted);
  }

  /** Waits until a frame is there that takes orders, the `nth` one at least. */
  async hello(nth = 1): Promise<void> {
    while (this.#hellos < nth) await this.#news();
  }

  /** Waits for a message of the page to the frame. */
  async hears(type: string): Promise<Message> {
    for (;;) {
      const found = this.heard.find((message) => message.type === type);
      if (found) return found;
      await this.#news();
    }
  }

  /** Ends the fault of its address. */
  async cure(): Promise<void> {
    await fetch(`${env.scripted}/${this.key}/cure`);
  }

  /** Addresses of the documents asked for so far. */
  async requests(): Promise<string[]> {
    return (await (await fetch(`${env.scripted}/${this.key}/log`)).json()) as string[];
  }

  #news(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  readonly #receive = ({ data, origin, source }: MessageEvent): void => {
    // a frame that was removed meanwhile has no window any more
    if (origin !== env.scripted || !source) return;
    const { scripted, opened, heard } = (data ?? {}) as {
      scripted?: "frame" | "window";
      opened?: string;
      heard?: Message;
    };
    if (opened?.includes(this.key)) {
      const sid = new URL(opened).searchParams.get("sid");
      const window = source as Window;
      // the SDK waits for this word of its pop-out window
      if (scripted === "window") {
        window.postMessage({ say: [{ type: "AppLoaded", context: "popOut", sid }] }, env.scripted);
        return;
      }
      this.#frame = { window, sid };
      this.#hellos += 1;
      // the page that shows the outcome comes by another address
      if (!opened.includes("embedResult")) this.say(...this.onHello(this.#hellos));
    } else if (source === this.#frame?.window && heard) {
      this.heard.push(heard);
      const answers = this.onHeard(heard);
      if (answers.length > 0) this.say(...answers);
    } else return;
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  };
}

/** The requests that would have made a session. */
export const posts = (log: readonly LoggedRequest[]): number =>
  log.filter(({ method }) => method === "POST").length;
