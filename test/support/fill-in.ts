import type { Frame, FrameLocator, Page } from "playwright-core";

/**
 * Fills the payment form in by its own button. On a busy machine the browser may still take a frame that has just grown
 * for as small as it was, and the click is lost: then it is made again, as a person would.
 */
export async function fillIn(where: Frame | FrameLocator | Page): Promise<void> {
  const first = where.locator(".details:has(#test-values) input").first();
  do await where.locator("#test-values").click();
  while ((await first.inputValue()) === "");
}
