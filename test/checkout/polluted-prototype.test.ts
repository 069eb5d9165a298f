// A page whose scripts add fields to Object.prototype changes neither requests nor what is believed.
import { expect } from "@open-wc/testing";
import { guardMessages } from "../../src/checkout/message-guard.ts";
import { clear, mountFake, mountReady, names, reached, record, session } from "../support/checkout.ts";

const prototype = Object.prototype as unknown as Record<string, unknown>;
const polluted: string[] = [];

function pollute(fields: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(fields)) {
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true, enumerable: false });
    polluted.push(name);
  }
}

describe("a polluted Object.prototype", () => {
  const fetch = globalThis.fetch;
  let end = new AbortController();
  beforeEach(() => {
    end = new AbortController();
  });
  afterEach(async () => {
    end.abort();
    for (const name of polluted.splice(0)) delete prototype[name];
    globalThis.fetch = fetch;
    await clear();
  });

  for (const [what, fields] of [
    ["once", { once: true }],
    ["context", { context: "popOut" }],
    ["sid", { sid: "T12345678.guarded" }],
  ] as const) {
    it(`"${what}" does not open the pop-out's guard`, async () => {
      pollute(fields);
      const sid = "T12345678.guarded";
      guardMessages({
        sid,
        checkoutUrl: "https://checkout.example",
        signal: end.signal,
        frame: () => null,
        onNavigation: () => {},
      });
      const believed: unknown[] = [];
      addEventListener("message", (event) => believed.push(event.data), { signal: end.signal });
      const own =
        what === "sid" ? { context: "popOut" } : what === "context" ? { sid } : { sid, context: "popOut" };
      for (let attempt = 0; attempt < 2; attempt++) {
        dispatchEvent(new MessageEvent("message", { data: { ...own }, origin: "https://forger.example" }));
      }
      expect(believed).to.deep.equal([]);
    });
  }

  it('"mode", "cache" and "redirect" do not change the request to the endpoint', async () => {
    const requests: Request[] = [];
    globalThis.fetch = async (url, options) => {
      requests.push(new Request(url as URL, options));
      return Response.json({ id: "T12345678.requested" });
    };
    pollute({ mode: "no-cors", cache: "force-cache", redirect: "error" });
    await mountFake({ sessionId: null, endpoint: "/api/checkout" });
    expect(requests).to.have.length(1);
    const [{ mode, cache, redirect, method }] = requests as [Request];
    expect({ mode, cache, redirect, method }).to.deep.equal({
      mode: "cors",
      cache: "default",
      redirect: "follow",
      method: "POST",
    });
  });

  it('"state", "session", "href" and "panel" add nothing to a message', async () => {
    const { element, page } = await mountReady();
    pollute({ state: "paid", session: { order: { amount: 1 } }, href: "#forged", panel: "paidElsewhere" });
    const events = record(element);
    page.send({ type: "SessionLockFailed" });
    page.send({ type: "SessionLocked", pay_lock_id: "lock" });
    await reached(element, "locked");
    expect(names(events)).to.deep.equal(["session-lock-failed", "session-locked"]);
    expect(element.session).to.deep.equal(session);
    expect(location.hash).to.equal("");
  });

  it('"cancelable" makes no event cancelable that is not', async () => {
    const { element, page } = await mountReady();
    pollute({ cancelable: true });
    const events = record(element);
    page.send({ type: "SessionLocked", pay_lock_id: "lock" });
    await reached(element, "locked");
    expect(events.map(({ cancelable }) => cancelable)).to.deep.equal([false]);
  });
});
