import { action } from "storybook/actions";
import manifest from "../../custom-elements.json";

/** With an address, their default action would take the story to another page. */
const leaving = new Set(["dintero-payment", "dintero-payment-error", "dintero-cancel", "dintero-redirect"]);

/** Shows every event of our elements with its fields in the actions panel, and keeps the story where it is. */
export function watchEvents(): void {
  for (const { declarations } of manifest.modules) {
    for (const declaration of declarations) {
      if (!("events" in declaration)) continue;
      for (const { name } of declaration.events ?? []) document.addEventListener(name, watch);
    }
  }
}

function watch(event: Event): void {
  const hasNoAddress = "href" in event && event.href === null;
  if (leaving.has(event.type) && !hasNoAddress) event.preventDefault();
  action(event.type)(fields(event));
}

function fields(event: Event): Record<string, unknown> {
  const own: Record<string, unknown> = { ...event };
  delete own["isTrusted"];
  if (!(own["error"] instanceof Error)) return own;
  const { code, message, retryable, status } = own["error"] as Error & Record<string, unknown>;
  return { ...own, error: { code, message, retryable, status } };
}
