import type {} from "dintero-checkout-element/types/react";
import { useRef } from "react";
import type { DinteroCheckout, PaymentEvent } from "dintero-checkout-element";

export function Checkout() {
  const ref = useRef<DinteroCheckout>(null);
  return (
    <>
      <dintero-checkout
        ref={ref}
        className="pay"
        endpoint="/api/checkout"
        session-id="T12345678.abc"
        mode="embed"
        timeout="5000"
        validate-session
        payload={{ cart: 1 }}
        messages={{ pay: "Buy" }}
        ondintero-payment={(event) => {
          const same: PaymentEvent = event;
          const id: string = event.transactionId;
          console.log(same, id);
        }}
        ondintero-validate-session={(event) => event.respondWith(event.session.order.amount > 0)}
      >
        <p slot="loading">…</p>
      </dintero-checkout>
      <dintero-return
        endpoint="/api/checkout/status"
        ondintero-result={({ status }) => console.log(status === "paid")}
      />
    </>
  );
}

export const wrong = [
  // @ts-expect-error there is no such mode
  <dintero-checkout key="1" mode="sideways" />,
  // @ts-expect-error a number
  <dintero-checkout key="2" timeout="soon" />,
  // @ts-expect-error no such message
  <dintero-checkout key="3" messages={{ buy: "Buy" }} />,
  // @ts-expect-error no such field
  <dintero-checkout key="4" ondintero-payment={(event) => event.detail} />,
];
