import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { DinteroCheckout, DinteroReturn } from "../../src/react/index.ts";

test("a server renders the tag with its attributes, its slots and defer-hydration", () => {
  const html = renderToString(
    createElement(
      DinteroCheckout,
      {
        endpoint: "/api/checkout",
        mode: "embed",
        timeout: 5000,
        validateSession: true,
        addressCallback: false,
        language: undefined,
        payload: { product: "mug" },
        className: "wide",
        onPayment: () => {},
        onError: () => {},
      },
      createElement("p", { slot: "loading" }, "Wait"),
    ),
  );
  expect(html).toBe(
    '<dintero-checkout class="wide" defer-hydration="" endpoint="/api/checkout" mode="embed" validate-session="" ' +
      'timeout="5000" payload="{&quot;product&quot;:&quot;mug&quot;}"><p slot="loading">Wait</p></dintero-checkout>',
  );
});

test("a server renders <dintero-return> alike", () => {
  expect(renderToString(createElement(DinteroReturn, { endpoint: "/status", retryHref: "/cart" }))).toBe(
    '<dintero-return defer-hydration="" endpoint="/status" retry-href="/cart"></dintero-return>',
  );
});

test("a payload that is no JSON is left to the element", () => {
  const html = renderToString(createElement(DinteroCheckout, { payload: { amount: 1n } }));
  expect(html).toBe('<dintero-checkout defer-hydration=""></dintero-checkout>');
});
