// The static hosted page stands beside us, wherever this Storybook was put.
const checkout = document.querySelector("dintero-checkout");
checkout.checkoutUrl = new URL("../sandbox", location.href).href;
checkout.addEventListener("dintero-payment", (event) => event.preventDefault());
checkout.addEventListener("dintero-cancel", (event) => event.preventDefault());
checkout.addEventListener("dintero-payment-error", (event) => event.preventDefault());
checkout.start();
