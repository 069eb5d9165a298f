// The quickstart's order: a blue T-shirt, 299.90 NOK.

export const item = {
  id: "item-1",
  line_id: "1",
  description: "Blue T-Shirt",
  quantity: 1,
  amount: 29990,
  vat_amount: 5998,
  vat: 25,
};

export const order = {
  amount: 29990,
  currency: "NOK",
  merchant_reference: "order-001",
  vat_amount: 5998,
  items: [item],
};

/** The body that creates its session. */
export const session = { url: { return_url: "https://shop.example/thanks" }, order, profile_id: "default" };
