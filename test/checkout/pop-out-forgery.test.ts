// With a pop-out, only the checkout's own origin counts: messages of any other page in its window are ignored.
import { expect } from "@open-wc/testing";
import { clear, handled, here, names, record } from "../support/checkout.ts";
import { foreignOrigin, type Message } from "../support/fake-checkout.ts";
import { popOut } from "../support/pop-out.ts";

const paid = { transaction_id: "T00000001.forged", merchant_reference: "order-001" };
const forged: Readonly<Record<string, Message>> = {
  "a payment": { type: "SessionPaymentAuthorized", ...paid },
  "a payment on hold": { type: "SessionPaymentOnHold", ...paid },
  "a failed payment": { type: "SessionPaymentError", error: "failed" },
  "a cancelled payment": { type: "SessionCancel" },
  "a session of its own": { type: "SessionUpdated", session: { order: { amount: 1, currency: "NOK" } } },
  "a missing session": { type: "SessionNotFound" },
  "a lock": { type: "SessionLocked", pay_lock_id: "forged" },
  "another payment option": { type: "ActivePaymentProductType", payment_product_type: "forged" },
  "a question": { type: "ValidateSession", session: { order: { amount: 1, currency: "NOK" } } },
};

/** Resolves when the page has received this message: everything posted before it was handled. */
function receives(marker: string): Promise<void> {
  return new Promise((resolve) => {
    addEventListener("message", function listener({ data }) {
      if (data?.type !== marker) return;
      removeEventListener("message", listener);
      resolve();
    });
  });
}

describe("pop-out forgery", () => {
  afterEach(clear);

  for (const [what, message] of Object.entries(forged)) {
    it(`a page of another origin in the window reports ${what}: nothing happens`, async () => {
      const validates = message["type"] === "ValidateSession";
      const { element, page, inWindow, open } = await popOut({ validateSession: validates });
      // The SDK validates before the window opens, and loads the window's document again after it.
      element.addEventListener("dintero-validate-session", (event) => event.respondWith(true), {
        once: true,
      });
      const { popUp } = await open();
      if (validates) await inWindow.opened(2);
      await handled(element, page);
      const events = record(element);
      popUp.location.href = `${foreignOrigin}/?sid=${element.sessionId}`;
      await inWindow.opened(validates ? 3 : 2);
      const last = receives("End");
      inWindow.send({ ...message, context: "popOut", href: here("forged") }, { type: "End" });
      await last;
      await handled(element, page);
      expect(names(events)).to.deep.equal(["payment-type"]);
      expect(element.state).to.equal("ready");
      expect(location.hash).to.equal("");
      popUp.close();
    });
  }

  it("a page of the shop's own origin in the window reports a payment: nothing happens", async () => {
    const { element, page, open } = await popOut();
    const { popUp } = await open();
    await handled(element, page);
    const events = record(element);
    const message = { type: "SessionPaymentAuthorized", ...paid, context: "popOut", sid: element.sessionId };
    const body = `<script>for (const message of [${JSON.stringify(message)}, { type: "End" }])
      opener.postMessage(message, "*");</script>`;
    const last = receives("End");
    popUp.location.href = new URL(`/support/page?${new URLSearchParams({ body })}`, location.href).href;
    await last;
    await handled(element, page);
    expect(names(events)).to.deep.equal(["payment-type"]);
    expect(element.state).to.equal("ready");
    popUp.close();
  });

  it("the checkout's own page in the window is still trusted", async () => {
    const { element, inWindow, open } = await popOut();
    const { popUp } = await open();
    const events = record(element);
    const outcome = new Promise((resolve) => element.addEventListener("dintero-payment", resolve));
    inWindow.send({ type: "SessionPaymentAuthorized", ...paid, context: "popOut" });
    await outcome;
    expect(names(events)).to.deep.equal(["payment"]);
    expect(element.state).to.equal("paid");
    popUp.close();
  });
});
