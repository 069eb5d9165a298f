import "./messages/checkout/index.ts";
import "./dintero-checkout.styles.ts";
import "./define.ts";
