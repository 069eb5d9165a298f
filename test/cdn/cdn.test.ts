// The files for `<script src>`, as built: each page is an iframe of its own.
import { expect } from "@open-wc/testing";
import type { DinteroCheckout } from "../../src/checkout/dintero-checkout.ts";
import { merchantUrl, requests, sandboxUrl } from "../support/env.ts";

const integrity = (await (await fetch("/dist/integrity.json")).json()) as Record<string, string>;
const file = "/dist/cdn/dintero-checkout.min.js";
const versioned = Object.keys(integrity).find((name) => /^dintero-checkout-\d/.test(name)) ?? "";

interface Page {
  readonly window: Window & typeof globalThis;
  readonly document: Document;
  readonly errors: string[];
}

let frame: HTMLIFrameElement;

/** A page with this markup, once it has loaded. */
async function open(head: string, body = ""): Promise<Page> {
  frame = document.createElement("iframe");
  frame.style.cssText = "width: 600px; height: 600px";
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  frame.srcdoc = `<!doctype html><html lang="en"><head>
    <script>window.seen = []; addEventListener("error", (e) => seen.push(e.message || e.target.src), true);
    window.before = new Set(Object.getOwnPropertyNames(window));</script>
    ${head}</head><body>${body}</body></html>`;
  document.body.append(frame);
  await loaded;
  const window = frame.contentWindow as Window & typeof globalThis & { seen: string[] };
  return { window, document: window.document, errors: window.seen };
}

const tag = (url: string) =>
  `<dintero-checkout endpoint="${url}" checkout-url="${sandboxUrl()}"></dintero-checkout>`;

/** The checkout is shown, in the real frame of the sandbox. */
async function shown({ document, window }: Page) {
  await window.customElements.whenDefined("dintero-checkout");
  const element = document.querySelector("dintero-checkout") as DinteroCheckout;
  if (element.state !== "ready") {
    await new Promise<void>((resolve, reject) => {
      element.addEventListener("dintero-session", () => resolve());
      element.addEventListener("dintero-error", (event) => reject(event.error));
    });
  }
  expect(element.session?.order.amount).to.equal(29990);
}

describe("the CDN file", () => {
  afterEach(() => frame.remove());

  const places: Record<string, (url: string) => [string, string]> = {
    "as a classic script in the head": (url) => [`<script src="${file}"></script>`, tag(url)],
    "as a classic script at the end": (url) => ["", `${tag(url)}<script src="${file}"></script>`],
    "with async": (url) => [`<script async src="${file}"></script>`, tag(url)],
    "with defer": (url) => [`<script defer src="${file}"></script>`, tag(url)],
    "as a module script": (url) => [`<script type="module" src="${file}"></script>`, tag(url)],
    "by its name with the version": (url) => [`<script src="/dist/cdn/${versioned}"></script>`, tag(url)],
    "with the hash of dist/integrity.json": (url) => [
      `<script src="${file}" integrity="${integrity["dintero-checkout.min.js"]}" crossorigin="anonymous"></script>`,
      tag(url),
    ],
  };
  for (const [place, markup] of Object.entries(places)) {
    it(`shows the checkout ${place}`, async () => {
      const url = merchantUrl();
      const page = await open(...markup(url));
      await shown(page);
      expect(page.errors).to.deep.equal([]);
      expect(await requests(url)).to.have.lengthOf(1);
    });
  }

  it("is harmless when loaded twice", async () => {
    const url = merchantUrl();
    const twice = `<script src="${file}"></script><script src="/dist/cdn/${versioned}"></script>`;
    const page = await open(twice, tag(url));
    await shown(page);
    expect(page.errors).to.deep.equal([]);
    expect(await requests(url)).to.have.lengthOf(1);
  });

  it("is not run when its hash does not match", async () => {
    const wrong = `sha384-${"A".repeat(64)}`;
    const page = await open(`<script src="${file}" integrity="${wrong}" crossorigin="anonymous"></script>`);
    expect(page.window.customElements.get("dintero-checkout")).to.equal(undefined);
    expect(page.errors).to.have.lengthOf(1);
  });

  for (const name of ["dintero-checkout", "dintero-return"]) {
    it(`${name} leaves no global behind but Lit's version arrays`, async () => {
      const { window } = await open(`<script src="/dist/cdn/${name}.min.js"></script>`);
      const { before } = window as unknown as { before: Set<string> };
      const added = Object.getOwnPropertyNames(window).filter((key) => !before.has(key) && key !== "before");
      expect(added.sort()).to.deep.equal([
        "litElementVersions",
        "litHtmlVersions",
        "reactiveElementVersions",
      ]);
      expect(window.customElements.get(name)).to.be.a("function");
    });

    it(`${name} keeps the licences' notices and has a source map`, async () => {
      const text = await (await fetch(`/dist/cdn/${name}.min.js`)).text();
      expect(text).to.match(/Google LLC.+BSD-3-Clause/);
      if (name === "dintero-checkout") expect(text).to.match(/Dintero, MIT/);
      const map = /sourceMappingURL=(\S+)/.exec(text)?.[1];
      const { sources } = (await (await fetch(`/dist/cdn/${map}`)).json()) as { sources: string[] };
      expect(sources.some((source) => source.endsWith(`/${name}.ts`))).to.equal(true);
      const licences = await (await fetch("/dist/cdn/LICENSES.md")).text();
      expect(licences)
        .to.include("Neither the name of the copyright holder")
        .and.include("Copyright 2020 Dintero");
    });
  }

  it("shows its texts correctly on a page of another encoding, from a server that names none", async () => {
    const bytes = await (await fetch(file)).arrayBuffer();
    const script = URL.createObjectURL(new Blob([bytes], { type: "text/javascript" }));
    const markup = `<!doctype html><html lang="nb"><script src="${script}"></script>
      <dintero-checkout mode="redirect" endpoint="/never"></dintero-checkout></html>`;
    frame = document.createElement("iframe");
    frame.src = URL.createObjectURL(new Blob([markup], { type: "text/html;charset=windows-1252" }));
    const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
    document.body.append(frame);
    await loaded;
    const page = frame.contentDocument!;
    expect(page.characterSet).to.equal("windows-1252");
    const element = page.querySelector("dintero-checkout") as DinteroCheckout;
    await element.updateComplete;
    const button = element.shadowRoot!.querySelector("button")!;
    expect(button.textContent.trim()).to.equal("Gå til betaling");
  });

  it("both files work on one page", async () => {
    const scripts = `<script src="${file}"></script><script src="/dist/cdn/dintero-return.min.js"></script>`;
    const { window, errors } = await open(scripts);
    expect(errors).to.deep.equal([]);
    expect(window.customElements.get("dintero-checkout")).to.be.a("function");
    expect(window.customElements.get("dintero-return")).to.be.a("function");
  });
});
