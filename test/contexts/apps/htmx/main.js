import "dintero-checkout-element";
import "htmx.org";

const { context } = window;

document.addEventListener("htmx:afterSwap", () => {
  const tag = document.querySelector("dintero-checkout");
  if (!tag) return;
  tag.payload = context.payload;
  tag.start();
});
context.unmount = () => document.querySelector("#leave").click();
