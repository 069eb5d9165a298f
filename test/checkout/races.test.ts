// Races within an attempt: the page calls methods in its listeners, changes attributes while a file loads or a session
// is created, and messages of an earlier attempt arrive late.
import { expect } from "@open-wc/testing";
import { announceResult } from "../../src/elements/result-channel.ts";
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

describe("starting over in a listener", () => {
  const outcomes = [
    ["dintero-cancel", { type: "SessionCancel" }],
    ["dintero-payment-error", { type: "SessionPaymentError", error: "failed" }],
    ["dintero-session-not-found", { type: "SessionNotFound" }],
    ["dintero-state", { type: "SessionCancel" }],
  ] as const;
  for (const [type, message] of outcomes) {
    it(`restart() in ${type}: no old panel covers the new checkout`, async () => {
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

describe("messages of an earlier session", () => {
  it("a result without a session id belongs to the current session, not to the one before", async () => {
    const { element, page } = await mountReady();
    element.sessionId = "T12345678.next";
    await reached(element, "loading");
    await page.opened();
    const channel = new BroadcastChannel("dintero-checkout");
    const received = new Promise((resolve) => channel.addEventListener("message", resolve, { once: true }));
    const events = record(element);
    announceResult({ status: "paid", sessionId: null, merchantReference: "order-001", transactionId: "t" });
    await received;
    channel.close();
    await handled(element, page);
    expect(events.map(({ type }) => type)).to.deep.equal(["dintero-payment-type"]);
    expect(element.state).to.equal("loading");
  });

  it("a ValidateSession without a session does not use the session before", async () => {
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

describe("a late event", () => {
  afterEach(() => void Reflect.deleteProperty(navigator, "onLine"));

  it("going online does not restart a checkout that has loaded since", async () => {
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

describe("removing an attribute", () => {
  for (const [name, value] of [
    ["credentials", "include"],
    ["checkout-url", "http://127.0.0.1:9"],
    ["mode", "embed"],
    ["timeout", "1"],
  ] as const) {
    it(`restores the default of ${name}`, async () => {
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

  it("restores mode auto, which offers the full page again", async () => {
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

describe("a session that is being created", () => {
  for (const method of ["start", "restart"] as const) {
    it(`${method}() right after the element is inserted sends one request, to the current endpoint`, async () => {
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

  it("fails with the reason when the payload is not JSON", async () => {
    const element = mount({ endpoint: merchantUrl(), payload: { amount: 1n } });
    await reached(element, "error");
    expect(element.error!.message).to.contain("payload.amount is of type bigint");
  });

  it("aborts the signal of fetchSession only while it is pending", async () => {
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

  it("is kept when only the language changes", async () => {
    const endpoint = merchantUrl("session", { delay: 200 });
    const element = mount({ endpoint, checkoutUrl: sandboxUrl() });
    await reached(element, "creating");
    element.language = "sv";
    await reached(element, "ready");
    expect(posts(await requests(endpoint))).to.equal(1);
  });
});

describe("while the frame opens", () => {
  for (const change of ["restart", "remove", "language"] as const) {
    it(`${change}: at most one checkout is shown`, async () => {
      const endpoint = merchantUrl();
      const element = mount({ endpoint, checkoutUrl: sandboxUrl() });
      const shown = record(element);
      await reached(element, "loading");
      if (change === "restart") element.restart();
      else if (change === "remove") element.remove();
      else element.language = "sv";
      await element.updateComplete;
      if (change === "remove") {
        element.ownerDocument.body.append(element);
        await element.updateComplete;
      }
      await reached(element, "ready");
      expect(element.shadowRoot!.querySelectorAll("iframe")).to.have.length(1);
      expect(shown.map(({ type }) => type)).to.deep.equal(["dintero-session"]);
      expect(posts(await requests(endpoint))).to.equal(change === "restart" ? 2 : 1);
    });
  }
});
