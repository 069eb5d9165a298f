// A page translator edits the panel in the open shadow root. Whatever it did, the result is shown.
import { expect } from "@open-wc/testing";
import { uncaught } from "../support/checkout.ts";
import { translators } from "../support/translators.ts";
import { answer, arriveWith, claim, Clock, endpointOf, leave, next, open } from "./support.ts";

const textOf = (element: Element): string =>
  [...element.shadowRoot!.querySelectorAll<HTMLElement>("[part=result]")]
    .map((part) => part.innerText.replace(/\s+/g, " ").trim())
    .join(" ");

for (const [edit, translate] of Object.entries(translators)) {
  describe(`<dintero-return>, page translation: ${edit}`, () => {
    let clock: Clock;
    let page: ReturnType<typeof uncaught>;
    beforeEach(() => {
      clock = new Clock();
      page = uncaught();
    });
    /** A test that also fails on uncaught errors. */
    const check = (name: string, run: () => Promise<void>): void => {
      it(name, async () => {
        await run();
        expect(page.errors, "uncaught errors").to.deep.equal([]);
      });
    };
    afterEach(() => {
      clock.restore();
      leave();
      page.stop();
    });

    for (const [status, title] of [
      ["failed", "The payment was not approved"],
      ["paid", "Payment received"],
      ["cancelled", "The payment was cancelled"],
      ["on-hold", "The payment is being reviewed"],
    ] as const) {
      check(`while it is pending: ${status} is shown when it arrives`, async () => {
        arriveWith(claim);
        const endpoint = endpointOf(answer("pending"), answer(status));
        const element = await open({ endpoint, "retry-href": "/cart" });
        await clock.paused();
        await element.updateComplete;
        translate(element.shadowRoot!);
        const result = next(element, "dintero-result");
        await clock.pass();
        await result;
        await element.updateComplete;
        expect(textOf(element)).to.contain(title);
        expect(textOf(element)).not.to.contain("Waiting for confirmation");
        const links = element.shadowRoot!.querySelectorAll("a[part=link]");
        expect(links).to.have.length(status === "failed" || status === "cancelled" ? 1 : 0);
      });
    }

    check("when two minutes are over: the button to check again works", async () => {
      arriveWith(claim);
      const endpoint = endpointOf(answer("pending"), answer("paid"));
      const element = await open({ endpoint });
      await clock.paused();
      const late = next(element, "dintero-result");
      clock.expire(120_000);
      await late;
      await element.updateComplete;
      translate(element.shadowRoot!);
      const result = next(element, "dintero-result");
      element.shadowRoot!.querySelector<HTMLButtonElement>("[part=button]")!.click();
      await result;
      await element.updateComplete;
      expect(textOf(element)).to.contain("Payment received");
      expect(element.shadowRoot!.querySelector("[part=button]")).to.equal(null);
    });
  });
}
