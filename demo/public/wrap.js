// @ts-check
// Gift wrap beside the open checkout: the session is locked, the order changed on the server, the session shown again.
// Without this script the form puts the wrap into the cart.
/** @typedef {import("dintero-checkout-element").DinteroCheckout} DinteroCheckout */

const checkout = /** @type {DinteroCheckout} */ (document.querySelector("dintero-checkout"));
const status = /** @type {HTMLElement} */ (document.querySelector("#wrap-status"));
const button = () => /** @type {HTMLButtonElement} */ (document.querySelector("#wrap button"));

/** Only a session that is shown and not being paid can be changed. */
const allow = () => {
  button().disabled = checkout.state !== "ready";
};

document.addEventListener("dintero-state", allow);
allow();

document.addEventListener("submit", async (event) => {
  if (!(event.target instanceof HTMLFormElement) || event.target.id !== "wrap") return;
  event.preventDefault();
  const wanted = new FormData(event.target).get("quantity") === "1";
  status.textContent = "Changing your order …";
  try {
    checkout.payload = { giftWrap: wanted };
    await checkout.updateSession();
    await redraw();
    status.textContent = wanted ? "We will wrap it nicely." : "It comes as it is.";
  } catch {
    status.textContent = "That did not work: your order is as it was.";
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
