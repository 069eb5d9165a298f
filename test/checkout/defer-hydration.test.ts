// A page rendered on a server: its framework sets properties and listeners after the tag is there.
import { expect } from "@open-wc/testing";
import "../../src/index.ts";
import "../../src/return.ts";
import type { DinteroCheckout } from "../../src/index.ts";
import type { DinteroReturn } from "../../src/return.ts";

/** Adds the markup; the elements are removed after the test. */
function add<E extends HTMLElement>(markup: string): E {
  const box = document.createElement("div");
  box.innerHTML = markup;
  document.body.append(box);
  return box.firstElementChild as E;
}

afterEach(() => document.querySelectorAll("body > div").forEach((box) => box.remove()));

it("starts nothing before defer-hydration goes, start() included, and reserves the frame's height", async () => {
  const element = add<DinteroCheckout>("<dintero-checkout defer-hydration></dintero-checkout>");
  const events: string[] = [];
  element.addEventListener("dintero-state", ({ type }) => events.push(type));
  await element.updateComplete;
  element.start();
  element.setAttribute("endpoint", "/checkout");
  await element.updateComplete;
  expect(element.state).to.equal("idle");
  expect(events).to.deep.equal([]);
  expect(element.offsetHeight).to.be.above(300);
});

it("starts with the properties that were set while it had defer-hydration", async () => {
  const element = add<DinteroCheckout>(
    '<dintero-checkout endpoint="/checkout" defer-hydration></dintero-checkout>',
  );
  await element.updateComplete;
  const requested = new Promise<unknown>((resolve) => {
    element.fetchSession = ({ payload }) => {
      resolve(payload);
      return new Promise<string>(() => {});
    };
  });
  element.payload = { product: "mug" };
  element.removeAttribute("defer-hydration");
  expect(await requested).to.deep.equal({ product: "mug" });
});

it("a result is not dispatched before defer-hydration goes", async () => {
  const element = add<DinteroReturn>("<dintero-return defer-hydration></dintero-return>");
  await element.updateComplete;
  await element.updateComplete;
  expect(element.result).to.equal(null);
  const result = new Promise<string>((resolve) => {
    element.addEventListener("dintero-result", ({ status }) => resolve(status));
  });
  element.removeAttribute("defer-hydration");
  expect(await result).to.equal("pending");
});

for (const name of ["validate-session", "address-callback"] as const) {
  it(`${name}="false" is false`, () => {
    const property = name === "validate-session" ? "validateSession" : "addressCallback";
    const element = document.createElement("dintero-checkout");
    element.setAttribute(name, "false");
    expect(element[property]).to.equal(false);
    element.setAttribute(name, "");
    expect(element[property]).to.equal(true);
    element.removeAttribute(name);
    expect(element[property]).to.equal(false);
  });
}
