// The runner gives this file test/support/sdk-from-tomorrow.ts for @dintero/checkout-web-sdk.
import { expect } from "@open-wc/testing";
import { checkout as en } from "../../src/messages/en.ts";
import {
  clear,
  handled,
  here,
  mountReady,
  nextEvent,
  reached,
  record,
  session,
  uncaught,
  wentTo,
} from "../support/checkout.ts";
import { appears, button, launcher } from "../support/pop-out.ts";
import { newer, showing } from "./sdk-behaviours.ts";

const { shows, complete } = showing(newer);
const paid = { transaction_id: "transaction-1", merchant_reference: "order-001" };

describe("with an SDK from tomorrow", () => {
  afterEach(clear);

  it("it is the one in use", async () => {
    const { url } = await mountReady();
    expect(url.searchParams.get("sdk")).to.equal("0.12.0");
  });

  it("a message of a type that does not exist yet changes nothing and throws nothing", async () => {
    const { element, page } = await mountReady();
    const events = record(element);
    const { errors, stop } = uncaught();
    page.send({ type: "SessionPaymentPending", ...paid });
    await handled(element, page);
    stop();
    expect(errors).to.deep.equal([]);
    expect(element.state).to.equal("ready");
    expect(events.map(({ type }) => type)).to.deep.equal(["dintero-payment-type"]);
  });

  shows("top-level", async () => {
    const { page } = await mountReady();
    page.send({ type: "TopLevelNavigation", href: here("app") });
    await wentTo("app");
  });

  shows("address", async () => {
    const { element, page, url } = await mountReady({ addressCallback: true });
    expect(url.searchParams.get("client_side_address_callback")).to.equal("true");
    expect(url.searchParams.has("client_side_validation")).to.equal(false);
    const answers = [true, "We do not ship there", false];
    element.addEventListener("dintero-address-callback", (event) => event.respondWith(answers.shift()!));
    for (const [nth, wanted] of [
      { success: true },
      { error: "We do not ship there" },
      { error: en.validationFailed },
    ].entries()) {
      const event = nextEvent(element, "dintero-address-callback");
      page.send({ type: "AddressCallback", session });
      expect((await event).session).to.deep.equal(session);
      const { message } = await page.receives({ type: "AddressCallbackResult" }, nth + 1);
      expect(message).to.include(wanted);
      expect(message["success"]).to.equal("success" in wanted);
    }
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

  shows("button-session", async () => {
    const { element, page } = await mountReady({ mode: "pop-out", validateSession: true });
    const newest = { ...session, order: { ...session.order, amount: 100 } };
    page.send({ ...button, session: newest });
    const event = nextEvent(element, "dintero-validate-session");
    (await appears(launcher)).click();
    expect((await event).session.order.amount).to.equal(100);
  });

  shows("button-late", async () => {
    const { element, page } = await mountReady({ mode: "pop-out" });
    element.addEventListener("dintero-payment", (event) => event.preventDefault());
    page.send(button, { type: "SessionPaymentAuthorized", ...paid });
    await reached(element, "paid");
    await page.opened(2);
    page.send({ ...button, mid: "late" });
    await page.receives({ ack: "late" });
    expect(launcher() === null).to.equal(true);
  });

  it("an address without an answer is refused with a reason", async () => {
    const { warn } = console;
    console.warn = () => {};
    const { page } = await mountReady({ addressCallback: true });
    page.send({ type: "AddressCallback", session });
    const { message } = await page.receives({ type: "AddressCallbackResult" });
    console.warn = warn;
    expect(message).to.include({ success: false, error: en.validationFailed });
  });

  it("locks, refreshes, validates and pays as ever", async () => {
    const { element, page } = await mountReady({ validateSession: true });
    element.addEventListener("dintero-validate-session", (event) => event.respondWith(true));
    const updated = element.updateSession(() => {});
    await page.receives({ type: "LockSession" });
    page.send({ type: "SessionLocked", pay_lock_id: "lock-1" });
    await page.receives({ type: "RefreshSession" });
    page.send({ type: "SessionUpdated", session });
    await updated;
    page.send({ type: "ValidateSession", session });
    await page.receives({ type: "ValidationResult", success: true });
    page.send({ type: "SessionPaymentAuthorized", ...paid, href: here("paid") });
    await wentTo("paid");
    expect(element.state).to.equal("paid");
  });

  it("leaves no frame behind when it is removed", async () => {
    const { element } = await mountReady();
    element.remove();
    await Promise.resolve();
    expect(element.shadowRoot!.querySelectorAll("iframe")).to.have.length(0);
  });

  complete();
});
