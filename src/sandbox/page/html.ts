import type { HostedPageParams, ResultPageParams } from "../page-api.ts";

/** The hosted page as a whole document. */
export function hostedPage(params: HostedPageParams): string {
  return `<!doctype html><html lang="${params.language === "no" ? "no" : "en"}"><title>Checkout</title><p>Sandbox</p></html>`;
}

/** What the frame shows after an outcome, while the merchant's page goes on. */
export function resultPage(params: ResultPageParams): string {
  return `<!doctype html><title>Checkout</title><p>${params.error ? "Not paid" : "Thank you"}</p>`;
}
