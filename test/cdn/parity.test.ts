// The CDN file is minified down to the names that our files, Lit's and the SDK's share: it passes the tests of what the
// SDK's own tests promise. A tag name can be defined only once, so the copy loaded first is the one tested.
import { expect } from "@open-wc/testing";
import { cdnFile, loadScript } from "../support/load-script.ts";

await loadScript(document, cdnFile);
const tested = customElements.get("dintero-checkout");
const { DinteroCheckout } = await import("../../src/index.ts");
await import("../checkout/sdk-parity.test.ts");

it("the CDN's copy is the one tested here", () => {
  expect(tested).to.be.a("function").that.does.not.equal(DinteroCheckout);
  expect(customElements.get("dintero-checkout")).to.equal(tested);
});
