import type { PageDirectives } from "../page-api.ts";

export interface Message {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Says nothing about order, payment or shopper, so it may go out before the merchant's origin is known. */
const harmless = new Set(["HeightChanged", "AppLoaded"]);

export interface WireOptions {
  readonly sid: string;
  /** Merchant's window: the frame's parent, or the pop-out's opener. `null` at the top level. */
  readonly target: Window | null;
  readonly popOut: boolean;
  /** A message of the merchant's page about this session. */
  readonly onMessage: (message: Message) => void;
}

/** The page's side of the conversation with the merchant's page. */
export class Wire {
  readonly #options: WireOptions;
  readonly #unanswered = new Set<string>();
  #origin: string | null;
  /** What waits: for the first answer of the sandbox (which may order silence), or for the merchant's origin. */
  #queue: Message[] = [];
  #directives: PageDirectives | null = null;
  #held: Message | null = null;
  #count = 0;

  constructor(options: WireOptions) {
    this.#options = options;
    this.#origin = options.target ? merchantOrigin(options.popOut) : null;
    window.addEventListener("message", this.#receive);
  }

  /** Lets messages out, with the faults that the sandbox ordered. */
  direct(directives: PageDirectives): void {
    this.#directives = directives;
    this.#flush();
  }

  post(type: string, fields: Readonly<Record<string, unknown>> = {}): void {
    if (!this.#options.target) return;
    this.#queue.push({ type, ...fields });
    this.#flush();
  }

  #flush(): void {
    if (!this.#directives) return;
    const waiting = this.#queue;
    this.#queue = [];
    for (const message of waiting) {
      if (this.#origin === null && !harmless.has(message.type)) this.#queue.push(message);
      else this.#disturb(message, this.#directives);
    }
  }

  #disturb(message: Message, { silent, mute, delay, duplicate, reorder }: PageDirectives): void {
    if (silent || mute?.includes(message.type)) return;
    let send = () => this.#send(message);
    if (reorder) {
      const earlier = this.#held;
      this.#held = earlier ? null : message;
      if (!earlier) {
        send = () => {
          if (this.#held !== message) return;
          this.#held = null;
          this.#send(message);
        };
        setTimeout(send, 300 + (delay ?? 0));
        return;
      }
      send = () => {
        this.#send(message);
        this.#send(earlier);
      };
    }
    const all = duplicate
      ? () => {
          send();
          send();
        }
      : send;
    if (delay) setTimeout(all, delay);
    else all();
  }

  #send(message: Message): void {
    const { target, sid, popOut } = this.#options;
    if (!target) return;
    const full: Record<string, unknown> = { sid, ...message };
    if (popOut) {
      full.context = "popOut";
    } else {
      const mid = `${sid}-${++this.#count}`;
      full.mid = mid;
      this.#unanswered.add(mid);
    }
    // A page from a file or a sandboxed frame has the origin "null", which can only be reached by "*".
    target.postMessage(full, this.#origin === null || this.#origin === "null" ? "*" : this.#origin);
  }

  #receive = (event: MessageEvent): void => {
    const { target, sid, onMessage } = this.#options;
    if (!target || event.source !== target) return;
    if (this.#origin !== null && this.#origin !== event.origin) return;
    const data: unknown = event.data;
    if (typeof data !== "object" || data === null) return;
    const message = data as Readonly<Record<string, unknown>>;
    const acknowledged = typeof message.ack === "string" && this.#unanswered.delete(message.ack);
    // For whoever wonders, in the inspector or in a test, whether the merchant's page listens.
    document.documentElement.dataset.unanswered = String(this.#unanswered.size);
    const addressed = message.sid === sid && typeof message.type === "string";
    if (!acknowledged && !addressed) return;
    if (this.#origin === null) {
      this.#origin = event.origin;
      this.#flush();
    }
    if (addressed) onMessage(message as Message);
  };
}

/** Where the merchant's page comes from, or null while only its first word can tell. */
function merchantOrigin(popOut: boolean): string | null {
  // The browser's own word; Firefox has none.
  const ancestor = popOut ? undefined : window.location.ancestorOrigins?.[0];
  // Of a file Chromium says "file://" here, and "null" everywhere else.
  if (ancestor) return ancestor === "file://" ? "null" : ancestor;
  return URL.canParse(document.referrer) ? new URL(document.referrer).origin : null;
}
