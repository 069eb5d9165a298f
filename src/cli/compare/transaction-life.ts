import type { Step } from "./step.ts";

const read: Step["call"] = (_, { transactionId }) => ({
  method: "GET",
  path: `/transactions/${transactionId}?includes=session&includes=card.payment_token`,
});

const move = (operation: string, body?: unknown): Step["call"] => {
  return (_, { transactionId }) => ({
    method: "POST",
    path: `/transactions/${transactionId}/${operation}`,
    ...(body !== undefined && { body }),
  });
};

/** What happens to the money of a paid session: captured in parts, refunded, voided. */
export const transactionLife: readonly Step[] = [
  { name: "read the transaction", call: read },
  {
    name: "read the paid session",
    call: (_, { sessionId }) => ({ method: "GET", path: `/sessions/${sessionId}` }),
  },
  {
    name: "find the transaction by reference",
    call: (_, { reference }) => ({
      method: "GET",
      path: `/transactions?merchant_reference=${reference}&limit=1`,
    }),
  },
  {
    name: "write a second reference",
    call: (_, { transactionId }) => ({
      method: "PUT",
      path: `/transactions/${transactionId}`,
      body: { merchant_reference_2: "compare" },
    }),
  },
  { name: "capture without an amount", call: move("capture", {}) },
  {
    name: "capture a part",
    call: move("capture", {
      amount: 4000,
      capture_reference: "compare-1",
      items: [{ line_id: "1", amount: 4000 }],
    }),
  },
  { name: "read after the capture", call: read },
  { name: "capture too much", call: move("capture", { amount: 20_000 }) },
  {
    name: "refund a part",
    call: move("refund", { amount: 1000, refund_reference: "compare-1", reason: "compare" }),
  },
  { name: "refund too much", call: move("refund", { amount: 20_000 }) },
  { name: "void the rest", call: move("void") },
  { name: "read at the end", call: read },
  { name: "void again", call: move("void") },
];
