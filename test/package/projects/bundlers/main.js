import { DinteroCheckout, PaymentEvent } from "dintero-checkout-element";
import "dintero-checkout-element/return";

const checkout = document.querySelector("dintero-checkout");
console.assert(checkout instanceof DinteroCheckout && PaymentEvent);
