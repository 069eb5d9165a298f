/** Plays the browser's prerendering of this very page. */
export function prerender(): void {
  Object.defineProperty(document, "prerendering", { value: true, configurable: true });
}

/** The shopper arrives. */
export function visit(): void {
  endPrerendering();
  document.dispatchEvent(new Event("prerenderingchange"));
}

/** The page is an ordinary one again. */
export function endPrerendering(): void {
  Reflect.deleteProperty(document, "prerendering");
}

/** Resolves when everything has happened that an element would do at once, requests included. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve));
  await fetch("/support/env.json");
}
