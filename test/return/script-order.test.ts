// The page's own script often stands right after the tag, and the element's file in the head.
import { expect } from "@open-wc/testing";
import { openPage } from "../support/checkout.ts";

const file = "/dist/cdn/dintero-return.min.js";
const loadings: Readonly<Record<string, string>> = {
  "a classic script in the head": `<script src="${file}"></script>`,
  "a deferred script": `<script defer src="${file}"></script>`,
  "an async script": `<script async src="${file}"></script>`,
  "a module script": `<script type="module" src="${file}"></script>`,
};

describe("<dintero-return>, script order", () => {
  afterEach(() => document.body.replaceChildren());

  for (const [loading, head] of Object.entries(loadings)) {
    it(`${loading}: the next script's listener gets a result that needs no request`, async () => {
      const frame = await openPage({
        head,
        error: "cancelled",
        merchant_reference: "order-1",
        body: `<dintero-return></dintero-return><script>
          window.seen = new Promise((resolve) => {
            document.querySelector("dintero-return").addEventListener("dintero-result", ({ status }) => resolve(status));
          });
        </script>`,
      });
      expect(await (frame.contentWindow as Window & { seen: unknown }).seen).to.equal("cancelled");
    });
  }
});
