import type { SessionRequest } from "../dintero/session.ts";

/** The session that `createOrder` creates by default. */
export const sampleSession: SessionRequest = {
  url: { return_url: "https://shop.example/thanks" },
  order: {
    amount: 29990,
    currency: "NOK",
    merchant_reference: "order-001",
    vat_amount: 5998,
    items: [
      {
        ...{ id: "item-1", line_id: "1", description: "Blue T-Shirt", quantity: 1 },
        ...{ amount: 29990, vat_amount: 5998, vat: 25 },
      },
    ],
  },
  profile_id: "default",
};
