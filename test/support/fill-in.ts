import type { Frame, FrameLocator, Page } from "playwright";

/**
 * Fills in the payment form with its own button. On a busy machine the browser may still use the former size of a frame
 * that has just grown, and the click is lost: then it clicks again, as a person would.
 */
export async function fillIn(where: Frame | FrameLocator | Page): Promise<void> {
  const first = where.locator(".details:has(#test-values) input").first();
  do await where.locator("#test-values").click();
  while ((await first.inputValue()) === "");
}
