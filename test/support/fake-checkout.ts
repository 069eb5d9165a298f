import { env } from "./env.ts";

export type Message = Readonly<Record<string, unknown>>;

/** What a document of the fake checkout reports to the page that shows it. */
interface Report {
  readonly source: MessageEventSource;
  readonly fake: "frame" | "window";
  /** Address of a document that has just opened. */
  readonly opened?: string;
  /** A message that the document received, and the origin that sent it. */
  readonly received?: Message;
  readonly origin?: string;
}

export interface Received {
  readonly message: Message;
  readonly origin: string;
}

const reports: Report[] = [];
const checkouts = new Set<FakeCheckout>();
const waiting = new Set<() => void>();

function onMessage({ data, source }: MessageEvent<unknown>): void {
  // A frame that has been removed since has no window any more.
  if (typeof data !== "object" || data === null || !("fake" in data) || !source) return;
  const report = { source, ...data } as Report;
  reports.push(report);
  for (const checkout of checkouts) checkout.answer(report);
  for (const check of [...waiting]) check();
}
addEventListener("message", onMessage);

/** Resolves with the result of `find`, as soon as a report makes it find something. */
function found<T>(find: () => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    const check = (): void => {
      const value = find();
      if (value === undefined) return;
      waiting.delete(check);
      resolve(value);
    };
    waiting.add(check);
    check();
  });
}

/** Origin of the fake checkout, for `checkout-url`. */
export const fakeOrigin: string = env.fakeCheckout;

/** The same documents on another origin. */
export const foreignOrigin: string = env.fakeCheckout.replace("127.0.0.1", "localhost");

export const order = { amount: 29990, currency: "NOK", merchant_reference: "order-1" };
export const loaded = (session: object = { order }): Message => ({ type: "SessionLoaded", session });

/** A document of the fake checkout, in a frame or a window. It sends only what the test sends. */
export class FakePage {
  readonly #window: () => MessageEventSource | null | undefined;
  readonly #sid: () => string | null;

  constructor(window: () => MessageEventSource | null | undefined, sid: () => string | null) {
    this.#window = window;
    this.#sid = sid;
  }

  /** Posts to the merchant's page, with the session's id unless the message has another. */
  send(...messages: readonly Message[]): void {
    const send = messages.map((message) => ({ sid: this.#sid(), ...message }));
    (this.#window() as Window).postMessage({ send }, "*");
  }

  /** Resolves with the address of the `nth` document that opened here. */
  async opened(nth = 1): Promise<URL> {
    return new URL(await found(() => this.reports().filter(({ opened }) => opened)[nth - 1]?.opened));
  }

  /** Resolves with the `nth` message received that has these fields. */
  receives(fields: Message, nth = 1): Promise<Received> {
    return found(() => this.received(fields)[nth - 1]);
  }

  /** The messages received so far that have these fields. */
  received(fields: Message = {}): Received[] {
    return this.reports().flatMap(({ received, origin }) =>
      received && fits(received, fields) ? [{ message: received, origin: origin! }] : [],
    );
  }

  protected reports(): Report[] {
    const window = this.#window();
    return reports.filter(({ source }) => window && source === window);
  }
}

/** A checkout with an address of its own, for `checkout-url`: it drives its newest frame, and answers by itself. */
export class FakeCheckout extends FakePage {
  readonly url: string;
  /** What each frame sends as soon as it has opened; `nth` counts the frames from 1. */
  onOpened: (nth: number) => readonly Message[] = () => [loaded()];
  /** The frame's answer to a message of the page. */
  onReceived: (message: Message) => readonly Message[] = ({ type }) => {
    if (type === "LockSession") return [{ type: "SessionLocked", pay_lock_id: "lock-1" }];
    if (type === "RefreshSession") return [{ type: "SessionUpdated", session: { order } }];
    return [];
  };
  readonly #key = crypto.randomUUID();

  /** `fault` as in test/support/fake-checkout.mjs; `page` is the window that the frame is put into. */
  constructor({ fault = "none", page = window as Window } = {}) {
    super(
      () => this.#openedFrames().at(-1)?.source,
      () => new URL(this.#openedFrames().at(-1)!.opened!).searchParams.get("sid"),
    );
    this.url = `${fakeOrigin}/${this.#key}/${fault}`;
    checkouts.add(this);
    page.addEventListener("message", onMessage);
  }

  /** From now on it sends no answers. */
  stop(): void {
    checkouts.delete(this);
  }

  /** Ends the fault of its address. */
  async recover(): Promise<void> {
    await fetch(`${fakeOrigin}/${this.#key}/recover`);
  }

  /** Addresses of the documents requested so far. */
  async requests(): Promise<string[]> {
    return (await (await fetch(`${fakeOrigin}/${this.#key}/log`)).json()) as string[];
  }

  /** Answers what one of its documents reports. */
  answer({ source, fake, opened, received }: Report): void {
    const window = source as Window;
    if (opened?.includes(this.#key) && fake === "window") {
      // The SDK waits for this message of its pop-out window.
      const sid = new URL(opened).searchParams.get("sid");
      window.postMessage({ send: [{ type: "AppLoaded", context: "popOut", sid }] }, "*");
    } else if (opened?.includes(this.#key)) {
      // The page that shows the outcome has another address and sends nothing.
      if (!opened.includes("embedResult")) this.send(...this.onOpened(this.#openedFrames().length));
    } else if (received && source === this.#openedFrames().at(-1)?.source) {
      const answers = this.onReceived(received);
      if (answers.length > 0) this.send(...answers);
    }
  }

  protected override reports(): Report[] {
    const frames = this.#openedFrames();
    const windows = frames.map(({ source }) => source);
    return [...frames, ...reports.filter(({ source, received }) => received && windows.includes(source))];
  }

  #openedFrames(): Report[] {
    return reports.filter(({ fake, opened }) => fake === "frame" && opened?.includes(this.#key));
  }
}

function fits(message: Message, fields: Message): boolean {
  return Object.entries(fields).every(([name, value]) => message[name] === value);
}
