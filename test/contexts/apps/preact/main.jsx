/** @jsxImportSource preact */
import "dintero-checkout-element";
import { render } from "preact";

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

const place = document.querySelector("#app");
render(<App />, place);
context.unmount = () => render(null, place);
