import "@lit-labs/ssr-client/lit-element-hydrate-support.js";

const { context } = window;
const tag = document.querySelector("dintero-checkout");

// what the server rendered is there before any script of ours, and nothing moves when the tag hydrates it
const height = tag.offsetHeight;
if (!(height > 100)) context.complain(`the server's first frame is ${height} px high`);
// its live region is empty, so that later text is announced
const live = tag.shadowRoot.querySelector("[role=status]");
if (live.textContent.trim()) context.complain(`the server's live region has "${live.textContent}"`);
const announced = new Promise((resolve) => {
  const listen = () => live.textContent.trim() && resolve(live.textContent.trim());
  new MutationObserver(listen).observe(live, { childList: true, characterData: true, subtree: true });
});
const stage = tag.shadowRoot?.querySelector(".stage");
tag.payload = context.payload;
tag.addEventListener("dintero-payment", context.paid);
context.unmount = () => tag.remove();

await import("dintero-checkout-element");
await tag.updateComplete;
if (tag.offsetHeight !== height) context.complain(`${height} px became ${tag.offsetHeight} px`);
if (tag.shadowRoot.querySelector(".stage") !== stage) context.complain("the server's markup was thrown away");
if (!(await announced).startsWith("Laster")) context.complain(`the live region has "${await announced}"`);
