// @ts-check
// Gift wrap beside the open checkout: the payment is locked, the order changed on the server, the payment shown anew.
// Without this script the form puts the wrap into the cart.
/** @typedef {import("dintero-checkout-element").DinteroCheckout} DinteroCheckout */

const checkout = /** @type {DinteroCheckout} */ (document.querySelector("dintero-checkout"));
const said = /** @type {HTMLElement} */ (document.querySelector("#wrap-said"));
const button = () => /** @type {HTMLButtonElement} */ (document.querySelector("#wrap button"));

/** Only what is shown and not being paid can be changed. */
const allow = () => {
  button().disabled = checkout.state !== "ready";
};

document.addEventListener("dintero-state", allow);
allow();

document.addEventListener("submit", async (event) => {
  if (!(event.target instanceof HTMLFormElement) || event.target.id !== "wrap") return;
  event.preventDefault();
  const wanted = new FormData(event.target).get("quantity") === "1";
  said.textContent = "Changing your order …";
  try {
    checkout.payload = { giftWrap: wanted };
    await checkout.updateSession();
    await redraw();
    said.textContent = wanted ? "We will wrap it nicely." : "It comes as it is.";
  } catch {
    said.textContent = "That did not work: your order is as it was.";
  }
});

/** The order as the server knows it now. */
async function redraw() {
  const answer = await fetch(location.href);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of ["#ordered", ".count"]) {
    const [now, shown] = [fresh.querySelector(part), document.querySelector(part)];
    if (now && shown) shown.replaceWith(document.adoptNode(now));
  }
  allow();
  button().focus();
}
