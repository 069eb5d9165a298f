import "dintero-checkout-element";
import "@hotwired/turbo";

const { context } = window;

// the new page's tag is not upgraded yet
document.addEventListener("turbo:before-render", ({ detail }) => {
  const tag = detail.newBody.querySelector("dintero-checkout");
  if (tag) tag.payload = context.payload;
});
document.addEventListener("dintero-payment", context.paid);

context.unmount = () => document.querySelector("a").click();
addEventListener("turbo:load", () => document.querySelector("a[href='checkout.html']").click(), {
  once: true,
});
