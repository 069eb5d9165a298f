// Lit and the SDK are in the CDN file as they were published: a reviewer who knows the SDK finds its names.
import { expect } from "@open-wc/testing";
import { cdnFile } from "../support/load-script.ts";

const sdkFile = "/node_modules/@dintero/checkout-web-sdk/dist/dintero-checkout-web-sdk.esm.js";
const text = async (file: string): Promise<string> => (await fetch(file)).text();

/** What `embed()` and everything it calls is made of, without the polyfill and the package.json before it. */
const embedOf = (source: string): string =>
  source.slice(source.indexOf("let CheckoutEvents"), source.indexOf("const redirect = "));

const all = (source: string, pattern: RegExp): string[] => [
  ...new Set([...source.matchAll(pattern)].map(([, name]) => name!)),
];

describe("the SDK in the CDN file", () => {
  for (const [kind, pattern, least] of [
    ["message names", /type: "(\w+)"/g, 8],
    ["event names", /CheckoutEvents\["(\w+)"\]/g, 16],
    [
      "option and property names",
      /\.((?:on|event|handler|inner|should|submit|lock|refresh|set)\w*)/g,
      25,
    ],
    ["url parameters", /params\.append\("(\w+)"/g, 8],
    ["ids of its own elements", /"(dintero-checkout-sdk-[\w-]+)"/g, 5],
  ] as const) {
    it(`keeps its ${kind}`, async () => {
      const names = all(embedOf(await text(sdkFile)), pattern);
      expect(names.length).to.be.at.least(least);
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
