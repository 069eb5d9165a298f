import { html, type TemplateResult } from "lit";
import type { GetText } from "../language.ts";
import { isLocked, type PageMessage, type State } from "../state.ts";
import type { ViewProps } from "./view-props.ts";

/** Two live regions that are always there, for problems and for progress. Each half of the page has them. */
export function liveRegions({ state, text }: ViewProps, area: State["area"]): TemplateResult {
  const problem = state.area === area ? messageText(state.problem, text) : "";
  const status = area === "payment" ? paymentStatus(state, text) : deliveryStatus(state, text);
  return html`
    <div class=${problem && "message problem"} role="alert">${problem}</div>
    <div class=${status && "message"} role="status">${status}</div>
  `;
}

function paymentStatus(state: State, text: GetText): string {
  if (state.busy === "address") return "";
  if (isLocked(state)) return text("locked");
  if (state.busy === "validating" || state.popOut === "validating") return text("checking");
  if (state.busy === "paying") return text("paying");
  return state.popOut === "open" ? text("windowOpen") : "";
}

function deliveryStatus(state: State, text: GetText): string {
  const asksShop = state.busy === "address" || state.busy === "discount";
  return asksShop ? text("savingAddress") : messageText(state.notice, text);
}

function messageText(message: PageMessage | null, text: GetText): string {
  if (!message) return "";
  return "key" in message ? text(message.key, message.values) : message.text;
}
