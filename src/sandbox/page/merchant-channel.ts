import type { PageDirectives } from "../page-api.ts";

export interface MerchantMessage {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** These contain nothing about order, payment or shopper, so they may be posted before the merchant's origin is known. */
const withoutSecrets = new Set(["HeightChanged", "AppLoaded"]);

export interface MerchantChannelOptions {
  readonly sid: string;
  /** Merchant's window: the frame's parent, or the pop-out's opener. `null` at the top level. */
  readonly target: Window | null;
  readonly popOut: boolean;
  /** Hostname of the merchant's page as its SDK gave it, or `""`: the origin must fit, where the browser hides it. */
  readonly hostname: string;
}

/** The channel to the merchant's page. It posts to that page's origin only, and takes messages from no other. */
export class MerchantChannel {
  readonly #options: MerchantChannelOptions;
  readonly #unacknowledged = new Set<string>();
  #origin: string | null;
  /** Messages that wait for the sandbox's first answer, which may mute them, or for the merchant's origin. */
  #queue: MerchantMessage[] = [];
  #directives: PageDirectives | null = null;
  #held: MerchantMessage | null = null;
  #count = 0;
  #onMessage: ((message: MerchantMessage) => void) | undefined;

  constructor(options: MerchantChannelOptions) {
    this.#options = options;
    this.#origin = options.target ? merchantOrigin(options.popOut) : null;
    window.addEventListener("message", this.#receive);
  }

  /** Has each message of the merchant's page about this session handled. */
  listen(onMessage: (message: MerchantMessage) => void): void {
    this.#onMessage = onMessage;
  }

  /** Starts posting, with the faults that the sandbox has set. */
  open(directives: PageDirectives): void {
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
      if (this.#origin === null && !withoutSecrets.has(message.type)) this.#queue.push(message);
      else this.#postWithFaults(message, this.#directives);
    }
  }

  #postWithFaults(
    message: MerchantMessage,
    { silent, mute, delay, duplicate, reorder }: PageDirectives,
  ): void {
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

  #send(message: MerchantMessage): void {
    const { target, sid, popOut } = this.#options;
    if (!target) return;
    const full: Record<string, unknown> = { sid, ...message };
    if (popOut) {
      full.context = "popOut";
    } else {
      const mid = `${sid}-${++this.#count}`;
      full.mid = mid;
      this.#unacknowledged.add(mid);
    }
    // A page from a file or a sandboxed frame has the origin "null", which can only be reached by "*".
    target.postMessage(full, this.#origin === null || this.#origin === "null" ? "*" : this.#origin);
  }

  #receive = (event: MessageEvent): void => {
    const { target, sid } = this.#options;
    if (!target || event.source !== target) return;
    if (this.#origin !== null && this.#origin !== event.origin) return;
    const data: unknown = event.data;
    if (typeof data !== "object" || data === null) return;
    const message = data as Readonly<Record<string, unknown>>;
    const acknowledged = typeof message.ack === "string" && this.#unacknowledged.delete(message.ack);
    // Shows in the inspector, and to tests, whether the merchant's page listens.
    document.documentElement.dataset.unanswered = String(this.#unacknowledged.size);
    const addressed = message.sid === sid && typeof message.type === "string";
    if (!acknowledged && !addressed) return;
    if (this.#origin === null) {
      const { hostname } = this.#options;
      if (hostname && (!URL.canParse(event.origin) || new URL(event.origin).hostname !== hostname)) return;
      this.#origin = event.origin;
      this.#flush();
    }
    if (addressed) this.#onMessage?.(message as MerchantMessage);
  };
}

/** Origin of the merchant's page, or null where only its first message shows it. */
function merchantOrigin(popOut: boolean): string | null {
  // Firefox does not have it.
  const ancestor = popOut ? undefined : window.location.ancestorOrigins?.[0];
  // For a file, Chromium has "file://" here, and "null" everywhere else.
  if (ancestor) return ancestor === "file://" ? "null" : ancestor;
  return URL.canParse(document.referrer) ? new URL(document.referrer).origin : null;
}
