import { expect } from "@open-wc/testing";
import type { CheckoutMessages } from "../../src/index.ts";
import { checkout as en } from "../../src/messages/en.ts";
import type { Language } from "../../src/messages/language.ts";
import { clear, mount, mountFake, mountReady, panelText, reached } from "../support/checkout.ts";
import { merchantUrl } from "../support/env.ts";

const files: Record<Language, () => Promise<{ checkout: CheckoutMessages }>> = {
  en: () => import("../../src/messages/en.ts"),
  nb: () => import("../../src/messages/nb.ts"),
  nn: () => import("../../src/messages/nn.ts"),
  sv: () => import("../../src/messages/sv.ts"),
  da: () => import("../../src/messages/da.ts"),
  fi: () => import("../../src/messages/fi.ts"),
  de: () => import("../../src/messages/de.ts"),
};

/** Resolves when the element shows a text, and fails when it shows an English one before. */
async function shows(element: HTMLElementTagNameMap["dintero-checkout"], text: string): Promise<void> {
  const root = element.shadowRoot!;
  while (!root.textContent!.includes(text)) {
    for (const english of Object.values(en)) {
      if (root.textContent!.includes(english)) throw new Error(`"${english}" flashed before "${text}".`);
    }
    await new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        resolve();
      });
      observer.observe(root, { childList: true, subtree: true, characterData: true });
    });
  }
}

describe("languages", () => {
  afterEach(clear);

  // First, while nothing but English is loaded.
  it("shows no English before another language is there", async () => {
    const { checkout: messages } = await files.fi();
    const element = mount({ sessionId: "../etc", language: "fi" });
    await shows(element, messages.errorTitle);
  });

  for (const language of Object.keys(files) as Language[]) {
    it(`${language}: panels, button and the frame's title`, async () => {
      const { checkout: messages } = await files[language]();
      const button = mount({ sessionId: "T12345678.abc", trigger: "click", language });
      await shows(button, messages.pay);
      const failing = mount({ endpoint: merchantUrl("session", { status: 500 }), language });
      await reached(failing, "error");
      await shows(failing, messages.errorTitle);
      expect(panelText(failing)).to.contain(messages.errorText);
      expect(panelText(failing)).to.contain(messages.retry);
      const { element } = await mountReady({ language });
      expect(element.frame!.title).to.equal(messages.frameTitle);
    });
  }

  for (const [tag, sdk] of [
    ["nb", "no"],
    ["nn", "no"],
    ["no", "no"],
    ["nb-NO", "no"],
    ["sv-SE", "sv"],
    ["en-GB", "en"],
    ["fr", "fr"],
  ] as const) {
    it(`the checkout gets "${sdk}" for ${tag}`, async () => {
      const { url } = await mountFake({ language: tag });
      expect(url.searchParams.get("language")).to.equal(sdk);
    });
  }

  it("takes the nearest lang attribute, out of shadow roots too", async () => {
    document.documentElement.lang = "de";
    const host = document.createElement("div");
    host.lang = "sv";
    document.body.append(host);
    const box = document.createElement("div");
    host.attachShadow({ mode: "open" }).append(box);
    const { checkout: messages } = await files.sv();
    await shows(mount({ sessionId: "../etc" }, box), messages.errorTitle);
    const { checkout: german } = await files.de();
    await shows(mount({ sessionId: "../etc" }), german.errorTitle);
    const { url } = await mountFake();
    expect(url.searchParams.get("language")).to.equal("de");
  });

  it("passes no language to the checkout when none is set", async () => {
    const { element, url } = await mountReady();
    expect(url.searchParams.has("language")).to.equal(false);
    expect(element.frame!.title).to.equal(en.frameTitle);
  });

  it("falls back to English for a language without translations", async () => {
    const { element } = await mountReady({ language: "fr" });
    expect(element.frame!.title).to.equal(en.frameTitle);
  });

  it("messages replace single texts, at once and in any language", async () => {
    const { checkout: messages } = await files.da();
    const element = mount({
      sessionId: "../etc",
      language: "da",
      messages: { errorTitle: "<b>Oh no</b>" },
    });
    await shows(element, messages.errorText);
    expect(panelText(element)).to.contain("<b>Oh no</b>");
    element.messages = null;
    await shows(element, messages.errorTitle);
  });

  it("messages rename the frame that is open", async () => {
    const { element } = await mountReady();
    element.messages = { frameTitle: "Pay here" };
    await element.updateComplete;
    expect(element.frame!.title).to.equal("Pay here");
  });
});
