import type {} from "dintero-checkout-element/types/react";
import { useRef } from "react";
import type { DinteroCheckout as Element, PaymentEvent } from "dintero-checkout-element";
import { DinteroCheckout, DinteroReturn } from "dintero-checkout-element/react";

export function Tags() {
  const ref = useRef<Element>(null);
  return (
    <>
      <dintero-checkout
        ref={ref}
        class="pay"
        endpoint="/api/checkout"
        session-id="T12345678.abc"
        mode="embed"
        timeout="5000"
        validate-session
        payload={JSON.stringify({ cart: 1 })}
      >
        <p slot="loading">…</p>
      </dintero-checkout>
      <dintero-return endpoint="/api/checkout/status" />
    </>
  );
}

export function Components() {
  const ref = useRef<Element>(null);
  return (
    <>
      <DinteroCheckout
        ref={ref}
        className="pay"
        endpoint="/api/checkout"
        timeout={5000}
        validateSession
        language={undefined}
        payload={{ cart: 1 }}
        messages={{ pay: "Buy" }}
        onPayment={(event) => {
          const same: PaymentEvent = event;
          const id: string = event.transactionId;
          console.log(same, id);
        }}
        onError={({ error }) => console.log(error.code)}
        onValidateSession={(event) => event.respondWith(event.session.order.amount > 0)}
      >
        <p slot="loading">…</p>
      </DinteroCheckout>
      <DinteroReturn
        endpoint="/api/checkout/status"
        onResult={({ status }) => console.log(status === "paid")}
      />
    </>
  );
}

export const wrong = [
  // @ts-expect-error there is no such mode
  <dintero-checkout key="1" mode="sideways" />,
  // @ts-expect-error a number
  <dintero-checkout key="2" timeout="soon" />,
  // @ts-expect-error React drops objects while it hydrates
  <dintero-checkout key="3" payload={{ cart: 1 }} />,
  // @ts-expect-error and listeners
  <dintero-checkout key="4" ondintero-payment={() => {}} />,
  // @ts-expect-error React writes it as `classname`
  <dintero-checkout key="5" className="pay" />,
  // @ts-expect-error there is no such mode
  <DinteroCheckout key="6" mode="sideways" />,
  // @ts-expect-error no such message
  <DinteroCheckout key="7" messages={{ buy: "Buy" }} />,
  // @ts-expect-error no such field
  <DinteroCheckout key="8" onPayment={(event) => event.detail} />,
];
