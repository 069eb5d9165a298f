/** @jsxImportSource react */
import "dintero-checkout-element";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

const { context } = window;

function App() {
  return (
    <>
      <dintero-checkout
        class="pay"
        endpoint="/api/checkout"
        checkout-url={context.checkoutUrl}
        language="nb"
        payload={context.payload}
        ondintero-payment={context.paid}
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

const root = createRoot(document.querySelector("#app"), { onUncaughtError: context.complain });
root.render(
  <StrictMode>
    <App />
  </StrictMode>,
);
context.unmount = () => root.unmount();
