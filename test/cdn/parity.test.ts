// The CDN file is minified down to the names that our files, Lit's and the SDK's share: what the SDK's own tests promise
// holds in it too. The tag is guarded, so the copy that comes first is the one that is tested.
import { expect } from "@open-wc/testing";
import { cdnFile, loadScript } from "../support/load-script.ts";

await loadScript(document, cdnFile);
const tested = customElements.get("dintero-checkout");
const { DinteroCheckout } = await import("../../src/index.ts");
await import("../element/sdk-parity.test.ts");

it("the copy of the CDN is what was tested here", () => {
  expect(tested).to.be.a("function").that.does.not.equal(DinteroCheckout);
  expect(customElements.get("dintero-checkout")).to.equal(tested);
});
