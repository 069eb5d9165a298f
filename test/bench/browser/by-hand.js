// The same page by hand, with the SDK from npm.
import { embed } from "@dintero/checkout-web-sdk";

const container = document.getElementById("checkout");

function show(sid) {
  return embed({
    container,
    sid,
    endpoint: container.dataset.checkout,
    onSession() {
      window.loaded ??= performance.now();
    },
  });
}

if (container.dataset.sid) {
  show(container.dataset.sid);
} else {
  fetch("/api/checkout", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" })
    .then((response) => response.json())
    .then(({ id }) => show(id));
}
