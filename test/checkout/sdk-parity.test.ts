import { expect } from "@open-wc/testing";
import {
  clear,
  handled,
  here,
  mount,
  mountFake,
  mountReady,
  nextEvent,
  reached,
  record,
  session,
  wentTo,
} from "../support/checkout.ts";
import { fakeOrigin, FakePage, foreignOrigin } from "../support/fake-checkout.ts";
import { backdrop, button, launcher, popOut } from "../support/pop-out.ts";
import { behaviours, showing } from "./sdk-behaviours.ts";

const { shows, complete } = showing(behaviours);
const paid = { transaction_id: "transaction-1", merchant_reference: "order-001" };
describe("what the SDK's own tests promise, through <dintero-checkout>", () => {
  afterEach(clear);

  shows("redirect", async () => {
    const element = mount({ sessionId: "T12345678.redirect", mode: "redirect", checkoutUrl: fakeOrigin });
    await element.updateComplete;
    const event = nextEvent(element, "dintero-redirect");
    element.addEventListener("dintero-redirect", (leaving) => leaving.preventDefault());
    element.shadowRoot!.querySelector("button")!.click();
    const url = new URL((await event).url);
    expect(url.origin).to.equal(fakeOrigin);
    expect(url.searchParams.get("sid")).to.equal("T12345678.redirect");

    element.checkoutUrl = "https://checkout.dintero.com";
    await reached(element, "idle");
    await element.updateComplete;
    const again = nextEvent(element, "dintero-redirect");
    element.shadowRoot!.querySelector("button")!.click();
    expect((await again).url).to.equal("https://checkout.dintero.com/v1/view/T12345678.redirect");
  });

  shows("redirect-language", async () => {
    const element = mount({ sessionId: "T12345678.redirect", mode: "redirect", language: "nb" });
    await element.updateComplete;
    const event = nextEvent(element, "dintero-redirect");
    element.addEventListener("dintero-redirect", (leaving) => leaving.preventDefault());
    element.shadowRoot!.querySelector("button")!.click();
    expect(new URL((await event).url).searchParams.get("language")).to.equal("no");
  });

  shows("frame", async () => {
    const { element, sid, url } = await mountFake();
    expect(element.frame).to.be.instanceOf(HTMLIFrameElement);
    expect(element.shadowRoot!.contains(element.frame)).to.equal(true);
    expect(url.searchParams.get("sid")).to.equal(sid);
    expect(url.searchParams.get("ui")).to.equal("inline");
  });

  shows("destroy", async () => {
    const { element } = await mountReady();
    const frame = element.frame!;
    element.remove();
    await Promise.resolve();
    expect(element.frame === null).to.equal(true);
    expect(frame.isConnected).to.equal(false);
    expect(element.shadowRoot!.querySelector(".frame")!.querySelectorAll("div, iframe")).to.have.length(0);
  });

  shows("destroy-twice", async () => {
    const { element } = await mountReady();
    element.remove();
    await Promise.resolve();
    element.remove();
    await Promise.resolve();
    expect(element.state).to.equal("idle");
    expect(element.shadowRoot!.querySelectorAll("iframe")).to.have.length(0);
  });

  shows("session-loaded", async () => {
    const { element, page } = await mountFake();
    const event = nextEvent(element, "dintero-session");
    page.send({ type: "SessionLoaded", session });
    expect((await event).reason).to.equal("loaded");
    expect((await event).session).to.deep.equal(session);
  });

  shows("session-updated", async () => {
    const { element, page } = await mountReady();
    const event = nextEvent(element, "dintero-session");
    page.send({ type: "SessionUpdated", session });
    expect((await event).reason).to.equal("updated");
  });

  shows("session-not-found", async () => {
    const { element, page } = await mountFake();
    const event = nextEvent(element, "dintero-session-not-found");
    page.send({ type: "SessionNotFound" });
    await event;
    expect(element.state).to.equal("expired");
  });

  shows("session-cancel", async () => {
    const { element, page } = await mountReady();
    const event = nextEvent(element, "dintero-cancel");
    page.send({ type: "SessionCancel" });
    expect((await event).href).to.equal(null);
    expect(element.state).to.equal("cancelled");
  });

  for (const [name, type] of [
    ["authorized-href", "SessionPaymentAuthorized"],
    ["on-hold-href", "SessionPaymentOnHold"],
    ["payment-error-href", "SessionPaymentError"],
  ] as const) {
    shows(name, async () => {
      const { page } = await mountReady();
      page.send({ type, ...paid, href: here(type) });
      await wentTo(type);
    });
  }

  shows("session-locked", async () => {
    const { element, page } = await mountReady();
    const event = nextEvent(element, "dintero-session-locked");
    page.send({ type: "SessionLocked", pay_lock_id: "lock-1" });
    expect((await event).payLockId).to.equal("lock-1");
    const refreshed = element.refreshSession();
    await page.receives({ type: "RefreshSession" });
    page.send({ type: "SessionUpdated", session });
    await refreshed;
  });

  shows("session-lock-failed", async () => {
    const { element, page } = await mountReady();
    const event = nextEvent(element, "dintero-session-lock-failed");
    page.send({ type: "SessionLockFailed" });
    await event;
    expect(element.state).to.equal("ready");
  });

  shows("payment-type", async () => {
    const { element, page } = await mountReady();
    let event = nextEvent(element, "dintero-payment-type");
    page.send({ type: "ActivePaymentProductType", payment_product_type: "vipps" });
    expect((await event).paymentProductType).to.equal("vipps");
    event = nextEvent(element, "dintero-payment-type");
    page.send({ type: "ActivePaymentProductType" });
    expect((await event).paymentProductType).to.equal(null);
  });

  shows("wrong-origin", async () => {
    const { element, page, sid } = await mountReady();
    const events = record(element);
    const message = { type: "SessionCancel", sid };
    // another window and origin: this page; another window: a frame beside; another origin: a foreign page in the frame
    window.postMessage(message, "*");
    const beside = document.createElement("iframe");
    beside.src = fakeOrigin;
    document.body.append(beside);
    const other = new FakePage(
      () => beside.contentWindow,
      () => sid,
    );
    await other.opened();
    other.send(message, { type: "done" });
    element.frame!.src = foreignOrigin;
    await page.opened(2);
    page.send(message);
    element.frame!.src = fakeOrigin;
    await page.opened(3);
    await handled(element, page);
    expect(events.map(({ type }) => type)).to.deep.equal(["dintero-payment-type"]);
    expect(element.state).to.equal("ready");
  });

  shows("wrong-type", async () => {
    const { element, page } = await mountReady();
    const events = record(element);
    page.send(
      { type: "UnknownEventType", session },
      { type: "toString" },
      { type: 7 },
      { type: ["SessionCancel"] },
    );
    await handled(element, page);
    expect(events).to.have.length(1);
    expect(element.state).to.equal("ready");
  });

  shows("wrong-sid", async () => {
    const { element, page } = await mountReady();
    const events = record(element);
    page.send({ type: "SessionCancel", sid: "T12345678.another" }, { type: "SessionCancel", sid: undefined });
    await handled(element, page);
    expect(events).to.have.length(1);
    expect(element.state).to.equal("ready");
  });

  shows("height", async () => {
    const { element, page } = await mountReady();
    page.send({ type: "HeightChanged", height: 1234 });
    await handled(element, page);
    expect(element.frame!.style.height).to.equal("1234px");
    expect(element.frame!.offsetHeight).to.equal(1234);
    expect(element.frame!.offsetWidth).to.equal(element.offsetWidth);
    page.send({ type: "HeightChanged", height: 0 });
    await handled(element, page);
    expect(element.frame!.style.height).to.equal("0px");
  });

  shows("scroll", async () => {
    const { element, page } = await mountReady();
    const before = document.createElement("div");
    before.style.height = "3000px";
    element.before(before);
    const after = before.cloneNode() as HTMLElement;
    element.after(after);
    const scrolled = new Promise((resolve) => addEventListener("scroll", resolve, { once: true }));
    page.send({ type: "ScrollToTop" });
    await scrolled;
  });

  shows("language-changed", async () => {
    const { page } = await mountReady({ language: "en" });
    page.send({ type: "LanguageChanged", language: "no" });
    page.send({ type: "SessionCancel" });
    const result = await page.opened(2);
    expect(result.searchParams.get("language")).to.equal("no");
  });

  for (const [name, type] of [
    ["result-authorized", "SessionPaymentAuthorized"],
    ["result-on-hold", "SessionPaymentOnHold"],
  ] as const) {
    shows(name, async () => {
      const { element, page, sid } = await mountReady();
      element.addEventListener("dintero-payment", (event) => event.preventDefault());
      page.send({ type, ...paid, href: here("never") });
      const result = await page.opened(2);
      expect(result.pathname).to.equal("/embedResult/");
      expect(result.searchParams.get("sid")).to.equal(sid);
      expect(result.searchParams.get("transaction_id")).to.equal("transaction-1");
      expect(result.searchParams.get("merchant_reference")).to.equal("order-001");
    });
  }

  shows("result-once", async () => {
    const { element, page } = await mountReady();
    const events = record(element);
    element.addEventListener("dintero-payment", (event) => event.preventDefault());
    page.send(
      { type: "SessionPaymentAuthorized", ...paid },
      { type: "SessionCancel" },
      { type: "SessionPaymentError" },
    );
    await page.opened(2);
    expect(events.map(({ type }) => type)).to.deep.equal(["dintero-payment"]);
    expect(element.state).to.equal("paid");
  });

  shows("result-error", async () => {
    const { element, page } = await mountReady({ language: "nn" });
    element.addEventListener("dintero-payment-error", (event) => event.preventDefault());
    page.send({
      type: "SessionPaymentError",
      error: "failed",
      merchant_reference: "order-001",
      href: here("never"),
    });
    const result = await page.opened(2);
    expect(result.pathname).to.equal("/embedResult/");
    expect(result.searchParams.get("error")).to.equal("failed");
    expect(result.searchParams.get("language")).to.equal("no");
  });

  shows("result-cancel", async () => {
    const { element, page } = await mountReady();
    element.addEventListener("dintero-cancel", (event) => event.preventDefault());
    page.send({ type: "SessionCancel", merchant_reference: "order-001", href: here("never") });
    const result = await page.opened(2);
    expect(result.pathname).to.equal("/embedResult/");
    expect(result.searchParams.get("error")).to.equal("cancelled");
  });

  shows("validate", async () => {
    const { element, page, url } = await mountReady({ validateSession: true });
    expect(url.searchParams.get("client_side_validation")).to.equal("true");
    element.addEventListener("dintero-validate-session", (event) => event.respondWith(true));
    page.send({ type: "ValidateSession", session });
    const { message } = await page.receives({ type: "ValidationResult" });
    expect(message["success"]).to.equal(true);
  });

  shows("no-validate", async () => {
    const { element, page, url } = await mountReady();
    expect(url.searchParams.has("client_side_validation")).to.equal(false);
    const events = record(element);
    page.send({ type: "ValidateSession", session });
    await handled(element, page);
    expect(events).to.have.length(1);
    expect(element.state).to.equal("ready");
  });

  shows("no-address", async () => {
    const { element, page, url } = await mountReady();
    expect(url.searchParams.has("client_side_address_callback")).to.equal(false);
    const events = record(element);
    page.send({ type: "AddressCallback", session });
    await handled(element, page);
    expect(events).to.have.length(1);
  });

  shows("lock", async () => {
    const { element, page } = await mountReady();
    const locked = element.lockSession();
    const { origin } = await page.receives({ type: "LockSession" });
    expect(origin).to.equal(location.origin);
    page.send({ type: "SessionLocked", pay_lock_id: "lock-1" });
    await locked;
    expect(element.state).to.equal("locked");
  });

  shows("lock-fails", async () => {
    const { element, page } = await mountReady();
    const failed = element.lockSession().catch((error: unknown) => error);
    await page.receives({ type: "LockSession" });
    page.send({ type: "SessionLockFailed" });
    expect(await failed).to.include({ code: "lock-failed" });
  });

  shows("refresh", async () => {
    const { element, page } = await mountReady();
    const refreshed = element.refreshSession();
    await page.receives({ type: "RefreshSession" });
    page.send({ type: "SessionUpdated", session });
    expect(await refreshed).to.deep.equal(session);
  });

  shows("refresh-fails", async () => {
    const { element, page } = await mountReady();
    const failed = element.refreshSession().catch((error: unknown) => error);
    await page.receives({ type: "RefreshSession" });
    page.send({ type: "SessionNotFound" });
    expect(await failed).to.include({ code: "session-not-found" });
  });

  shows("ack", async () => {
    const { page } = await mountFake();
    page.send({ type: "SessionLoaded", session, mid: "mid-1" });
    await page.receives({ ack: "mid-1" });
    expect(page.received({ ack: "mid-1" })).to.have.length(1);
  });

  shows("button", async () => {
    const { element, page, button: shown } = await popOut();
    expect(shown.textContent).to.equal("Pay with Dintero");
    expect(element.contains(shown)).to.equal(true);
    page.send({ ...button, openLabel: "Betal", stylesHover: { color: "red" } });
    await handled(element, page);
    expect(shown.textContent).to.equal("Betal");
    expect(document.querySelectorAll("#dintero-checkout-sdk-launch-pop-out")).to.have.length(1);
  });

  shows("button-hidden", async () => {
    const { element, page } = await popOut();
    page.send({ type: "HidePopOutButton" });
    await handled(element, page);
    expect(launcher() === null).to.equal(true);
  });

  shows("button-paid", async () => {
    const { element, page } = await popOut();
    element.addEventListener("dintero-payment", (event) => event.preventDefault());
    page.send({ type: "SessionPaymentAuthorized", ...paid, href: here("never") });
    await reached(element, "paid");
    expect(launcher() === null).to.equal(true);
  });

  shows("window", async () => {
    const { page, open, sid } = await popOut({ language: "sv" });
    const { url } = await open();
    expect(url.searchParams.get("role")).to.equal("pop_out_payment");
    expect(url.searchParams.get("sid")).to.equal(sid);
    expect(backdrop()!.textContent).to.contain(button.descriptionLabel);
    await page.receives({ type: "OpenedPopOut" });
  });

  shows("window-closed", async () => {
    const { page, open } = await popOut();
    const { popUp } = await open();
    document.querySelector<HTMLElement>("#dintero-checkout-sdk-backdrop-close")!.click();
    await page.receives({ type: "ClosedPopOut" });
    expect(backdrop() === null).to.equal(true);
    expect(popUp.closed).to.equal(true);
  });

  shows("window-focus", async () => {
    const { open } = await popOut();
    await open();
    // The system decides which window is in front: the window stays open, and so does the backdrop.
    document.querySelector<HTMLElement>("#dintero-checkout-sdk-backdrop-focus")!.click();
    expect(backdrop() === null).to.equal(false);
  });

  shows("window-backdrop", async () => {
    const { open } = await popOut();
    const { popUp } = await open();
    backdrop()!.click();
    expect(backdrop() === null).to.equal(false);
    expect(popUp.closed).to.equal(false);
  });

  shows("window-lock", async () => {
    const { element, open, inWindow } = await popOut();
    await open();
    const locked = element.lockSession();
    await inWindow.receives({ type: "LockSession" });
    inWindow.send({ type: "SessionLocked", pay_lock_id: "lock-1", context: "popOut" });
    await locked;
  });

  shows("window-refresh", async () => {
    const { element, open, inWindow } = await popOut();
    await open();
    const refreshed = element.refreshSession();
    await inWindow.receives({ type: "RefreshSession" });
    inWindow.send({ type: "SessionUpdated", session, context: "popOut" });
    await refreshed;
  });

  shows("window-payment-type", async () => {
    const { element, open, inWindow } = await popOut();
    await open();
    element.setActivePaymentProductType("vipps");
    await inWindow.receives({ type: "SetActivePaymentProductType", payment_product_type: "vipps" });
  });

  complete();
});
