import { html, type TemplateResult } from "lit";
import type { Summary } from "../control.ts";

/** The state of a session: its transaction's status, or how it ended without one. */
export function statusOf({ session, transaction, outcome, expired }: Summary): string {
  if (transaction) return transaction.status;
  if (outcome?.type === "SessionCancel") return "CANCELLED";
  if (outcome) return "FAILED";
  if (expired) return "EXPIRED";
  return session.pay_lock ? "LOCKED" : "OPEN";
}

const good = new Set(["AUTHORIZED", "CAPTURED", "delivered"]);
const bad = new Set(["DECLINED", "FAILED", "refused", "given-up", "held-back"]);
const open = new Set(["OPEN", "ON_HOLD", "LOCKED", "waiting", "PARTIALLY_CAPTURED"]);

export function pill(status: string): TemplateResult {
  const look = good.has(status) ? "good" : bad.has(status) ? "bad" : open.has(status) ? "open" : "";
  return html`<span class=${`pill ${look}`}>${status.replaceAll(/[_-]/g, " ").toLowerCase()}</span>`;
}

export function clock(time: string | undefined): string {
  if (time === undefined) return "";
  return new Date(time).toLocaleTimeString("en-GB");
}
