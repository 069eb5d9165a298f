// @ts-check
// The page was rendered when the shopper returned; when the payment's status changes, the order below has changed too.
document.addEventListener("dintero-result", async () => {
  const answer = await fetch(location.pathname);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#order");
  const shown = document.querySelector("#order");
  if (fresh && shown) shown.replaceWith(document.adoptNode(fresh));
});
