import "dintero-checkout-element";
import { render } from "solid-js/web";

const { context } = window;

function App() {
  return (
    <>
      <dintero-checkout
        class="pay"
        endpoint="/api/checkout"
        checkout-url={context.checkoutUrl}
        language="nb"
        prop:payload={context.payload}
        on:dintero-payment={context.paid}
      />
      <dintero-checkout
        class="all"
        endpoint="/api/other"
        mode="embed"
        trigger="manual"
        timeout={5000}
        bool:validate-session={true}
        bool:address-callback={false}
        prop:checkoutUrl={context.checkoutUrl}
        prop:messages={context.texts}
        prop:payload={[1, 2]}
        prop:fetchSession={context.fetchSession}
        on:dintero-state={context.recordState}
      >
        <p slot="loading">…</p>
      </dintero-checkout>
    </>
  );
}

context.unmount = render(() => <App />, document.querySelector("#app"));
