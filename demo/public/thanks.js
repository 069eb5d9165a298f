// @ts-check
// The page was made when the shopper came back; when the payment's status changes, so has the order below.
document.addEventListener("dintero-result", async () => {
  const answer = await fetch(location.pathname);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#order");
  const shown = document.querySelector("#order");
  if (fresh && shown) shown.replaceWith(document.adoptNode(fresh));
});
