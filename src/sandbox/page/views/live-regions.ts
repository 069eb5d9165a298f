import { html, type TemplateResult } from "lit";
import type { Say } from "../language.ts";
import { isLocked, type State, type Words } from "../state.ts";
import type { Scene } from "./page.ts";

/** Two live regions that are always there: what went wrong, and what goes on. Each half of the page has them. */
export function messages({ state, say }: Scene, about: State["about"]): TemplateResult {
  const problem = state.about === about ? words(state.problem, say) : "";
  const news = about === "payment" ? going(state, say) : asking(state, say);
  return html`
    <div class=${problem && "message problem"} role="alert">${problem}</div>
    <div class=${news && "message"} role="status">${news}</div>
  `;
}

function going(state: State, say: Say): string {
  if (isLocked(state)) return say("locked");
  if (state.busy === "validating" || state.popOut === "validating") return say("checking");
  if (state.busy === "paying") return say("paying");
  return state.popOut === "open" ? say("windowOpen") : "";
}

function asking(state: State, say: Say): string {
  return state.busy === "address" || state.busy === "discount"
    ? say("savingAddress")
    : words(state.news, say);
}

function words(what: Words | null, say: Say): string {
  if (!what) return "";
  return "key" in what ? say(what.key, what.values) : what.words;
}
