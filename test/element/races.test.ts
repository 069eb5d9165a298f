// What happens between two moments of an attempt: the page acts from within its listeners, changes its mind while
// a file loads or a session is made, and what belongs to an earlier attempt arrives late.
import { expect } from "@open-wc/testing";
import { announceResult } from "../../src/shared/result-channel.ts";
import {
  clear,
  handled,
  mount,
  mountFake,
  mountReady,
  nextEvent,
  panelText,
  reached,
  record,
  session,
} from "../support/checkout.ts";
import { merchantUrl, posts, requests, sandboxUrl } from "../support/env.ts";

const { error, warn } = console;
beforeEach(() => {
  console.error = console.warn = () => {};
});
afterEach(async () => {
  Object.assign(console, { error, warn });
  await clear();
});

describe("beginning anew from within a listener", () => {
  const outcomes = [
    ["dintero-cancel", { type: "SessionCancel" }],
    ["dintero-payment-error", { type: "SessionPaymentError", error: "failed" }],
    ["dintero-session-not-found", { type: "SessionNotFound" }],
    ["dintero-state", { type: "SessionCancel" }],
  ] as const;
  for (const [type, message] of outcomes) {
    it(`restart() in ${type}: nothing of the old stands in front of the new`, async () => {
      const { element, page } = await mountReady();
      element.addEventListener(type, () => element.restart(), { once: true });
      page.send(message);
      await reached(element, "loading");
      await page.opened();
      const shown = nextEvent(element, "dintero-session");
      page.send({ type: "SessionLoaded", session });
      await shown;
      await element.updateComplete;
      expect(panelText(element)).to.equal("");
      expect(element.shadowRoot!.querySelector<HTMLElement>(".frame")!.inert).to.equal(false);
    });
  }

  it("start() in dintero-error: the retry is not covered by the error", async () => {
    const endpoint = merchantUrl("session", { status: 500, times: 1 });
    const element = mount({ endpoint, checkoutUrl: sandboxUrl() });
    element.addEventListener("dintero-error", () => element.start(), { once: true });
    await reached(element, "ready");
    expect(panelText(element)).to.equal("");
  });

  it("restart() in dintero-cancel of another tab: the new checkout stays", async () => {
    const { element, page, sid } = await mountReady();
    element.addEventListener("dintero-cancel", () => element.restart(), { once: true });
    const state = reached(element, "loading");
    announceResult({ status: "cancelled", sessionId: sid, merchantReference: null, transactionId: null });
    await state;
    await page.opened();
    page.send({ type: "SessionLoaded", session });
    await reached(element, "ready");
    expect(panelText(element)).to.equal("");
  });
});

describe("what belongs to an earlier session", () => {
  it("a result that names no session is about the one that is shown, not the one before", async () => {
    const { element, page } = await mountReady();
    element.sessionId = "T12345678.next";
    await reached(element, "loading");
    await page.opened();
    const channel = new BroadcastChannel("dintero-checkout");
    const heard = new Promise((resolve) => channel.addEventListener("message", resolve, { once: true }));
    const events = record(element);
    announceResult({ status: "paid", sessionId: null, merchantReference: "order-001", transactionId: "t" });
    await heard;
    channel.close();
    await handled(element, page);
    expect(events.map(({ type }) => type)).to.deep.equal(["dintero-payment-type"]);
    expect(element.state).to.equal("loading");
  });

  it("a question without a session is never asked about the one before", async () => {
    const { element, page } = await mountReady({ validateSession: true });
    const events = record(element);
    element.addEventListener("dintero-validate-session", (event) => event.respondWith(true));
    element.sessionId = "T12345678.next";
    await reached(element, "loading");
    await page.opened();
    page.send({ type: "ValidateSession" });
    const { message } = await page.receives({ type: "ValidationResult" });
    expect(message["success"]).to.equal(false);
    expect(events).to.have.length(0);
  });
});

describe("a late word", () => {
  afterEach(() => void Reflect.deleteProperty(navigator, "onLine"));

  it("being online again leaves a checkout alone that came up meanwhile", async () => {
    Object.defineProperty(navigator, "onLine", { configurable: true, get: () => false });
    const { element, page } = await mountFake({ timeout: 200 });
    await reached(element, "error");
    page.send({ type: "SessionLoaded", session });
    await reached(element, "ready");
    Reflect.deleteProperty(navigator, "onLine");
    const { frame } = element;
    window.dispatchEvent(new Event("online"));
    await element.updateComplete;
    expect(element.frame === frame).to.equal(true);
    expect(element.state).to.equal("ready");
  });
});

describe("an attribute taken away", () => {
  for (const [name, value] of [
    ["credentials", "include"],
    ["checkout-url", "http://127.0.0.1:9"],
    ["mode", "embed"],
    ["timeout", "1"],
  ] as const) {
    it(`gives the default of ${name} back`, async () => {
      const seen: string[] = [];
      const { fetch } = window;
      window.fetch = (url, init) => {
        seen.push(init?.credentials ?? "none");
        return fetch(url, init);
      };
      try {
        const element = document.createElement("dintero-checkout");
        element.endpoint = merchantUrl();
        if (name !== "checkout-url") element.checkoutUrl = sandboxUrl();
        else element.mode = "redirect";
        element.setAttribute(name, value);
        element.removeAttribute(name);
        let left = "";
        element.addEventListener("dintero-redirect", (event) => {
          event.preventDefault();
          left = event.url;
        });
        document.body.append(element);
        element.start();
        await reached(element, "ready", "redirecting", "error");
        expect(element.error?.message).to.equal(undefined);
        expect(seen[0]).to.equal("same-origin");
        expect(element.state).to.equal(left ? "redirecting" : "ready");
      } finally {
        window.fetch = fetch;
      }
    });
  }

  it("of mode offers the full page again, as auto does", async () => {
    const { element } = await mountFake({ mode: "embed", timeout: 200 });
    await reached(element, "error");
    expect(element.shadowRoot!.querySelector("a") === null).to.equal(true);
    element.setAttribute("mode", "embed");
    element.removeAttribute("mode");
    await reached(element, "loading");
    await reached(element, "error");
    expect(element.shadowRoot!.querySelector("a") === null).to.equal(false);
  });
});

describe("the session that is being made", () => {
  for (const method of ["start", "restart"] as const) {
    it(`${method}() right after the element was put in asks once, at the endpoint it has by then`, async () => {
      const endpoints = [merchantUrl(), merchantUrl()];
      const element = document.createElement("dintero-checkout");
      Object.assign(element, { trigger: "manual", checkoutUrl: sandboxUrl() });
      for (const endpoint of endpoints) {
        element.endpoint = endpoint;
        document.body.append(element);
        element[method]();
        await reached(element, "ready", "error");
        expect(element.state).to.equal("ready");
        expect(posts(await requests(endpoint))).to.equal(1);
        element.remove();
        await reached(element, "idle");
      }
    });
  }

  it("says what is wrong with a payload that is no JSON", async () => {
    const element = mount({ endpoint: merchantUrl(), payload: { amount: 1n } });
    await reached(element, "error");
    expect(element.error!.message).to.contain("BigInt");
  });

  it("tells fetchSession to give up only while it is asked", async () => {
    const signals: AbortSignal[] = [];
    const sid = "T12345678.kept";
    const { element } = await mountReady({
      sessionId: null,
      fetchSession: async ({ signal }) => (signals.push(signal), sid),
    });
    expect(signals[0]!.aborted).to.equal(false);
    element.remove();
    await Promise.resolve();
    expect(signals[0]!.aborted).to.equal(false);
  });

  it("is kept when only the language changes meanwhile", async () => {
    const endpoint = merchantUrl("session", { delay: 200 });
    const element = mount({ endpoint, checkoutUrl: sandboxUrl() });
    await reached(element, "creating");
    element.language = "sv";
    await reached(element, "ready");
    expect(posts(await requests(endpoint))).to.equal(1);
  });
});

describe("while the frame opens", () => {
  for (const act of ["restart", "remove", "language"] as const) {
    it(`${act}: one checkout comes up at most`, async () => {
      const endpoint = merchantUrl();
      const element = mount({ endpoint, checkoutUrl: sandboxUrl() });
      const shown = record(element);
      await reached(element, "loading");
      if (act === "restart") element.restart();
      else if (act === "remove") element.remove();
      else element.language = "sv";
      await element.updateComplete;
      if (act === "remove") {
        element.ownerDocument.body.append(element);
        await element.updateComplete;
      }
      await reached(element, "ready");
      expect(element.shadowRoot!.querySelectorAll("iframe")).to.have.length(1);
      expect(shown.map(({ type }) => type)).to.deep.equal(["dintero-session"]);
      expect(posts(await requests(endpoint))).to.equal(act === "restart" ? 2 : 1);
    });
  }
});
