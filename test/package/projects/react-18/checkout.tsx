import type {} from "dintero-checkout-element/types/react-18";
import { useEffect, useRef } from "react";
import type { DinteroCheckout } from "dintero-checkout-element";

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

export const wrong = [
  // @ts-expect-error there is no such mode
  <dintero-checkout key="1" mode="sideways" />,
  // @ts-expect-error React 18 does not set properties
  <dintero-checkout key="2" payload={{}} />,
];
