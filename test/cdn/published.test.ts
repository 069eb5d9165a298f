// Lit and the SDK are in the CDN file as they were published: a reviewer who knows the SDK finds its names.
import { expect } from "@open-wc/testing";
import { cdnFile } from "../support/load-script.ts";

const sdkFile = "/node_modules/@dintero/checkout-web-sdk/dist/dintero-checkout-web-sdk.esm.js";
const text = async (file: string): Promise<string> => (await fetch(file)).text();

const matches = (source: string, pattern: RegExp): string[] => [
  ...new Set([...source.matchAll(pattern)].map(([, name]) => name!)),
];

/** The names between `start` and `end`, separated by commas or colons. */
const namesBetween = (source: string, start: string, end: string): string[] => {
  const [, block = ""] = source.split(start);
  return matches(block.split(end)[0]!, /(\w+)/g);
};

/** Names that the SDK's `embed()` is made of, read from the published file. */
const published: Readonly<Record<string, (source: string) => string[]>> = {
  "message names": (source) => matches(source, /CheckoutEvents\d*\["(\w+)"\]/g),
  "messages to the frame": (source) => matches(source, /type: "(\w+)"/g),
  options: (source) => namesBetween(source.split("const embed = ")[1]!, "const {", "} = internalOptions"),
  "members of the checkout": (source) => namesBetween(source, "checkout = {\n    destroy", "options"),
  "url parameters": (source) => matches(source, /params\.append\("(\w+)"/g),
  "ids of its own elements": (source) => matches(source, /"(dintero-checkout-sdk-[\w-]+)"/g),
};

describe("the SDK in the CDN file", () => {
  for (const [kind, namesIn] of Object.entries(published)) {
    it(`keeps its ${kind}`, async () => {
      const names = namesIn(await text(sdkFile));
      expect(names.length).to.be.at.least(6);
      const file = await text(cdnFile);
      expect(names.filter((name) => !file.includes(name))).to.deep.equal([]);
    });
  }

  it("leaves out its Promise polyfill", async () => {
    expect(await text(cdnFile)).not.to.include("native-promise-only");
  });

  it("is plain ASCII, as is the other file, for pages in any encoding", async () => {
    for (const file of [cdnFile, "/dist/cdn/dintero-return.min.js"]) {
      expect(await text(file)).to.match(/^[\0-\x7f]*$/);
    }
  });
});
