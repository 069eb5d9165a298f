/** @jsxImportSource react */
import { useEffect, useRef } from "react";

// React sets neither objects nor listeners on a tag that the server rendered: both go through a ref, also before the
// tag is upgraded.
export function App({ checkoutUrl, payload, paid, texts, fetchSession, recordState }) {
  const ref = useRef(null);
  useEffect(() => {
    const tag = ref.current;
    tag.payload = payload;
    tag.addEventListener("dintero-payment", paid);
    return () => tag.removeEventListener("dintero-payment", paid);
  }, [payload, paid]);
  return (
    <>
      <dintero-checkout
        ref={ref}
        class="pay"
        endpoint="/api/checkout"
        checkout-url={checkoutUrl}
        language="nb"
      />
      <dintero-checkout
        class="all"
        endpoint="/api/other"
        mode="embed"
        trigger="manual"
        timeout={5000}
        validate-session={true}
        address-callback={false}
        checkoutUrl={checkoutUrl}
        messages={texts}
        payload={[1, 2]}
        fetchSession={fetchSession}
        ondintero-state={recordState}
      >
        <p slot="loading">…</p>
      </dintero-checkout>
    </>
  );
}
