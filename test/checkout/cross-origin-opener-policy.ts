// Run by cross-origin-opener-policy.test.html, a page with Cross-Origin-Opener-Policy: same-origin. A window that it opens on
// another origin is cut off: the page sees it as closed, it has no opener, and no message passes between them.
import { expect } from "@open-wc/testing";
import { sendMouse } from "@web/test-runner-commands";
import "../../src/index.ts";
import { announceResult } from "../../src/elements/result-channel.ts";
import { holdTimers } from "../support/held-timers.ts";
import { appears, backdrop, button, launcher } from "../support/pop-out.ts";
import { mountTag, names, reached, recordAll } from "../support/checkout.ts";
import type { FakeCheckout } from "../support/fake-checkout.ts";
import { announced, box, checkoutWithHeight, sid } from "../support/shop-page.ts";

/** How long the SDK waits for a message of its window, in ms. */
const windowTimeout = 10_000;

describe("Cross-Origin-Opener-Policy: same-origin", () => {
  let checkout: FakeCheckout;
  beforeEach(() => {
    checkout = checkoutWithHeight();
  });
  afterEach(() => {
    checkout.stop();
    document.body.replaceChildren();
  });

  it("does not affect a frame: it is shown, and its outcome is dispatched", async () => {
    document.body.style.margin = "0";
    const element = mountTag({ "session-id": sid, "checkout-url": checkout.url });
    await reached(element, "ready");
    const { clientWidth } = document.documentElement;
    expect(box(element)).to.deep.equal([0, 0, clientWidth, announced]);
    expect(box(element.frame!)).to.deep.equal([0, 0, clientWidth, announced]);
    element.addEventListener("dintero-payment", (event) => event.preventDefault());
    const dispatched = recordAll(element);
    checkout.send({ type: "SessionPaymentAuthorized", transaction_id: "t", merchant_reference: "m" });
    await reached(element, "paid");
    expect(names(dispatched)).to.deep.equal(["payment"]);
  });

  it("cuts the pop-out off: the checkout gets OpenPopOutFailed, and the result comes from the return page", async () => {
    const element = mountTag({ "session-id": sid, "checkout-url": checkout.url, mode: "pop-out" });
    await reached(element, "ready");
    checkout.send(button);
    const { x, y, width, height } = (await appears(launcher)).getBoundingClientRect();
    const { open } = window;
    const opened: (Window | null)[] = [];
    window.open = (...args) => {
      opened.push(open.apply(window, args));
      return opened.at(-1)!;
    };
    let refused = 0;
    const timers = holdTimers(windowTimeout);
    try {
      // a busy machine can lose a click, or have its window refused
      while (!opened.at(-1)) {
        refused = checkout.received({ type: "OpenPopOutFailed" }).length;
        await sendMouse({ type: "click", position: [Math.round(x + width / 2), Math.round(y + height / 2)] });
      }
      // the page gets no event when the window closes: it can only poll
      while (!opened.at(-1)!.closed) await checkout.requests();
      const [, window] = await checkout.requests();
      expect(window).to.contain("role=pop_out_payment");
      timers.elapse();
    } finally {
      timers.release();
      window.open = open;
    }
    await checkout.receives({ type: "OpenPopOutFailed" }, refused + 1);
    expect(backdrop()).to.equal(null);
    expect(element.state).to.equal("ready");
    element.addEventListener("dintero-payment", (event) => event.preventDefault());
    const dispatched = recordAll(element);
    announceResult({ status: "paid", sessionId: sid, merchantReference: null, transactionId: "t" });
    await reached(element, "paid");
    expect(names(dispatched)).to.deep.equal(["payment"]);
  });
});
