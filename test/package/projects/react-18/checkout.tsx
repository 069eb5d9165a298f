import type {} from "dintero-checkout-element/types/react-18";
import { useEffect, useRef } from "react";
import type { DinteroCheckout } from "dintero-checkout-element";
import { DinteroCheckout as Component } from "dintero-checkout-element/react";

export function Checkout() {
  const ref = useRef<DinteroCheckout>(null);
  useEffect(() => {
    const checkout = ref.current;
    if (!checkout) return;
    checkout.payload = { cart: 1 };
    const abort = new AbortController();
    checkout.addEventListener("dintero-payment", (event) => console.log(event.transactionId), {
      signal: abort.signal,
    });
    return () => abort.abort();
  }, []);
  return (
    <dintero-checkout
      ref={ref}
      endpoint="/api/checkout"
      session-id="T12345678.abc"
      mode="embed"
      validate-session=""
    />
  );
}

export const Same = () => (
  <Component
    endpoint="/api/checkout"
    payload={{ cart: 1 }}
    onPayment={({ transactionId }) => console.log(transactionId)}
  />
);

export const wrong = [
  // @ts-expect-error there is no such mode
  <dintero-checkout key="1" mode="sideways" />,
  // @ts-expect-error React 18 does not set properties
  <dintero-checkout key="2" payload={{}} />,
  // @ts-expect-error React 18 writes it as `classname`
  <dintero-checkout key="3" className="pay" />,
];
