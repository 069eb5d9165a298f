// A page translator edits the panels in the open shadow root. Whatever it did, the next panel shows the right text.
import { expect } from "@open-wc/testing";
import "../../src/index.ts";
import type { DinteroCheckout } from "../../src/index.ts";
import { mountTag, nextEvent, reached, uncaught } from "../support/checkout.ts";
import { merchantUrl } from "../support/env.ts";
import { FakeCheckout } from "../support/fake-checkout.ts";
import { translators } from "../support/translators.ts";

const sid = "T00000000.abc";

/** The parts that a shopper sees, and their texts. */
function parts(element: DinteroCheckout): Record<string, string> {
  const visible = [...element.shadowRoot!.querySelectorAll<HTMLElement>("[part]")].filter(
    (part) => part.getAttribute("part") !== "frame" && part.checkVisibility(),
  );
  return Object.fromEntries(
    visible.map((part) => [part.getAttribute("part"), part.innerText.replace(/\s+/g, " ").trim()]),
  );
}

const button = (element: DinteroCheckout): HTMLButtonElement | null =>
  element.shadowRoot!.querySelector('[part="button"]');

for (const [edit, translate] of Object.entries(translators)) {
  describe(`page translation: ${edit}`, () => {
    let checkout: FakeCheckout;
    let page: ReturnType<typeof uncaught>;
    const { error, warn } = console;

    beforeEach(() => {
      console.error = console.warn = () => {};
      page = uncaught();
      checkout = new FakeCheckout();
    });
    /** A test that also fails on uncaught errors. */
    const check = (name: string, run: () => Promise<void>): void => {
      it(name, async () => {
        await run();
        expect(page.errors, "uncaught errors").to.deep.equal([]);
      });
    };
    afterEach(() => {
      Object.assign(console, { error, warn });
      page.stop();
      checkout.stop();
      document.body.replaceChildren();
    });

    const mount = (attributes: Record<string, string>): DinteroCheckout =>
      mountTag({ "checkout-url": checkout.url, language: "en", ...attributes });
    const edited = async (element: DinteroCheckout): Promise<void> => {
      await element.updateComplete;
      translate(element.shadowRoot!);
    };

    check("while the session is created: the merchant's refusal is shown, with a button", async () => {
      const element = mount({
        endpoint: merchantUrl("session", { status: 409, message: "Has just sold out.", delay: 100 }),
      });
      await reached(element, "creating");
      await edited(element);
      await reached(element, "error");
      expect(parts(element)).to.include({ message: "Has just sold out." });
      expect(parts(element)).not.to.have.property("loading");
    });

    check(
      "while the frame loads: the error panel has its text and its button, and the button works",
      async () => {
        checkout.onOpened = (nth) => (nth === 1 ? [] : [{ type: "SessionLoaded", session: { order: {} } }]);
        const element = mount({ "session-id": sid, timeout: "1500", mode: "embed" });
        await reached(element, "loading");
        await edited(element);
        await reached(element, "error");
        const shown = parts(element);
        expect(shown.error).to.contain("The payment could not be loaded");
        expect(shown.button).to.equal("Try again");
        button(element)!.click();
        await reached(element, "ready");
        expect(parts(element)).to.deep.equal({});
      },
    );

    check("of the error panel: the button still works, and the panel goes", async () => {
      const element = mount({ endpoint: merchantUrl("session", { status: 500, times: 1 }) });
      await reached(element, "error");
      await edited(element);
      button(element)!.click();
      await reached(element, "creating");
      expect(parts(element)).to.have.property("loading");
      expect(parts(element)).not.to.have.property("error");
      await reached(element, "ready");
      expect(parts(element)).to.deep.equal({});
    });

    check("of an error panel that is followed by another error: the new reason is shown", async () => {
      const answers = JSON.stringify([{}, {}]);
      const element = mount({ endpoint: merchantUrl("session", { answers }) });
      await reached(element, "error");
      await edited(element);
      element.endpoint = merchantUrl("session", { status: 403, message: "We do not ship there." });
      await nextEvent(element, "dintero-error");
      await element.updateComplete;
      expect(parts(element)).to.include({ message: "We do not ship there." });
    });

    check("of the start button: a click still starts, and the loading panel follows", async () => {
      checkout.onOpened = () => [];
      const element = mount({ "session-id": sid, trigger: "click", mode: "embed" });
      await edited(element);
      button(element)!.click();
      await reached(element, "loading");
      expect(parts(element)).to.have.property("loading", "Loading the payment…");
      expect(parts(element)).not.to.have.property("button");
    });

    check("with a session shown: a failed payment shows its panel and offers to start again", async () => {
      const element = mount({ endpoint: merchantUrl() });
      await reached(element, "ready");
      await edited(element);
      checkout.send({ type: "SessionPaymentError", error: "failed" });
      await reached(element, "failed");
      expect(parts(element).error).to.contain("The payment failed");
      expect(parts(element).button).to.equal("Start again");
    });

    check("of the failed panel: starting again shows the payment without a panel", async () => {
      const element = mount({ endpoint: merchantUrl() });
      await reached(element, "ready");
      checkout.send({ type: "SessionPaymentError", error: "failed" });
      await reached(element, "failed");
      await edited(element);
      button(element)!.click();
      await reached(element, "ready");
      expect(parts(element)).to.deep.equal({});
    });

    check("while the frame loads: an expired session shows its panel", async () => {
      checkout.onOpened = () => [];
      const element = mount({ "session-id": sid });
      await reached(element, "loading");
      await checkout.opened();
      await edited(element);
      checkout.send({ type: "SessionNotFound" });
      await reached(element, "expired");
      expect(parts(element).error).to.contain("The payment has expired");
    });

    check("twice: the last panel still shows the right text", async () => {
      const element = mount({ endpoint: merchantUrl("session", { status: 500, times: 2 }) });
      await reached(element, "error");
      await edited(element);
      const again = nextEvent(element, "dintero-error");
      button(element)!.click();
      await again;
      await edited(element);
      button(element)!.click();
      await reached(element, "ready");
      expect(parts(element)).to.deep.equal({});
    });

    check("a new language replaces the translated texts", async () => {
      const element = mount({ endpoint: merchantUrl("session", { status: 500 }) });
      await reached(element, "error");
      await edited(element);
      const again = nextEvent(element, "dintero-error");
      element.language = "sv";
      await again;
      await element.updateComplete;
      expect(parts(element).button).to.equal("Försök igen");
    });

    check("is announced as it is shown", async () => {
      const element = mount({
        endpoint: merchantUrl("session", { status: 409, message: "Has just sold out.", delay: 100 }),
      });
      await reached(element, "creating");
      await edited(element);
      await reached(element, "error");
      const live = element.shadowRoot!.querySelector("[role=status], [role=alert], [aria-live]")!;
      expect(live.textContent).to.contain("Has just sold out.");
      expect(live.textContent).not.to.contain("Loading");
    });
  });
}
