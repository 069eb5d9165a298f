import type { SessionRequest } from "../../src/server/index.ts";
import { tShirt } from "../server/support/order.ts";

export const shipping = { id: "post", line_id: "post", title: "Post", operator: "" };
const [item] = tShirt.order.items!;
const order = (change: object): SessionRequest => ({ ...tShirt, order: { ...tShirt.order, ...change } });
const items = (...list: object[]) =>
  order({ items: list.map((one, index) => ({ ...item, line_id: `${index}`, ...one })) });

/** Sessions that Dintero would refuse or misread, with the beginning of the message. */
export const refusedSessions: readonly (readonly [RegExp, unknown])[] = [
  [/^url is required/, undefined],
  [/^url is required/, { ...tShirt, url: undefined }],
  [/^url\.return_url is required/, { ...tShirt, url: {} }],
  [/^url\.return_url must be a whole url/, { ...tShirt, url: { return_url: "/thanks" } }],
  [/^profile_id must not be empty/, { ...tShirt, profile_id: "" }],
  [/^order is required/, { ...tShirt, order: undefined }],
  [/^order\.currency is required/, order({ currency: undefined })],
  [/^order\.currency must be a code/, order({ currency: "kr" })],
  [/^order\.merchant_reference is required/, order({ merchant_reference: undefined })],
  [/^order\.amount must be an integer in minor units \(299\.90 is 29990\)/, order({ amount: 299.9 })],
  [/^order\.amount must be an integer/, order({ amount: "29990" })],
  [/^order\.amount is required/, order({ amount: undefined })],
  [/^order\.amount is required/, order({ amount: null })],
  [/^order\.amount must be an integer/, order({ amount: Number.NaN })],
  [/^order\.amount must be an integer/, order({ amount: 2 ** 60 })],
  [/^order\.amount must be an integer/, order({ amount: 29990n })],
  [/^order\.amount must be at least 0/, order({ amount: -1, items: undefined })],
  [/^order\.vat_amount must be an integer in minor units \(299\.90 is 29990\)/, order({ vat_amount: 59.98 })],
  [/^order\.items\[0\] must be an object/, order({ items: [null] })],
  [/^order\.items must be a list/, order({ items: { shirt: item } })],
  [/^order\.items must be a list/, order({ items: "shirt" })],
  [
    /^order\.items\[1\]\.amount must be an integer in minor units \(299\.90 is 29990\)/,
    items({}, { amount: 0.5 }),
  ],
  [/^order\.amount must be at most 2147483647/, order({ amount: 2 ** 31, items: undefined })],
  [/^order\.items\[0\]\.discount_lines must be a list/, items({ discount_lines: {} })],
  [/^express must be an object/, { ...tShirt, express: "yes" }],
  [/^express\.shipping_options is required/, { ...tShirt, express: {} }],
  [
    /^order\.vat_amount must/,
    { ...tShirt, order: Object.assign(Object.create(null), tShirt.order, { vat_amount: 0.5 }) },
  ],
  [/^order\.items\[0\]\.vat_amount must/, items({ vat_amount: 59.98 })],
  [/^order\.items\[0\]\.gross_amount must/, items({ gross_amount: 59.98 })],
  [/^order\.items\[0\]\.vat must be a percentage: 25, not 0\.25/, items({ vat: 0.25 })],
  [/^order\.items\[0\]\.vat must be a percentage/, items({ vat: -1 })],
  [/^order\.items\[0\]\.vat must be a percentage/, items({ vat: 101 })],
  [/^order\.items\[0\]\.discount_lines\[0\]\.amount must/, items({ discount_lines: [{ amount: 1.5 }] })],
  [/^order\.items\[1\]\.line_id is used twice/, items({ line_id: "1" }, { line_id: "1" })],
  [/^order\.amount must be 59980, the sum of its parts/, items({}, {})],
  [/^order\.amount must be 34890, the sum/, order({ shipping_option: { ...shipping, amount: 4900 } })],
  [/^order\.shipping_option\.amount must/, order({ shipping_option: { ...shipping, amount: 49.5 } })],
  [/^order\.shipping_option\.id is required/, order({ shipping_option: {} })],
  [
    /^order\.shipping_option\.vat must/,
    order({ amount: 34890, shipping_option: { ...shipping, amount: 4900, vat: 0.25 } }),
  ],
  [
    /^express\.shipping_options\[0\]\.amount must/,
    { ...tShirt, express: { shipping_options: [{ ...shipping, amount: 4.9 }] } },
  ],
  [
    /^express\.shipping_options\[1\]\.line_id is used twice/,
    {
      ...tShirt,
      express: {
        shipping_options: [
          { ...shipping, amount: 1, line_id: "a" },
          { ...shipping, amount: 2, line_id: "a" },
        ],
      },
    },
  ],
  [
    /^order\.amount must be an integer in minor units \(299\.90 is 29990\), not a string/,
    order({ amount: "29990" }),
  ],
  [
    /^order\.amount must be 59980, the sum of its parts; the line's amount includes its quantity/,
    order({ amount: 59980 * 2, items: [{ ...item, amount: 59980, quantity: 2 }] }),
  ],
  [
    /^order\.items must be a list of at most 100/,
    order({ amount: 101, items: Array.from({ length: 101 }, () => ({ amount: 1 })) }),
  ],
  [/^customer\.phone_number must be a phone number/, { ...tShirt, customer: { phone_number: "" } }],
  [
    /^order\.billing_address\.phone_number must be a phone number/,
    order({ billing_address: { phone_number: "1234" } }),
  ],
  [
    /^customer\.phone_number must be a phone number/,
    { ...tShirt, customer: { phone_number: "+47 9000-0000" } },
  ],
  [/^metadata\.cart must be a text or a number/, { ...tShirt, metadata: { cart: { id: 1 } } }],
  [/^order\.items\[0\]\.amount must be at most/, items({ amount: 2 ** 31 })],
  [
    /^url\.callback_url must be an http or https address/,
    { ...tShirt, url: { ...tShirt.url, callback_url: "ftp://shop.example/" } },
  ],
  [
    /^configuration\.active_payment_types must be an object/,
    { ...tShirt, configuration: { active_payment_types: ["vipps"] } },
  ],
  [/^checkboxes\[0\]\.label is required/, { ...tShirt, checkboxes: [{ id: "terms" }] }],
];

/** Sessions that Dintero takes. */
export const acceptedSessions: readonly (readonly [string, SessionRequest])[] = [
  ["the quickstart's order", tShirt],
  ["an order without items", order({ items: undefined })],
  ["a free order", order({ amount: 0, items: undefined })],
  ["a discount as a negative line", items({}, { amount: -5000, vat_amount: -1000 }, { amount: 5000 })],
  ["a gift card that does not add up", order({ amount: 1000, gift_cards: [{ card: "x" }] })],
  ["a partial payment", order({ amount: 1000, partial_payment: true })],
  [
    "a shipping option in the sum",
    order({ amount: 34890, shipping_option: { ...shipping, amount: 4900, vat: 25 } }),
  ],
  ["a decimal quantity", items({ quantity: 0.35 })],
  [
    "VAT of 0, 1 and 15.5 %",
    items({ vat: 0, amount: 29988 }, { vat: 1, amount: 1 }, { vat: 15.5, amount: 1 }),
  ],
  [
    "fields of the merchant's own",
    { ...order({ metadata: { amount: 1.5, vat: 0.25 } }), metadata: { amount: 0.5 } },
  ],
  ["items with only an amount", order({ items: [{ amount: 29990 }] })],
  ["an item without an amount, whose order cannot be summed", items({ amount: undefined })],
  ["no lines but an empty list", order({ amount: 0, items: [] })],
  ["discount lines without an amount", items({ discount_lines: [{ percentage: 10 }, { line_id: 1 }] })],
  ["two discount lines of one number", items({ discount_lines: [{ line_id: 1 }, { line_id: 1 }] })],
  ["gift cards of the customer", { ...order({ amount: 1000 }), customer: { gift_cards: [{ card: "x" }] } }],
  [
    "several shipments, whose items have no amount",
    order({
      amount: 34890,
      shipping_option: {
        ...shipping,
        amount: 4900,
        shipments: [
          { shipment_items: [{ line_id: "1" }] },
          { shipment_items: [{ line_id: "1", quantity: 2 }] },
        ],
      },
    }),
  ],
  ["fields that are undefined", order({ vat_amount: undefined, shipping_option: undefined })],
  ["an app's return url", { ...tShirt, url: { return_url: "shop-app://thanks" } }],
  [
    "null for what is left out",
    {
      ...order({ shipping_option: null, items: null, billing_address: null }),
      express: null,
      customer: { email: null, phone_number: null },
    } as never,
  ],
  ["a phone number with spaces", { ...tShirt, customer: { phone_number: "+47 40 00 00 00" } }],
  ["a store without a name", order({ store: { id: "" } })],
  ["a hundred items", order({ amount: 100, items: Array.from({ length: 100 }, () => ({ amount: 1 })) })],
  [
    "payment types by name and wildcard",
    { ...tShirt, configuration: { active_payment_types: { "payex.*": { enabled: false } } } } as never,
  ],
];
