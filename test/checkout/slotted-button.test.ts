// The content of the slot "button" starts the checkout, and does nothing else.
import { expect } from "@open-wc/testing";
import "../../src/index.ts";
import type { DinteroCheckout } from "../../src/index.ts";
import { nextEvent, openPage, reached } from "../support/checkout.ts";
import { merchantUrl, posts, requests, sandboxUrl } from "../support/env.ts";
import { cdnFile } from "../support/load-script.ts";

interface Kind {
  readonly markup: string;
  /** Markup around the tag, for example a form. */
  readonly around?: readonly [string, string];
  readonly head?: string;
  /** What is clicked, if not the slotted element itself. */
  readonly clicked?: string;
}

const form = ['<form action="/support/page?left" name="left">', "</form>"] as const;

const kinds: Readonly<Record<string, Kind>> = {
  "a link to another page": { markup: '<a slot="button" href="/support/page?left">Pay</a>' },
  "a link to the page's top": { markup: '<a slot="button" href="#">Pay</a>' },
  "a link to the page's top, with a <base>": {
    markup: '<a slot="button" href="#">Pay</a>',
    head: '<base href="/support/">',
  },
  "a link that opens a tab": { markup: '<a slot="button" href="/support/page?left" target="_blank">Pay</a>' },
  "an icon in a link": {
    markup: '<a slot="button" href="#left"><b id="icon">Pay</b></a>',
    clicked: "#icon",
  },
  "a link inside of a slotted box": {
    markup: '<div slot="button"><a id="inner" href="#left">Pay</a></div>',
    clicked: "#inner",
  },
  "a button in a form": { markup: '<button slot="button">Pay</button>', around: form },
  "a submit input in a form": { markup: '<input slot="button" type="submit" value="Pay">', around: form },
  "an image input in a form": { markup: '<input slot="button" type="image" alt="Pay">', around: form },
  "a reset button in a form": {
    markup: '<button slot="button" type="reset">Pay</button>',
    around: ['<form action="/support/page?left"><input id="name">', "</form>"],
  },
  "a button of a form elsewhere": {
    markup: '<button slot="button" form="elsewhere">Pay</button>',
    around: ["", '<form id="elsewhere" action="/support/page?left"></form>'],
  },
  "a plain button": { markup: '<button slot="button" type="button">Pay</button>' },
  "a box that is not a control": { markup: '<div slot="button">Pay</div>' },
};

async function open({ markup, around: [before, after] = ["", ""], head = "" }: Kind, attributes = "") {
  const endpoint = merchantUrl();
  const frame = await openPage({
    head: `<script src="${cdnFile}"></script>${head}`,
    body: `${before}<dintero-checkout trigger="click" endpoint="${endpoint}"
      checkout-url="${sandboxUrl()}" ${attributes}>${markup}</dintero-checkout>${after}`,
  });
  const page = frame.contentDocument!;
  const element = page.querySelector<DinteroCheckout>("dintero-checkout")!;
  await element.updateComplete;
  return { endpoint, frame, page, element };
}

describe("slotted button", () => {
  afterEach(() => document.body.replaceChildren());

  for (const [name, kind] of Object.entries(kinds)) {
    it(`${name}: a click starts, and the page stays where it is`, async () => {
      const { endpoint, frame, page, element } = await open(kind);
      const { href } = page.location;
      const input = page.querySelector<HTMLInputElement>("#name");
      if (input) input.value = "Kari";
      let prevented = false;
      page.defaultView!.addEventListener("click", (event) => (prevented = event.defaultPrevented));
      page.defaultView!.open = () => {
        throw new Error("It opened a tab.");
      };
      page.querySelector<HTMLElement>(kind.clicked ?? '[slot="button"]')!.click();
      // Checks at the end of the click: what was not prevented would leave the page now.
      const control = page.querySelector(
        '[slot="button"] a, a[slot], button[slot]:not([type=button]), input[slot]',
      );
      if (control) expect(prevented, "its default action is prevented").to.equal(true);
      await reached(element, "ready");
      expect(frame.contentDocument).to.equal(page);
      expect(page.location.href).to.equal(href);
      if (input) expect(input.value).to.equal("Kari");
      expect(posts(await requests(endpoint))).to.equal(1);
    });
  }

  it("the page's own click listener still runs, and the click still bubbles", async () => {
    const { page, element } = await open(kinds["a link to the page's top"]!);
    const seen: string[] = [];
    page.querySelector("a")!.addEventListener("click", () => seen.push("link"));
    page.body.addEventListener("click", () => seen.push("body"));
    page.querySelector("a")!.click();
    await reached(element, "ready");
    expect(seen).to.deep.equal(["link", "body"]);
  });

  it("a second click while the session is created does not leave the page either", async () => {
    const { endpoint, frame, page, element } = await open(kinds["a link to another page"]!);
    const link = page.querySelector("a")!;
    link.click();
    let prevented = false;
    page.defaultView!.addEventListener("click", (event) => (prevented = event.defaultPrevented));
    link.click();
    expect(prevented).to.equal(true);
    await reached(element, "ready");
    expect(frame.contentDocument).to.equal(page);
    expect(posts(await requests(endpoint))).to.equal(1);
  });

  it("for a redirect, a link goes to Dintero's page and not to its own address", async () => {
    const { page, element } = await open(kinds["a link to another page"]!, 'mode="redirect"');
    const redirect = nextEvent(element, "dintero-redirect");
    element.addEventListener("dintero-redirect", (event) => event.preventDefault());
    let prevented = false;
    page.defaultView!.addEventListener("click", (event) => (prevented = event.defaultPrevented));
    page.querySelector("a")!.click();
    expect(prevented).to.equal(true);
    expect((await redirect).url).to.contain(sandboxUrl());
  });

  it("a link in the fallback content keeps its own action", async () => {
    const { page, element } = await open({ markup: '<a href="#elsewhere">Other ways to pay</a>' });
    let prevented = false;
    page.defaultView!.addEventListener("click", (event) => (prevented = event.defaultPrevented));
    page.querySelector("a")!.click();
    expect(prevented).to.equal(false);
    expect(element.state).to.equal("idle");
  });

  it("a link in the slot of a panel keeps its own action", async () => {
    const endpoint = merchantUrl("session", { status: 500 });
    const frame = await openPage({
      head: `<script src="${cdnFile}"></script>`,
      body: `<dintero-checkout endpoint="${endpoint}"><p slot="error"><a href="#help">Help</a></p></dintero-checkout>`,
    });
    const page = frame.contentDocument!;
    await reached(page.querySelector("dintero-checkout")!, "error");
    const followed = nextEvent(frame.contentWindow!, "hashchange", 5000);
    page.querySelector("a")!.click();
    await followed;
    expect(page.location.hash).to.equal("#help");
  });
});
