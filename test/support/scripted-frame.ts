import { env } from "./env.ts";

type Message = Readonly<Record<string, unknown>>;

interface Told {
  readonly source: MessageEventSource | null;
  /** Address of a page that has just opened. */
  readonly opened?: string;
  /** What the page has heard, and from which origin. */
  readonly heard?: Message;
  readonly origin?: string;
}

const told: Told[] = [];
const waiting = new Set<() => void>();

addEventListener("message", ({ data, source }: MessageEvent<unknown>) => {
  if (typeof data !== "object" || data === null || !("scripted" in data)) return;
  told.push({ source, ...data });
  for (const look of [...waiting]) look();
});

async function until<T>(pick: () => T | undefined): Promise<T> {
  for (;;) {
    const picked = pick();
    if (picked !== undefined) return picked;
    await new Promise<void>((resolve) => {
      const look = (): void => {
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
    });
  }
}

/** Origin of the scripted checkout, for `checkout-url`. */
export function scriptedUrl(): string {
  return env.scripted;
}

/** The same pages on another origin. */
export function foreignUrl(): string {
  return env.scripted.replace("127.0.0.1", "localhost");
}

/** A page of the scripted checkout: in a frame, or in a window. */
export class ScriptedPage {
  readonly #window: () => Window | null | undefined;
  readonly #sid: () => string;

  constructor(page: () => Window | null | undefined, sid: () => string) {
    this.#window = page;
    this.#sid = sid;
  }

  /** Posts to the merchant's page, with the session's id where the message names no other. */
  say(...messages: readonly Message[]): void {
    this.#window()!.postMessage({ say: messages.map((message) => ({ sid: this.#sid(), ...message })) }, "*");
  }

  /** Resolves with the address of the `nth` page that opened here. */
  opened(nth = 1): Promise<URL> {
    return until(() => this.#told().filter(({ opened }) => opened)[nth - 1]?.opened).then(
      (href) => new URL(href),
    );
  }

  /** Resolves when the page hears the `nth` message with these fields. */
  hears(fields: Message, nth = 1): Promise<{ readonly message: Message; readonly origin: string }> {
    return until(() => {
      const fitting = this.#told().filter(({ heard }) => heard && fits(heard, fields));
      const { heard, origin } = fitting[nth - 1] ?? {};
      return heard && origin !== undefined ? { message: heard, origin } : undefined;
    });
  }

  /** How many messages with these fields it has heard so far. */
  heard(fields: Message): number {
    return this.#told().filter(({ heard }) => heard && fits(heard, fields)).length;
  }

  #told(): Told[] {
    const page = this.#window();
    return told.filter(({ source }) => page && source === page);
  }
}

function fits(message: Message, fields: Message): boolean {
  return Object.entries(fields).every(([name, value]) => message[name] === value);
}
