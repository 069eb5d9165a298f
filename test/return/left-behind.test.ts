// Once it is removed, nothing of it goes on: no timer, no listener of the window, no request, no line in the console.
import { expect } from "@open-wc/testing";
import { merchantUrl } from "../support/env.ts";
import { answer, arriveWith, claim, endpointOf, leave, next, open, shown } from "./support.ts";

const methods = ["debug", "log", "info", "warn", "error"] as const;

describe("<dintero-return> that was removed", () => {
  const { addEventListener: add, setTimeout: set, clearTimeout: clear } = window;
  const consoles = methods.map((method) => [method, console[method]] as const);
  let signals: (AbortSignal | undefined)[];
  let timers: Set<unknown>;
  let lines: unknown[][];
  beforeEach(() => {
    [signals, timers, lines] = [[], new Set(), []];
    window.addEventListener = ((type: string, listener: EventListener, options?: AddEventListenerOptions) => {
      signals.push(options?.signal);
      add.call(window, type, listener, options);
    }) as typeof window.addEventListener;
    window.setTimeout = ((run: () => void, ms: number) => {
      const id = set.call(window, () => (timers.delete(id), run()), ms);
      timers.add(id);
      return id;
    }) as typeof window.setTimeout;
    window.clearTimeout = (id) => {
      timers.delete(id);
      clear.call(window, id);
    };
    for (const method of methods) console[method] = (...line) => void lines.push(line);
    arriveWith(claim);
  });
  afterEach(() => {
    window.addEventListener = add;
    window.setTimeout = set;
    window.clearTimeout = clear;
    for (const [method, original] of consoles) console[method] = original;
    leave();
  });

  for (const [name, endpoint, text] of [
    ["while it requests", () => merchantUrl("status", { hang: 1 }), "Waiting"],
    ["in a pause", () => endpointOf(answer("on-hold")), "being reviewed"],
    ["after a final result", () => endpointOf(answer("paid")), "Payment received"],
  ] as const) {
    it(`${name}: leaves nothing behind`, async () => {
      const element = await open({ endpoint: endpoint() });
      await shown(element, text);
      element.remove();
      await Promise.resolve();
      expect(signals.map((signal) => signal?.aborted)).to.deep.equal(signals.map(() => true));
      expect([...timers]).to.deep.equal([]);
      expect(lines).to.deep.equal([]);
    });
  }

  it("and was put back without an endpoint: neither", async () => {
    const element = await open();
    const dispatched = next(element, "dintero-result");
    await dispatched;
    element.remove();
    expect(signals.every((signal) => signal?.aborted)).to.equal(true);
    expect(lines).to.deep.equal([]);
  });
});
