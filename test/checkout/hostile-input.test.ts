// Messages to the page: only those of the checkout itself have an effect.
import { expect } from "@open-wc/testing";
import type { DinteroCheckout } from "../../src/index.ts";
import "../../src/index.ts";
import { mountTag, names, nextEvent, panelParts, reached, recordAll, uncaught } from "../support/checkout.ts";
import { merchantUrl, sandboxUrl } from "../support/env.ts";
import { FakeCheckout, loaded, type Message, order } from "../support/fake-checkout.ts";

const sid = "T00000000.abc";
const markup = `<img src=x onerror="window.hacked=1"><b>bold</b>`;

/** Resolves when a frame reports that it shows this address: its next `load` may still be the former document's. */
function opens(address: string): Promise<void> {
  return new Promise((resolve) => {
    const onMessage = ({ data }: MessageEvent): void => {
      if (data?.opened !== address) return;
      window.removeEventListener("message", onMessage);
      resolve();
    };
    window.addEventListener("message", onMessage);
  });
}

describe("hostile input", () => {
  let checkout: FakeCheckout;
  let element: DinteroCheckout;
  let dispatched: Event[];
  let page: ReturnType<typeof uncaught>;
  const { error, warn } = console;

  beforeEach(async () => {
    console.error = console.warn = () => {};
    page = uncaught();
    checkout = new FakeCheckout();
    element = mountTag({ "session-id": sid, "checkout-url": checkout.url });
    await reached(element, "ready");
    dispatched = recordAll(element);
  });

  afterEach(() => {
    Object.assign(console, { error, warn });
    expect(page.errors).to.deep.equal([]);
    page.stop();
    checkout.stop();
    document.body.replaceChildren();
  });

  /** Resolves when every message sent before it has been handled. */
  async function fence(): Promise<void> {
    const mark = crypto.randomUUID();
    checkout.send({ type: "ActivePaymentProductType", payment_product_type: mark });
    const { paymentProductType } = await nextEvent<Event & { paymentProductType: string }>(
      element,
      "dintero-payment-type",
    );
    expect(paymentProductType).to.equal(mark);
  }

  const outcomes: readonly Message[] = [
    { type: "SessionPaymentAuthorized", sid, transaction_id: "t", merchant_reference: "m" },
    { type: "SessionPaymentError", sid, error: "failed" },
    { type: "SessionCancel", sid },
    { type: "SessionNotFound", sid },
    { type: "SessionLocked", sid, pay_lock_id: "x" },
    { type: "HeightChanged", sid, height: 9999 },
  ];

  it("messages of the page's own window do nothing", async () => {
    for (const message of outcomes) window.postMessage(message, "*");
    const echo = nextEvent(window, "message");
    window.postMessage("end", "*");
    await echo;
    await fence();
    expect(names(dispatched)).to.deep.equal(["payment-type"]);
    expect(element.state).to.equal("ready");
  });

  it("messages of another window of the checkout's origin do nothing", async () => {
    const other = new FakeCheckout();
    other.onOpened = () => outcomes;
    const frame = document.createElement("iframe");
    frame.src = `${other.url}/?sid=${sid}`;
    document.body.append(frame);
    await other.opened();
    const last = new Promise<void>((resolve) => {
      window.addEventListener("message", ({ data }) => data?.type === "End" && resolve());
    });
    other.send({ type: "End" });
    await last;
    await fence();
    other.stop();
    expect(names(dispatched)).to.deep.equal(["payment-type"]);
  });

  it("messages of another origin in the checkout's own frame do nothing", async () => {
    const foreign = new FakeCheckout();
    const received: unknown[] = [];
    const last = new Promise<void>((resolve) => {
      window.addEventListener("message", ({ data, origin }) => {
        received.push(origin);
        if (data?.type === "End") resolve();
      });
    });
    // the same pages under another host name are another origin
    const there = `${foreign.url}/?sid=${sid}`.replace("127.0.0.1", "localhost");
    const arrived = opens(there);
    element.frame!.src = there;
    await arrived;
    const messages = [...outcomes, { type: "End" }];
    element.frame!.contentWindow!.postMessage({ send: messages }, "*");
    await last;
    foreign.stop();
    expect(new Set(received)).to.deep.equal(new Set([new URL(there).origin]));
    expect(names(dispatched)).to.deep.equal([]);
    expect(element.state).to.equal("ready");
  });

  it("another origin in the checkout's own frame receives nothing about the session", async () => {
    const foreign = new FakeCheckout();
    const received: unknown[] = [];
    const last = new Promise<void>((resolve) => {
      window.addEventListener("message", ({ data }) => {
        if (data?.received) received.push(data.received.type);
        if (data?.received?.type === "End") resolve();
      });
    });
    const there = `${foreign.url}/?sid=${sid}`.replace("127.0.0.1", "localhost");
    const arrived = opens(there);
    element.frame!.src = there;
    await arrived;
    element.lockSession().catch(() => {});
    element.refreshSession().catch(() => {});
    element.frame!.contentWindow!.postMessage({ type: "End" }, "*");
    await last;
    foreign.stop();
    expect(received).to.deep.equal(["End"]);
  });

  it("messages about another session do nothing", async () => {
    for (const other of ["T00000000.other", "", null, undefined, 7, { toString: sid }, [sid]]) {
      checkout.send(...outcomes.map((message) => ({ ...message, sid: other })));
    }
    await fence();
    expect(names(dispatched)).to.deep.equal(["payment-type"]);
    expect(element.frame!.offsetHeight).not.to.equal(9999);
  });

  it("messages of the wrong shape do nothing", async () => {
    const wrong: unknown[] = [null, undefined, 0, "", "SessionCancel", [], [sid], true, { sid }];
    for (const type of [null, 1, {}, [], "sessioncancel", "toString", "__proto__", "constructor"]) {
      wrong.push({ sid, type });
    }
    checkout.send(...(wrong as Message[]).filter((message) => typeof message === "object" && message));
    const { contentWindow } = element.frame!;
    contentWindow!.postMessage({ send: wrong }, "*");
    await fence();
    expect(names(dispatched)).to.deep.equal(["payment-type"]);
    expect(element.state).to.equal("ready");
  });

  it("fields of the wrong type come as empty, and never as something else", async () => {
    checkout.send(
      { type: "SessionLocked", pay_lock_id: { evil: 1 } },
      { type: "ActivePaymentProductType", payment_product_type: ["x"] },
      { type: "SessionPaymentAuthorized", transaction_id: 5, merchant_reference: null, href: { a: 1 } },
    );
    await reached(element, "paid");
    const [locked, type, payment] = dispatched.filter(
      (event) => event.type !== "dintero-state",
    ) as unknown as [
      { payLockId: unknown },
      { paymentProductType: unknown },
      { transactionId: unknown; merchantReference: unknown; href: unknown },
    ];
    expect(locked.payLockId).to.equal("");
    expect(type.paymentProductType).to.equal(null);
    expect([payment.transactionId, payment.merchantReference, payment.href]).to.deep.equal(["", "", null]);
  });

  it("a height is a number of pixels, and never style", async () => {
    checkout.send({ type: "HeightChanged", height: 321 });
    await fence();
    const before = element.frame!.getAttribute("style");
    expect(element.frame!.offsetHeight).to.equal(321);
    const bad = ["1px;position:fixed;inset:0;z-index:9", "100vh", -5, Infinity, NaN, {}, [], true, "1vh"];
    for (const height of bad) {
      checkout.send({ type: "HeightChanged", height });
      await fence();
      expect(element.frame!.style.position, String(height)).to.equal("");
      expect(element.frame!.getAttribute("style"), String(height)).to.equal(before);
    }
  });

  it("survives a huge message and ten thousand small ones", async () => {
    const text = "x".repeat(5_000_000);
    checkout.send({ type: "Nonsense", text }, { type: "SessionLoaded", session: { order, text } });
    await nextEvent(element, "dintero-session");
    checkout.send(...Array.from({ length: 10_000 }, () => ({ type: "HeightChanged", height: 400 })));
    await fence();
    expect(element.state).to.equal("ready");
    expect(element.frame!.offsetHeight).to.equal(400);
  });

  const unsafe = [
    "javascript:window.hacked=1",
    "JaVaScRiPt:window.hacked=1",
    " javascript:window.hacked=1",
    "java\nscript:window.hacked=1",
    "data:text/html,<script>opener.hacked=1</script>",
    "blob:http://localhost/5f7f1d9c",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "http://",
  ];
  for (const href of unsafe) {
    for (const type of ["SessionPaymentAuthorized", "SessionPaymentError", "SessionCancel"]) {
      it(`${JSON.stringify(href)} of a ${type} is not followed`, async () => {
        checkout.send({ type, href, error: "failed", transaction_id: "t", merchant_reference: "m" });
        await reached(element, "paid", "failed", "cancelled");
        const state = element.state;
        await element.updateComplete;
        expect(names(dispatched)).to.have.length(2);
        expect(names(dispatched).at(-1)).to.equal("error");
        expect(element.error!.code).to.equal("unsafe-href");
        expect(element.state).to.equal(state);
        expect(window).not.to.have.property("hacked");
      });
    }
  }

  it("an unsafe url of the merchant's answer is not followed by the redirect, nor linked", async () => {
    const url = "javascript:window.hacked=1";
    const endpoint = merchantUrl("session", { answer: JSON.stringify({ id: sid, url }) });
    const away = mountTag({ endpoint, mode: "redirect", "checkout-url": checkout.url });
    await away.updateComplete;
    away.shadowRoot!.querySelector("button")!.click();
    await reached(away, "error");
    expect(away.error!.code).to.equal("unsafe-href");

    const silent = new FakeCheckout();
    silent.onOpened = () => [];
    const panel = mountTag({ endpoint, "checkout-url": silent.url, timeout: "300" });
    await reached(panel, "error");
    await panel.updateComplete;
    expect(panel.shadowRoot!.querySelector("a")).to.equal(null);
    silent.stop();
  });

  it("no text of a server or the frame becomes markup", async () => {
    const refusal = merchantUrl("session", { status: 400, message: markup });
    const refused = mountTag({ endpoint: refusal, "checkout-url": sandboxUrl() });
    await reached(refused, "error");
    expect(await panelParts(refused)).to.contain(markup);

    checkout.send(
      { ...loaded({ order: { ...order, merchant_reference: markup }, id: markup }) },
      { type: "LanguageChanged", language: markup },
      { type: "SessionPaymentError", error: markup, merchant_reference: markup },
    );
    await reached(element, "failed");
    for (const each of [element, refused]) {
      const root = each.shadowRoot!;
      expect(root.querySelector("b, img")).to.equal(null);
      expect(each.querySelector("*")).to.equal(null);
    }
    expect(window).not.to.have.property("hacked");
  });

  it("invalid messages on the tabs' channel do nothing", async () => {
    const tab = new BroadcastChannel("dintero-checkout");
    const result = {
      type: "result",
      status: "paid",
      sessionId: sid,
      merchantReference: null,
      transactionId: "t",
    };
    for (const wrong of [
      null,
      1,
      "paid",
      [],
      {},
      { ...result, sessionId: "T00000000.other" },
      { ...result, sessionId: null },
      { ...result, status: "won" },
      { ...result, transactionId: { a: 1 } },
      { ...result, sessionId: "x".repeat(1e6) },
    ]) {
      tab.postMessage(wrong);
    }
    tab.postMessage({ ...result, status: "failed" });
    await reached(element, "failed");
    tab.close();
    expect(names(dispatched)).to.deep.equal(["payment-error"]);
  });
});
