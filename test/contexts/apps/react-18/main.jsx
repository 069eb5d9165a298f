/** @jsxImportSource react */
// React 18 writes attributes only: an object and a listener go through a ref.
import "dintero-checkout-element";
import { StrictMode, useLayoutEffect, useRef } from "react";
import { createRoot } from "react-dom/client";

const { context } = window;

function App() {
  const pay = useRef(null);
  useLayoutEffect(() => {
    const tag = pay.current;
    tag.payload = context.payload;
    tag.addEventListener("dintero-payment", context.paid);
    return () => tag.removeEventListener("dintero-payment", context.paid);
  }, []);
  return (
    <>
      <dintero-checkout
        ref={pay}
        class="pay"
        endpoint="/api/checkout"
        checkout-url={context.checkoutUrl}
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
        checkoutUrl={context.checkoutUrl}
        messages={context.texts}
        payload={[1, 2]}
        fetchSession={context.fetchSession}
        ondintero-state={context.recordState}
      >
        <p slot="loading">…</p>
      </dintero-checkout>
    </>
  );
}

const root = createRoot(document.querySelector("#app"));
root.render(
  <StrictMode>
    <App />
  </StrictMode>,
);
context.unmount = () => root.unmount();
