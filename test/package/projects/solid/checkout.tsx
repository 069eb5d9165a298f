import type {} from "dintero-checkout-element/types/solid";
import type { PaymentEvent } from "dintero-checkout-element";

export const Checkout = () => (
  <dintero-checkout
    class="pay"
    endpoint="/api/checkout"
    mode="embed"
    payload={JSON.stringify({ cart: 1 })}
    on:dintero-payment={(event) => {
      const same: PaymentEvent = event;
      console.log(same.transactionId);
    }}
  />
);

export const wrong = [
  // @ts-expect-error there is no such mode
  <dintero-checkout mode="sideways" />,
  // @ts-expect-error no such field
  <dintero-checkout on:dintero-payment={(event) => event.detail} />,
];
