import { fixture, html } from "@open-wc/testing";
import "../../src/return.ts";
import type { VerifiedResult } from "../../src/elements/result-channel.ts";
import type { DinteroReturn } from "../../src/return/dintero-return.ts";
import type { ResultEvent } from "../../src/return/result-event.ts";
import { merchantUrl } from "../support/env.ts";

const plain = location.href;

/** Adds the parameters of Dintero's return url to those of the page's address. */
export function arriveWith(claim: Record<string, string>, { hash = "", state = null as unknown } = {}): void {
  const url = new URL(plain);
  for (const [name, value] of Object.entries(claim)) url.searchParams.append(name, value);
  url.hash = hash;
  history.replaceState(state, "", url);
}

/** Restores the address, and clears what the tab has stored. */
export function leave(): void {
  // WebKit allows a hundred in ten seconds
  if (location.href !== plain || history.state !== null) history.replaceState(null, "", plain);
  sessionStorage.clear();
}

/** A correct answer of the endpoint about `claim` below. */
export function answer(status: string, more: Record<string, unknown> = {}) {
  return {
    status,
    transactionId: "T00000001.tx",
    merchantReference: "order-1",
    sessionId: "T00000001.session",
    ...more,
  };
}

export const claim = { transaction_id: "T00000001.tx", merchant_reference: "order-1" };

/** An endpoint that gives these answers one after the other, the last one forever. */
export function endpointOf(...answers: unknown[]): string {
  return merchantUrl("status", { answers: JSON.stringify(answers) });
}

/** Every `dintero-result` of the document so far. */
export class ResultLog {
  readonly events: ResultEvent[] = [];
  readonly #stop = new AbortController();
  constructor() {
    document.addEventListener("dintero-result", (event) => this.events.push(event), {
      signal: this.#stop.signal,
    });
  }
  get statuses(): string[] {
    return this.events.map(({ status }) => status);
  }
  stop(): void {
    this.#stop.abort();
  }
}

/** Collects what the other tabs of the site receive: each channel object stands for a tab. */
export class OtherTab {
  readonly received: VerifiedResult[] = [];
  readonly #channel = new BroadcastChannel("dintero-checkout");
  constructor() {
    this.#channel.addEventListener("message", ({ data }) => this.received.push(data as VerifiedResult));
  }
  /** Resolves once every message sent so far has arrived: messages of one origin keep their order. */
  async settled(): Promise<VerifiedResult[]> {
    const mark = crypto.randomUUID();
    const arrived = new Promise<void>((resolve) => {
      this.#channel.addEventListener("message", ({ data }) => data === mark && resolve());
    });
    const channel = new BroadcastChannel("dintero-checkout");
    channel.postMessage(mark);
    await arrived;
    channel.close();
    return this.received.filter((data) => typeof data === "object");
  }
  close(): void {
    this.#channel.close();
  }
}

/** An element in the page, in English. */
export async function open(
  attributes: Partial<Record<string, string>> = {},
  content = "",
): Promise<DinteroReturn> {
  const box = await fixture<HTMLDivElement>(html`<div lang="en"></div>`);
  const element = document.createElement("dintero-return");
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) element.setAttribute(name, value);
  element.innerHTML = content;
  box.append(element);
  return element;
}

/** The next event of this type. */
export function next(target: EventTarget, type: string): Promise<Event> {
  return new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));
}

/** Resolves with the visible text, as soon as it contains `part`. */
export function shown(element: DinteroReturn, part: string): Promise<string> {
  return new Promise((resolve) => {
    const look = () => {
      const text = element.shadowRoot!.textContent!.replace(/\s+/g, " ").trim();
      if (!text.includes(part)) return;
      observer.disconnect();
      resolve(text);
    };
    const observer = new MutationObserver(look);
    observer.observe(element.shadowRoot!, { subtree: true, childList: true, characterData: true });
    look();
  });
}

/** Fake time: pauses end when the test calls `pass()`, timeouts when it calls `expire()`. */
export class Clock {
  /** Lengths of the pauses requested so far, in ms. */
  readonly pauses: number[] = [];
  readonly #due: (() => void)[] = [];
  readonly #limits: { ms: number; controller: AbortController }[] = [];
  #wake = () => {};
  readonly #real = { setTimeout: window.setTimeout, timeout: AbortSignal.timeout };

  constructor() {
    window.setTimeout = ((run: () => void, ms: number) => {
      this.pauses.push(ms);
      this.#due.push(run);
      this.#wake();
      return 0;
    }) as typeof window.setTimeout;
    AbortSignal.timeout = (ms) => {
      const controller = new AbortController();
      this.#limits.push({ ms, controller });
      return controller.signal;
    };
  }
  /** Resolves when the next pause has started, without ending it. */
  async paused(): Promise<void> {
    if (this.#due.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
  }
  /** Ends the current pause, or the next one. */
  async pass(): Promise<void> {
    await this.paused();
    this.#due.shift()!();
  }
  /** Ends every timeout of this length. */
  expire(ms: number): void {
    for (const limit of this.#limits) {
      if (limit.ms === ms) limit.controller.abort(new DOMException("Time is up.", "TimeoutError"));
    }
  }
  restore(): void {
    window.setTimeout = this.#real.setTimeout;
    AbortSignal.timeout = this.#real.timeout;
  }
}
