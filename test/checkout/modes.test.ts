import { expect } from "@open-wc/testing";
import type { DinteroCheckout } from "../../src/index.ts";
import { checkout as en } from "../../src/messages/en.ts";
import {
  clear,
  handled,
  here,
  mount,
  mountFake,
  mountReady,
  nextEvent,
  panelText,
  part,
  reached,
  record,
  session,
  wentTo,
} from "../support/checkout.ts";
import { merchantUrl, requests, sandboxUrl } from "../support/env.ts";
import { fakeOrigin, FakePage } from "../support/fake-checkout.ts";

const shadowButton = (element: DinteroCheckout) =>
  element.shadowRoot!.querySelector<HTMLButtonElement>(".front button")!;

describe("mode auto and embed", () => {
  afterEach(clear);

  it("auto embeds, and resolvedMode is set once it has started", async () => {
    const element = mount({ sessionId: "T12345678.abc", trigger: "manual" });
    await element.updateComplete;
    expect(element.resolvedMode).to.equal(null);
    const opened = await mountReady();
    expect(opened.element.mode).to.equal("auto");
    expect(opened.element.resolvedMode).to.equal("embed");
  });

  it("an unknown mode counts as auto", async () => {
    const { element } = await mountReady({ mode: "popup" as "auto" });
    expect(element.resolvedMode).to.equal("embed");
  });

  it("recognizes a test session by its id", async () => {
    const { element } = await mountFake();
    expect(element.testMode).to.equal(true);
    element.sessionId = "P12345678.abc";
    expect(element.testMode).to.equal(false);
  });

  it("recognizes a test session of the endpoint, beside an empty session-id and after a removal too", async () => {
    const { element, page } = await mountReady({ sessionId: "", fetchSession: async () => "T12345678.abc" });
    expect(element.testMode).to.equal(true);
    page.send({ type: "SessionUpdated", session: { ...session, id: "T12345678.abc" } });
    page.send({ type: "SessionPaymentAuthorized" });
    await reached(element, "paid");
    element.remove();
    await Promise.resolve();
    expect(element.state).to.equal("paid");
    expect(element.testMode).to.equal(true);
  });
});

describe("mode redirect", () => {
  afterEach(clear);

  it("shows a button, sends no request before the click, then dispatches and navigates", async () => {
    let sessions = 0;
    const element = mount({
      mode: "redirect",
      fetchSession: async () => ({ id: `T12345678.${++sessions}`, url: here("leaving") }),
    });
    await element.updateComplete;
    expect(element.trigger).to.equal("click");
    expect(element.state).to.equal("idle");
    expect(panelText(element)).to.equal(en.pay);
    expect(sessions).to.equal(0);
    const states: string[] = [];
    element.addEventListener("dintero-state", ({ state }) => states.push(state));
    const redirect = nextEvent(element, "dintero-redirect");
    shadowButton(element).click();
    expect((await redirect).url).to.equal(here("leaving"));
    await wentTo("leaving");
    expect(states).to.deep.equal(["creating", "redirecting"]);
    expect(element.resolvedMode).to.equal("redirect");
    await element.updateComplete;
    expect(panelText(element)).to.equal(en.redirecting);
  });

  it("treats a double click as one", async () => {
    let sessions = 0;
    const element = mount({
      mode: "redirect",
      fetchSession: async () => ({ id: `T12345678.${++sessions}`, url: here("twice") }),
    });
    await element.updateComplete;
    const events = record(element);
    const button = shadowButton(element);
    button.click();
    button.click();
    await wentTo("twice");
    button.click();
    await element.updateComplete;
    expect(sessions).to.equal(1);
    expect(events.filter(({ type }) => type === "dintero-redirect")).to.have.length(1);
  });

  it("offers the button again when the page prevented the redirect", async () => {
    const element = mount({ sessionId: "T12345678.abc", mode: "redirect" });
    element.addEventListener("dintero-redirect", (event) => event.preventDefault());
    await element.updateComplete;
    shadowButton(element).click();
    await nextEvent(element, "dintero-redirect");
    await element.updateComplete;
    expect(panelText(element)).to.equal(en.pay);
    const again = nextEvent(element, "dintero-redirect");
    shadowButton(element).click();
    await again;
  });

  it("navigates without a click only with trigger load", async () => {
    mount({
      mode: "redirect",
      trigger: "load",
      fetchSession: async () => ({ id: "T12345678.load", url: here("load") }),
    });
    await wentTo("load");
  });

  it("does not follow an unsafe url", async () => {
    const element = mount({
      mode: "redirect",
      trigger: "load",
      fetchSession: async () => ({ id: "T12345678.bad", url: "javascript:document.body.remove()" }),
    });
    expect((await nextEvent(element, "dintero-error")).error.code).to.equal("unsafe-href");
  });

  it("switched to from embed, it waits for a click", async () => {
    const endpoint = merchantUrl("session");
    const element = mount({ endpoint, checkoutUrl: sandboxUrl() });
    await reached(element, "ready");
    const id = element.session!.id!;
    const events = record(element);
    element.mode = "redirect";
    await element.updateComplete;
    await reached(element, "idle");
    expect(element.frame === null).to.equal(true);
    expect(panelText(element)).to.equal(en.pay);
    expect(events).to.have.length(0);
    element.addEventListener("dintero-redirect", (event) => event.preventDefault());
    const redirect = nextEvent(element, "dintero-redirect");
    shadowButton(element).click();
    expect((await redirect).url).to.contain(id);
    expect(await requests(endpoint)).to.have.length(1);
  });
});

describe("trigger", () => {
  afterEach(clear);

  it("click shows a button, and a click on it starts once", async () => {
    const endpoint = merchantUrl("session");
    const element = mount({ endpoint, checkoutUrl: sandboxUrl(), trigger: "click" });
    await element.updateComplete;
    expect(part(element, "button")!.textContent!.trim()).to.equal(en.pay);
    expect(await requests(endpoint)).to.have.length(0);
    const button = shadowButton(element);
    button.click();
    button.click();
    await reached(element, "ready");
    expect(await requests(endpoint)).to.have.length(1);
  });

  it("click takes the page's own button", async () => {
    const element = mount({ sessionId: "T12345678.abc", trigger: "click", checkoutUrl: fakeOrigin });
    const own = document.createElement("a");
    own.slot = "button";
    own.textContent = "Pay";
    element.append(own);
    await element.updateComplete;
    own.click();
    await reached(element, "loading");
  });

  it("manual shows nothing and starts only by start()", async () => {
    const element = mount({ sessionId: "T12345678.abc", trigger: "manual", checkoutUrl: fakeOrigin });
    await element.updateComplete;
    expect(element.offsetHeight).to.equal(0);
    element.language = "sv";
    element.checkoutUrl = `${fakeOrigin}/`;
    await element.updateComplete;
    expect(element.state).to.equal("idle");
    element.start();
    await reached(element, "loading");
  });

  it("visible waits until it is scrolled to", async () => {
    const spacer = document.createElement("div");
    spacer.style.height = "5000px";
    document.body.append(spacer);
    const element = mount({ sessionId: "T12345678.abc", trigger: "visible", checkoutUrl: fakeOrigin });
    await element.updateComplete;
    // This observer was created later, so it is called later: by then the element's observer has been called.
    await new Promise<void>((resolve) => {
      const observer = new IntersectionObserver(() => {
        observer.disconnect();
        resolve();
      });
      observer.observe(element);
    });
    expect(element.state).to.equal("idle");
    element.scrollIntoView();
    await reached(element, "loading");
  });

  it("visible starts even where the element has no content yet", async () => {
    const element = mount({ sessionId: "T12345678.abc", trigger: "visible", checkoutUrl: fakeOrigin });
    await reached(element, "loading");
  });

  for (const trigger of ["", "Load", "visable"]) {
    it(`unknown ("${trigger}") counts as load`, async () => {
      const { element } = await mountFake({ trigger: trigger as "load" });
      expect(element.state).to.equal("loading");
    });
  }

  it("load starts at once, and null restores the default", async () => {
    const { element } = await mountFake({ trigger: "load" });
    expect(element.state).to.equal("loading");
    element.trigger = null;
    expect(element.trigger).to.equal("load");
    element.mode = "redirect";
    expect(element.trigger).to.equal("click");
  });
});

describe("mode pop-out", () => {
  afterEach(clear);

  it("creates a box in the light DOM, and removes it again", async () => {
    const { element, url } = await mountReady({ mode: "pop-out" });
    expect(url.searchParams.get("role")).to.equal("pop_out_launcher");
    expect(element.resolvedMode).to.equal("pop-out");
    const box = element.querySelector<HTMLElement>(':scope > [slot="frame"]')!;
    expect(box.contains(element.frame)).to.equal(true);
    expect(box.checkVisibility()).to.equal(true);
    element.remove();
    await Promise.resolve();
    expect(element.children).to.have.length(0);
  });

  it("adopts the page's own box, and leaves it there", async () => {
    const element = document.createElement("dintero-checkout");
    element.innerHTML = `<div slot="frame" id="mine"></div>`;
    Object.assign(element, {
      sessionId: "T12345678.abc",
      mode: "pop-out",
      checkoutUrl: fakeOrigin,
    });
    document.body.append(element);
    const page = new FakePage(
      () => element.frame?.contentWindow,
      () => "T12345678.abc",
    );
    await page.opened();
    const mine = element.querySelector<HTMLElement>("#mine")!;
    expect(mine.contains(element.frame)).to.equal(true);
    expect(element.children).to.have.length(1);
    element.remove();
    await Promise.resolve();
    expect(mine.parentElement === element).to.equal(true);
    expect(mine.children).to.have.length(0);
  });

  it("refuses a second one in the document, until the first is gone", async () => {
    const { element } = await mountReady({ mode: "pop-out" });
    const second = mount({ sessionId: "T12345678.two", mode: "pop-out", checkoutUrl: fakeOrigin });
    await reached(second, "error");
    expect(second.error!.code).to.equal("pop-out-conflict");
    expect(element.state).to.equal("ready");
    element.remove();
    await Promise.resolve();
    shadowButton(second).click();
    await reached(second, "loading");
  });

  it("refuses to be in a shadow root of the page", async () => {
    const host = document.createElement("div");
    document.body.append(host);
    const box = document.createElement("div");
    host.attachShadow({ mode: "open" }).append(box);
    const element = mount({ sessionId: "T12345678.abc", mode: "pop-out", checkoutUrl: fakeOrigin }, box);
    await reached(element, "error");
    expect(element.error!.code).to.equal("pop-out-conflict");
  });

  it("starting over does not conflict with itself", async () => {
    const { element, page } = await mountReady({ mode: "pop-out" });
    element.restart();
    await page.opened();
    page.send({ type: "SessionLoaded", session });
    await reached(element, "ready");
    expect(element.querySelectorAll('[slot="frame"]')).to.have.length(1);
  });
});

describe("changes after start", () => {
  afterEach(clear);

  it("a batch of them starts over once", async () => {
    const { element, page } = await mountReady();
    const states: string[] = [];
    element.addEventListener("dintero-state", ({ state }) => states.push(state));
    element.sessionId = "T12345678.next";
    element.language = "sv";
    element.checkoutUrl = `${fakeOrigin}/`;
    element.mode = "embed";
    await reached(element, "loading");
    const url = await page.opened();
    expect(url.searchParams.get("sid")).to.equal("T12345678.next");
    expect(url.searchParams.get("language")).to.equal("sv");
    page.send({ type: "SessionLoaded", session });
    await reached(element, "ready");
    expect(states).to.deep.equal(["loading", "ready"]);
  });

  for (const [name, change] of [
    ["mode", { mode: "embed" }],
    ["language", { language: "sv" }],
  ] as const) {
    it(`a new ${name} shows the same session again`, async () => {
      const endpoint = merchantUrl("session");
      const element = mount({ endpoint, checkoutUrl: sandboxUrl() });
      await reached(element, "ready");
      const id = element.session!.id;
      Object.assign(element, change);
      const event = await nextEvent(element, "dintero-session");
      expect(event.session.id).to.equal(id);
      expect(await requests(endpoint)).to.have.length(1);
    });
  }

  it("a new endpoint creates a new session", async () => {
    const element = mount({ endpoint: merchantUrl("session"), checkoutUrl: sandboxUrl() });
    await reached(element, "ready");
    const id = element.session!.id;
    element.endpoint = merchantUrl("session");
    expect((await nextEvent(element, "dintero-session")).session.id).to.not.equal(id);
  });

  it("the payload, the texts and the gates start nothing", async () => {
    const { element, page } = await mountReady();
    const events = record(element);
    Object.assign(element, {
      payload: { cart: 2 },
      messages: { pay: "Go" },
      validateSession: true,
      addressCallback: true,
      timeout: 5000,
      credentials: "include",
    });
    await element.updateComplete;
    await handled(element, page);
    expect(events).to.have.length(1);
    expect(element.state).to.equal("ready");
  });

  const ends = [
    ["paid", { type: "SessionPaymentAuthorized" }],
    ["on-hold", { type: "SessionPaymentOnHold" }],
    ["failed", { type: "SessionPaymentError" }],
    ["cancelled", { type: "SessionCancel" }],
    ["expired", { type: "SessionNotFound" }],
  ] as const;
  for (const [state, message] of ends) {
    it(`${state} is the end: only a new session starts over`, async () => {
      const { element, page } = await mountReady();
      page.send(message);
      await reached(element, state);
      element.mode = "embed";
      element.language = "sv";
      element.checkoutUrl = `${fakeOrigin}/`;
      await element.updateComplete;
      element.start();
      expect(element.state).to.equal(state);
      element.sessionId = `T12345678.after-${state}`;
      await reached(element, "loading");
      expect((await page.opened()).searchParams.get("sid")).to.equal(`T12345678.after-${state}`);
    });
  }

  it("an invalid checkout-url is reported, and a new one starts over", async () => {
    const { element, page } = await mountReady();
    element.checkoutUrl = "ftp://example.com";
    await reached(element, "error");
    expect(element.error!.code).to.equal("invalid-checkout-url");
    element.checkoutUrl = fakeOrigin;
    await page.opened();
  });
});
