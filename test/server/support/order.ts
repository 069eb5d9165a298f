import type { SessionRequest } from "../../../src/server/index.ts";

/** The quickstart's order: a blue T-shirt, 299.90 NOK. */
export const tShirt: SessionRequest = {
  url: { return_url: "https://shop.example/thanks", callback_url: "https://shop.example/dintero/callback" },
  order: {
    amount: 29990,
    currency: "NOK",
    merchant_reference: "order-001",
    vat_amount: 5998,
    items: [
      {
        id: "item-1",
        line_id: "1",
        description: "Blue T-Shirt",
        quantity: 1,
        amount: 29990,
        vat_amount: 5998,
        vat: 25,
      },
    ],
  },
  profile_id: "default",
};
