// What the page sends to its own server: JSON, or nothing at all.
import { expect } from "@open-wc/testing";
import "../../src/index.ts";
import {
  clear,
  mount,
  mountReady,
  mountTag,
  nextEvent,
  panelButton,
  reached,
  rejection,
} from "../support/checkout.ts";
import { merchantUrl, requests, sandboxUrl } from "../support/env.ts";

const cyclic: Record<string, unknown> = { product: "shirt" };
cyclic.line = { of: cyclic };

class Cart {
  readonly #lines = ["shirt"];
  get lines(): readonly string[] {
    return this.#lines;
  }
}

const form = (): FormData => {
  const data = new FormData();
  data.append("product", "shirt");
  return data;
};

/** By what the message must say of them. */
const notJson: readonly (readonly [name: string, found: string, payload: unknown])[] = [
  ["a FormData", "payload is of type FormData", form()],
  ["a Map", "payload is of type Map", new Map([["product", "shirt"]])],
  ["a Set", "payload is of type Set", new Set(["shirt"])],
  ["a URLSearchParams", "payload is of type URLSearchParams", new URLSearchParams({ product: "shirt" })],
  ["a file", "payload is of type File", new File(["shirt"], "cart.txt")],
  ["an element", "payload is of type HTMLFormElement", document.createElement("form")],
  ["the event of a handler", "payload is of type Event", new Event("submit")],
  ["a promise", "payload is of type Promise", Promise.resolve({ product: "shirt" })],
  ["an error", "payload is of type Error", new Error("no cart")],
  ["a class with private fields only", "payload is of type Cart", new Cart()],
  ["a function", "payload is of type function", () => ({ product: "shirt" })],
  ["a symbol", "payload is of type symbol", Symbol("shirt")],
  ["NaN", "payload is NaN", NaN],
  ["Infinity", "payload is Infinity", Infinity],
  ["a BigInt", "payload is of type bigint", 1n],
  ["a cycle", "payload.line.of is a part of itself", cyclic],
  ["NaN in a field", "payload.lines[1].quantity is NaN", { lines: [{}, { quantity: Number("two") }] }],
  ["a Map in a list", "payload[0] is of type Map", [new Map()]],
  ["a function in a field", "payload.product is of type function", { product: () => "shirt" }],
  ["a hole in a list", "payload[1] is undefined", ["shirt", undefined]],
  ["a date that is invalid", "payload.day is an invalid Date", { day: new Date("soon") }],
  [
    "a getter that throws",
    "no cart",
    Object.defineProperty({}, "a", {
      enumerable: true,
      get: () => {
        throw new Error("no cart");
      },
    }),
  ],
  ["an object as a template writes it", 'payload="[object Object]"', "[object Object]"],
  ["JSON text that is cut off", `payload="{"product":"`, '{"product":"'],
];

const json: readonly (readonly [name: string, payload: unknown, body: string])[] = [
  ["nothing", undefined, "{}"],
  ["null", null, "{}"],
  ["a text", "shirt", '"shirt"'],
  ["a number", 0, "0"],
  ["false", false, "false"],
  ["an empty object", {}, "{}"],
  ["an object without prototype", Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
  [
    "a field that is undefined, which is absent",
    { product: "shirt", note: undefined },
    '{"product":"shirt"}',
  ],
  ["a date", { day: new Date(0) }, '{"day":"1970-01-01T00:00:00.000Z"}'],
  [
    "a class with fields",
    new (class Line {
      quantity = 2;
    })(),
    '{"quantity":2}',
  ],
  ["the same object twice", ((line) => [line, line])({ a: 1 }), '[{"a":1},{"a":1}]'],
  ["a field called __proto__", JSON.parse('{"__proto__":{"a":1}}'), '{"__proto__":{"a":1}}'],
  ["JSON text of an object", '{"product":"shirt","quantity":3}', '{"product":"shirt","quantity":3}'],
  ["JSON text of a list", ' ["shirt"]', '["shirt"]'],
  ["a text that only looks like a number", "3", '"3"'],
];

describe("payload", () => {
  const { error } = console;
  beforeEach(() => {
    console.error = () => {};
  });
  afterEach(async () => {
    console.error = error;
    await clear();
  });

  for (const [name, found, payload] of notJson) {
    it(`${name} is invalid-payload: the message says what was found, and nothing is sent`, async () => {
      const endpoint = merchantUrl();
      const element = mount({ endpoint, checkoutUrl: sandboxUrl(), payload });
      await reached(element, "error", "ready");
      expect(element.error?.code).to.equal("invalid-payload");
      expect(element.error!.message).to.contain(found);
      expect(await requests(endpoint)).to.deep.equal([]);
    });
  }

  for (const [name, payload, body] of json) {
    it(`${name} is sent as ${body}`, async () => {
      const endpoint = merchantUrl("session", { status: 409, message: "Sold out." });
      const element = mount({ endpoint, checkoutUrl: sandboxUrl(), payload });
      await reached(element, "error");
      expect(element.error?.code).to.equal("endpoint-refused");
      expect((await requests(endpoint)).map((request) => request.body)).to.deep.equal([body]);
    });
  }

  it("an object of another realm is sent", async () => {
    const frame = document.body.appendChild(document.createElement("iframe"));
    const foreign = (frame.contentWindow as unknown as { JSON: JSON }).JSON.parse('{"lines":[{}]}') as object;
    const endpoint = merchantUrl("session", { status: 409, message: "Sold out." });
    const element = mount({ endpoint, checkoutUrl: sandboxUrl(), payload: foreign });
    await reached(element, "error");
    expect((await requests(endpoint)).map((request) => request.body)).to.deep.equal(['{"lines":[{}]}']);
  });

  it("fetchSession gets what JSON text stands for, and is not called with what is no JSON", async () => {
    const received: unknown[] = [];
    const fetchSession = async ({ payload }: { payload: unknown }): Promise<string> => {
      received.push(payload);
      throw new Error("sold out");
    };
    const element = mount({ fetchSession, checkoutUrl: sandboxUrl(), payload: '{"quantity":2}' });
    await reached(element, "error");
    element.payload = new Map();
    element.restart();
    await nextEvent(element, "dintero-error");
    expect(element.error!.code).to.equal("invalid-payload");
    expect(received).to.deep.equal([{ quantity: 2 }]);
  });

  it("updateSession() rejects with invalid-payload and sends no PUT; the checkout goes on", async () => {
    const endpoint = merchantUrl();
    const { element, page } = await mountReady({ endpoint });
    element.payload = { lines: new Map() };
    const update = rejection(element.updateSession());
    void page.receives({ type: "LockSession" }).then(() => page.send({ type: "SessionLocked" }));
    void page
      .receives({ type: "RefreshSession" })
      .then(() => page.send({ type: "SessionUpdated", session: { order: { amount: 1, currency: "NOK" } } }));
    expect((await update).code).to.equal("invalid-payload");
    expect(await requests(endpoint)).to.deep.equal([]);
    expect(element.state).to.equal("ready");
  });

  for (const [source, correct] of [
    ["property", (element: HTMLElement & { payload: unknown }) => (element.payload = { ok: true })],
    ["attribute", (element: HTMLElement) => element.setAttribute("payload", '{"ok":true}')],
  ] as const) {
    it(`the ${source} set to something valid ends the error, and the checkout starts`, async () => {
      const endpoint = merchantUrl();
      const element = mountTag({ endpoint, payload: "oops", "checkout-url": sandboxUrl() });
      await reached(element, "error");
      correct(element);
      await reached(element, "ready");
      expect(element.error).to.equal(null);
      expect((await requests(endpoint)).map(({ body }) => body)).to.deep.equal(['{"ok":true}']);
    });
  }

  it("with trigger=click the button comes back, and its click starts", async () => {
    const endpoint = merchantUrl();
    const element = mountTag({ endpoint, payload: "oops", trigger: "click", "checkout-url": sandboxUrl() });
    element.start();
    await reached(element, "error");
    element.payload = { ok: true };
    await reached(element, "idle");
    expect(await requests(endpoint)).to.deep.equal([]);
    panelButton(element)!.click();
    await reached(element, "ready");
  });

  it("with trigger=manual it waits for start()", async () => {
    const endpoint = merchantUrl();
    const element = mountTag({ endpoint, payload: "oops", trigger: "manual", "checkout-url": sandboxUrl() });
    element.start();
    await reached(element, "error");
    element.payload = { ok: true };
    await reached(element, "idle");
    expect(await requests(endpoint)).to.deep.equal([]);
  });

  it("set to something that is no JSON either, the error stays", async () => {
    const endpoint = merchantUrl();
    const element = mountTag({ endpoint, payload: "oops", "checkout-url": sandboxUrl() });
    await reached(element, "error");
    element.payload = form();
    await element.updateComplete;
    expect(element.state).to.equal("error");
    expect(await requests(endpoint)).to.deep.equal([]);
  });
});
