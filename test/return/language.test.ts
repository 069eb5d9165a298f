import { expect, fixture, html } from "@open-wc/testing";
import { resolveLanguage } from "../../src/messages/language.ts";

describe("the language of an element", () => {
  const inside = async (lang: string | null) => {
    const box = await fixture(html`<div><p></p></div>`);
    if (lang !== null) box.setAttribute("lang", lang);
    return box.firstElementChild!;
  };

  for (const [lang, own, sdk] of [
    ["en", "en", "en"],
    ["en-GB", "en", "en"],
    ["nb", "nb", "no"],
    ["nb-NO", "nb", "no"],
    ["nb_NO", "nb", "no"],
    ["no", "nb", "no"],
    ["nn-NO", "nn", "no"],
    ["SV", "sv", "sv"],
    ["da", "da", "da"],
    ["fi", "fi", "fi"],
    ["de-CH-1996", "de", "de"],
    ["fr", "en", "fr"],
  ] as const) {
    it(`${lang} is ${own} for the element and ${sdk} for Dintero`, async () => {
      expect(resolveLanguage(await inside(lang))).to.deep.equal({ own, sdk });
      expect(resolveLanguage(await inside("xx"), lang)).to.deep.equal({ own, sdk });
    });
  }

  for (const malformed of [
    "",
    " ",
    "-",
    "norsk bokmål",
    "e",
    "12",
    "../..",
    "en;q=1",
    "<b>",
    "englishlanguage",
  ]) {
    it(`"${malformed}" counts as none`, async () => {
      const box = await fixture(
        html`<section lang="sv">
          <div><p></p></div>
        </section>`,
      );
      box.firstElementChild!.setAttribute("lang", malformed);
      expect(resolveLanguage(box.querySelector("p")!, malformed).own).to.equal("sv");
    });
  }

  it("comes from the nearest lang attribute, the element's own first", async () => {
    const box = await fixture(
      html`<div lang="da">
        <div lang="sv">
          <p lang="fi"></p>
          <i></i>
        </div>
      </div>`,
    );
    expect(resolveLanguage(box.querySelector("p")!).own).to.equal("fi");
    expect(resolveLanguage(box.querySelector("i")!).own).to.equal("sv");
  });

  it("comes from outside of the shadow roots around the element", async () => {
    const box = await fixture(html`<div lang="nn"><span></span></div>`);
    const outer = box.firstElementChild!.attachShadow({ mode: "closed" });
    outer.innerHTML = "<div><i></i></div>";
    const inner = outer.querySelector("i")!;
    const host = document.createElement("span");
    inner.append(host);
    host.attachShadow({ mode: "open" }).innerHTML = "<p></p>";
    expect(resolveLanguage(host.shadowRoot!.querySelector("p")!).own).to.equal("nn");
  });

  it("is unknown for an element outside of any document and language", () => {
    expect(resolveLanguage(document.createElement("p"))).to.deep.equal({ own: "en", sdk: undefined });
  });
});
