// Inserted, moved, removed and put back: what the element keeps, and that it leaves nothing behind.
import { expect } from "@open-wc/testing";
import type { CheckoutState, DinteroCheckout } from "../../src/index.ts";
import "../../src/index.ts";
import { mountTag, names, nextEvent, openPage, reached, recordAll, uncaught } from "../support/checkout.ts";
import { cdnFile, loadScript } from "../support/load-script.ts";
import { merchantUrl, posts, requests } from "../support/env.ts";
import { FakeCheckout, loaded, type Message, order } from "../support/fake-checkout.ts";

const sid = "T00000000.abc";
const outcome = (type: string): Message => ({
  type,
  transaction_id: "t",
  merchant_reference: "m",
  error: "failed",
});

/** Counts what a page would be left with: listeners, timers, channels, observers. */
function watchLeaks() {
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const { setTimeout, clearTimeout, setInterval, clearInterval, BroadcastChannel, IntersectionObserver } =
    window;
  const live = new Set<unknown>();
  const key = (type: string, listener: unknown) => `${type} ${numbers.get(listener)}`;
  const numbers = new Map<unknown, number>();
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    if ((this === window || this === document) && listener) {
      numbers.set(listener, numbers.get(listener) ?? numbers.size);
      live.add(key(type, listener));
      const { signal, once } = typeof options === "object" ? options : {};
      const gone = (): void => void live.delete(key(type, listener));
      if (signal) addEventListener.call(signal, "abort", gone, { once: true });
      if (once) addEventListener.call(this, type, gone, { once: true });
    }
    return addEventListener.call(this, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    if (this === window || this === document) live.delete(key(type, listener));
    return removeEventListener.call(this, type, listener, options);
  };
  window.setTimeout = ((callback: () => void, ms?: number, ...args: []) => {
    const timer = setTimeout(() => {
      live.delete(`timer ${timer}`);
      callback(...args);
    }, ms);
    live.add(`timer ${timer}`);
    return timer;
  }) as typeof setTimeout;
  window.clearTimeout = (timer) => {
    live.delete(`timer ${timer}`);
    clearTimeout(timer);
  };
  window.setInterval = ((callback: () => void, ms?: number) => {
    const timer = setInterval(callback, ms);
    live.add(`interval ${timer}`);
    return timer;
  }) as typeof setInterval;
  window.clearInterval = (timer) => {
    live.delete(`interval ${timer}`);
    clearInterval(timer);
  };
  window.BroadcastChannel = class extends BroadcastChannel {
    constructor(name: string) {
      super(name);
      live.add(this);
    }
    override close(): void {
      live.delete(this);
      super.close();
    }
  };
  window.IntersectionObserver = class extends IntersectionObserver {
    override observe(target: Element): void {
      live.add(this);
      super.observe(target);
    }
    override disconnect(): void {
      live.delete(this);
      super.disconnect();
    }
  };
  return {
    live,
    stop() {
      Object.assign(EventTarget.prototype, { addEventListener, removeEventListener });
      const page = {
        setTimeout,
        clearTimeout,
        setInterval,
        clearInterval,
        BroadcastChannel,
        IntersectionObserver,
      };
      Object.assign(window, page);
    },
  };
}

describe("life in the DOM", () => {
  let checkout: FakeCheckout;
  let page: ReturnType<typeof uncaught>;
  const { error, warn } = console;

  beforeEach(() => {
    console.error = console.warn = () => {};
    page = uncaught();
    checkout = new FakeCheckout();
  });

  afterEach(() => {
    Object.assign(console, { error, warn });
    checkout.stop();
    page.stop();
    document.body.replaceChildren();
    expect(page.errors).to.deep.equal([]);
  });

  function put(attributes: Record<string, string> = {}): DinteroCheckout {
    const element = mountTag({ "checkout-url": checkout.url, ...attributes });
    for (const type of ["dintero-payment", "dintero-redirect"]) {
      element.addEventListener(type, (event) => event.preventDefault());
    }
    return element;
  }

  async function ended(message: Message, state: CheckoutState, attributes: Record<string, string>) {
    const element = put(attributes);
    await reached(element, "ready");
    checkout.send(message);
    await reached(element, state);
    return element;
  }

  interface Phase {
    readonly phase: string;
    readonly after: CheckoutState;
    readonly reach: (endpoint: string) => Promise<DinteroCheckout>;
    readonly steer?: Record<string, string | number>;
  }
  const inState = (state: CheckoutState, attributes = {}, hello?: () => readonly Message[]) => {
    return async (endpoint: string) => {
      if (hello) checkout.onOpened = hello;
      const element = put({ endpoint, ...attributes });
      await reached(element, state);
      return element;
    };
  };
  const silent = () => [];
  const phases: readonly Phase[] = [
    { phase: "before its trigger", after: "idle", reach: inState("idle", { trigger: "manual" }) },
    {
      phase: "waiting to be seen",
      after: "idle",
      reach: inState("idle", { trigger: "visible", hidden: "" }),
    },
    { phase: "creating", after: "idle", reach: inState("creating"), steer: { hang: 1 } },
    { phase: "loading, not yet opened", after: "idle", reach: inState("loading", {}, silent) },
    {
      phase: "loading, opened",
      after: "idle",
      async reach(endpoint) {
        const element = await inState("loading", {}, silent)(endpoint);
        await checkout.opened();
        return element;
      },
    },
    { phase: "ready", after: "idle", reach: inState("ready") },
    { phase: "locked", after: "idle", reach: inState("locked", {}, () => [loaded({ order, pay_lock: {} })]) },
    {
      phase: "in the middle of a lock",
      after: "idle",
      async reach(endpoint) {
        checkout.onReceived = () => [];
        const element = await inState("ready")(endpoint);
        element.lockSession().catch(() => {});
        await checkout.receives({ type: "LockSession" });
        return element;
      },
    },
    {
      phase: "in the middle of an update",
      after: "idle",
      async reach(endpoint) {
        const element = await inState("ready")(endpoint);
        await new Promise<void>((resolve) => {
          const update = () => {
            resolve();
            return new Promise(() => {});
          };
          element.updateSession(update).catch(() => {});
        });
        return element;
      },
    },
    {
      phase: "validating",
      after: "idle",
      async reach(endpoint) {
        const element = await inState("ready", { "validate-session": "" })(endpoint);
        element.addEventListener("dintero-validate-session", (event) =>
          event.respondWith(new Promise(() => {})),
        );
        checkout.send({ type: "ValidateSession", session: { order } });
        await reached(element, "validating");
        return element;
      },
    },
    { phase: "error of the endpoint", after: "idle", reach: inState("error"), steer: { status: 500 } },
    { phase: "error of the frame", after: "idle", reach: inState("error", { timeout: "300" }, silent) },
    { phase: "expired", after: "idle", reach: inState("expired", {}, () => [{ type: "SessionNotFound" }]) },
    ...(
      [
        ["paid", "SessionPaymentAuthorized", "paid"],
        ["on-hold", "SessionPaymentOnHold", "on-hold"],
        ["failed", "SessionPaymentError", "idle"],
        ["cancelled", "SessionCancel", "idle"],
      ] as const
    ).map(([state, type, after]): Phase => ({
      phase: state,
      after,
      reach: (endpoint) => ended(outcome(type), state, { endpoint }),
    })),
    {
      phase: "redirecting",
      after: "idle",
      async reach(endpoint) {
        const element = put({ endpoint, mode: "redirect" });
        await element.updateComplete;
        element.shadowRoot!.querySelector("button")!.click();
        await reached(element, "redirecting");
        return element;
      },
    },
    { phase: "pop-out", after: "idle", reach: inState("ready", { mode: "pop-out" }) },
  ];

  for (const { phase, after, reach, steer } of phases) {
    it(`removed while ${phase}, it leaves nothing behind`, async () => {
      // the SDK's chunk and a language are fetched once per page: they are not part of what is counted
      await inState("ready")(merchantUrl()).then((element) => element.remove());
      checkout.stop();
      checkout = new FakeCheckout();
      const endpoint = merchantUrl("session", steer);
      const leaks = watchLeaks();
      try {
        const element = await reach(endpoint);
        element.remove();
        await reached(element, after);
        await Promise.resolve();
        expect([...leaks.live]).to.deep.equal([]);
        expect(element.frame).to.equal(null);
        expect(element.shadowRoot!.querySelector("iframe")).to.equal(null);
        expect(element.querySelector("iframe")).to.equal(null);
        expect(element.matches(`:state(${after})`)).to.equal(true);
        let log = await requests(endpoint);
        // the server notices the abort a little later; if the request stays open, the test times out
        while (steer?.["hang"] && log[0]?.aborted === false) log = await requests(endpoint);
        expect(posts(log)).to.be.lessThan(2);
      } finally {
        leaks.stop();
      }
    });
  }

  for (const how of ["append", "insertBefore", "replaceChildren"] as const) {
    it(`moved by ${how}, it keeps its session and creates no second one`, async () => {
      const endpoint = merchantUrl();
      const element = put({ endpoint });
      await reached(element, "ready");
      const { src } = element.frame!;
      const elsewhere = document.body.appendChild(document.createElement("div"));
      const dispatched = recordAll(element);
      const again = nextEvent(element, "dintero-session");
      if (how === "insertBefore") elsewhere.insertBefore(element, null);
      else elsewhere[how](element);
      await again;
      expect(element.frame!.src).to.equal(src);
      expect(element.state).to.equal("ready");
      expect(names(dispatched)).to.deep.equal(["session"]);
      expect(posts(await requests(endpoint))).to.equal(1);
    });
  }

  it("moved while the session is being created, it creates only one", async () => {
    const endpoint = merchantUrl("session", { delay: 100 });
    const element = put({ endpoint });
    await reached(element, "creating");
    document.body.appendChild(document.createElement("div")).append(element);
    await reached(element, "ready");
    expect(posts(await requests(endpoint))).to.equal(1);
  });

  it("mounted, unmounted and mounted in one task, as StrictMode does, it creates one session", async () => {
    const endpoint = merchantUrl();
    const element = put({ endpoint });
    element.remove();
    document.body.append(element);
    await reached(element, "ready");
    expect(posts(await requests(endpoint))).to.equal(1);
    expect(await checkout.requests()).to.have.length(1);
  });

  it("put back later, it shows the same session again", async () => {
    const endpoint = merchantUrl();
    const element = put({ endpoint });
    await reached(element, "ready");
    const { src } = element.frame!;
    for (let left = 3; left > 0; left--) {
      element.remove();
      await reached(element, "idle");
      document.body.append(element);
      await reached(element, "ready");
      expect(element.frame!.src).to.equal(src);
    }
    expect(posts(await requests(endpoint))).to.equal(1);
  });

  for (const [state, type] of [
    ["paid", "SessionPaymentAuthorized"],
    ["on-hold", "SessionPaymentOnHold"],
  ] as const) {
    it(`put back after ${state}, it keeps its state, starts nothing and dispatches nothing`, async () => {
      const endpoint = merchantUrl();
      const element = await ended(outcome(type), state, { endpoint });
      const dispatched = recordAll(element);
      element.remove();
      await Promise.resolve();
      document.body.append(element);
      await element.updateComplete;
      element.start();
      window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
      await element.updateComplete;
      expect(element.state).to.equal(state);
      expect(dispatched).to.deep.equal([]);
      expect(element.frame).to.equal(null);
      expect(posts(await requests(endpoint))).to.equal(1);
    });
  }

  const overs = [
    ["failed", "SessionPaymentError"],
    ["cancelled", "SessionCancel"],
    ["expired", "SessionNotFound"],
  ] as const;
  for (const [state, type] of overs) {
    it(`put back after ${state}, it starts over with a new session`, async () => {
      const endpoint = merchantUrl();
      const element = await ended(outcome(type), state, { endpoint });
      element.remove();
      await reached(element, "idle");
      document.body.append(element);
      await reached(element, "ready");
      expect(posts(await requests(endpoint))).to.equal(2);
    });
  }

  it("put back after an error, it starts over", async () => {
    const endpoint = merchantUrl("session", { status: 500, times: 1 });
    const element = put({ endpoint });
    await reached(element, "error");
    element.remove();
    await reached(element, "idle");
    document.body.append(element);
    await reached(element, "ready");
    expect(posts(await requests(endpoint))).to.equal(2);
  });

  for (const [state, type] of overs.slice(0, 2)) {
    it(`out of the back/forward cache in ${state}, it starts over`, async () => {
      const endpoint = merchantUrl();
      const element = await ended(outcome(type), state, { endpoint });
      window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: false }));
      expect(element.state).to.equal(state);
      window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
      await reached(element, "ready");
      expect(posts(await requests(endpoint))).to.equal(2);
    });
  }

  it("its frame was moved elsewhere: it is removed without an error", async () => {
    const element = put({ "session-id": sid });
    await reached(element, "ready");
    document.body.append(element.frame!);
    element.remove();
    await reached(element, "idle");
    await Promise.resolve();
    expect(page.errors).to.deep.equal([]);
  });

  it("never listens for unload, which would keep the page out of the back/forward cache", async () => {
    const leaks = watchLeaks();
    await reached(put({ "session-id": sid }), "ready");
    const held = [...leaks.live].filter((name) => /unload/.test(String(name)));
    leaks.stop();
    expect(held).to.deep.equal([]);
  });

  it("properties set before the upgrade are used", async () => {
    const frame = await openPage({});
    const home = frame.contentWindow as Window & typeof globalThis;
    const fake = new FakeCheckout({ page: home });
    const endpoint = merchantUrl();
    const early = home.document.createElement("dintero-checkout") as DinteroCheckout;
    const payloads: unknown[] = [];
    Object.assign(early, {
      endpoint,
      checkoutUrl: fake.url,
      trigger: "manual",
      language: "sv",
      timeout: 9000,
      payload: { cart: 7 },
      messages: { frameTitle: "Ours" },
      fetchSession: ({ payload }: { payload: unknown }) => {
        payloads.push(payload);
        return Promise.resolve(sid);
      },
    });
    home.document.body.append(early);
    await loadScript(home.document, cdnFile);
    await early.updateComplete;
    expect(early.state).to.equal("idle");
    expect([early.trigger, early.language, early.timeout]).to.deep.equal(["manual", "sv", 9000]);
    early.start();
    await reached(early, "ready");
    expect(payloads).to.deep.equal([{ cart: 7 }]);
    expect(early.frame!.title).to.equal("Ours");
    expect(new URL(early.frame!.src).searchParams.get("language")).to.equal("sv");
    expect(await requests(endpoint)).to.have.length(0);
    fake.stop();
  });

  it("a batch of changes starts over once", async () => {
    const endpoint = merchantUrl();
    const element = put({ endpoint });
    await reached(element, "ready");
    const dispatched = recordAll(element);
    element.language = "sv";
    element.mode = "embed";
    element.setAttribute("language", "da");
    element.timeout = 8000;
    element.payload = { changed: true };
    const again = nextEvent(element, "dintero-session");
    await again;
    expect(dispatched.filter((event) => "state" in event && event.state === "loading")).to.have.length(1);
    expect(await checkout.requests()).to.have.length(2);
    expect(posts(await requests(endpoint))).to.equal(1);

    element.sessionId = "T00000000.x";
    element.endpoint = null;
    element.sessionId = sid;
    await nextEvent(element, "dintero-session");
    expect(await checkout.requests()).to.have.length(3);
    expect(element.frame!.src).to.contain(sid);
  });

  it("two elements on a page are independent", async () => {
    const first = put({ "session-id": "T00000000.first" });
    await reached(first, "ready");
    const trouble = new FakeCheckout();
    const second = mountTag({ "session-id": "T00000000.second", "checkout-url": trouble.url });
    await reached(second, "ready");
    const dispatched = recordAll(first);
    trouble.send({ type: "SessionCancel" });
    await reached(second, "cancelled");
    second.remove();
    await reached(second, "idle");
    expect(first.state).to.equal("ready");
    expect(dispatched).to.deep.equal([]);
    checkout.send(loaded());
    await nextEvent(first, "dintero-session");
    trouble.stop();
  });

  it("a second copy of the script is harmless", async () => {
    const frame = await openPage({});
    const home = frame.contentWindow as Window & typeof globalThis;
    const inner = uncaught(home);
    const fake = new FakeCheckout({ page: home });
    await loadScript(home.document, cdnFile);
    const original = home.customElements.get("dintero-checkout");
    const element = mountTag({ "session-id": sid, "checkout-url": fake.url }, {}, home.document.body);
    await loadScript(home.document, `${cdnFile}?copy`);
    await loadScript(home.document, `${cdnFile}?module`, "module");
    expect(home.customElements.get("dintero-checkout")).to.equal(original);
    await reached(element, "ready");
    expect(element).to.be.instanceOf(original);
    expect(await fake.requests()).to.have.length(1);
    expect(inner.errors).to.deep.equal([]);
    fake.stop();
  });

  for (const trigger of ["manual", "click", "visible"]) {
    it(`before its trigger (${trigger}) it sends no request and stores nothing`, async () => {
      const endpoint = merchantUrl();
      const stored = () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]);
      const before = stored();
      const hidden: Record<string, string> = trigger === "visible" ? { hidden: "" } : {};
      const element = put({ endpoint, trigger, ...hidden });
      const dispatched = recordAll(element);
      await element.updateComplete;
      element.language = "sv";
      element.mode = "embed";
      await element.updateComplete;
      expect(await requests(endpoint)).to.have.length(0);
      expect(await checkout.requests()).to.have.length(0);
      expect(element.shadowRoot!.querySelector("iframe")).to.equal(null);
      expect(stored()).to.equal(before);
      expect(dispatched).to.deep.equal([]);

      if (trigger === "visible") element.hidden = false;
      else if (trigger === "click") element.shadowRoot!.querySelector("button")!.click();
      else element.start();
      await reached(element, "ready");
      expect(stored()).to.equal(before);
      expect(posts(await requests(endpoint))).to.equal(1);
    });
  }
});
