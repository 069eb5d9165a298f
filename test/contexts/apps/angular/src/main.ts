import { Component, CUSTOM_ELEMENTS_SCHEMA, provideZonelessChangeDetection } from "@angular/core";
import { bootstrapApplication } from "@angular/platform-browser";
import "dintero-checkout-element";

const { context } = window as any;

@Component({
  selector: "app-root",
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <dintero-checkout
      class="pay"
      endpoint="/api/checkout"
      [attr.checkout-url]="context.checkoutUrl"
      language="nb"
      [payload]="context.payload"
      (dintero-payment)="context.paid($event)"
    />
    <dintero-checkout
      class="all"
      endpoint="/api/other"
      mode="embed"
      trigger="manual"
      [attr.timeout]="5000"
      [validateSession]="true"
      [addressCallback]="false"
      [checkoutUrl]="context.checkoutUrl"
      [messages]="context.texts"
      [payload]="list"
      [fetchSession]="context.fetchSession"
      (dintero-state)="context.recordState($event)"
    >
      <p slot="loading">…</p>
    </dintero-checkout>
  `,
})
class App {
  readonly context = context;
  readonly list = [1, 2];
}

const app = await bootstrapApplication(App, { providers: [provideZonelessChangeDetection()] });
context.unmount = () => app.destroy();
