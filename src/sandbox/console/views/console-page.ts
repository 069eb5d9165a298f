import { html, type TemplateResult } from "lit";
import { control } from "../control.ts";
import type { Console, Store } from "../store.ts";
import { deliveryList } from "./deliveries.ts";
import { detail } from "./detail.ts";
import { log } from "./log.ts";
import { sessionList } from "./sessions.ts";
import { faultPanel } from "./faults.ts";

/** The whole console. */
export function consolePage(store: Store, state: Console): TemplateResult {
  const selected = state.sessions.find(({ session }) => session.id === state.selected);
  return html`
    <header class="top">
      <h1><span class="logo" aria-hidden="true"></span> Sandbox</h1>
      <dl class="facts">
        <div>
          <dt>Account</dt>
          <dd>${state.info?.account ?? "…"}</dd>
        </div>
        <div>
          <dt>Sessions</dt>
          <dd>${state.info ? `${state.info.sessions} of ${state.info.keeps}` : "…"}</dd>
        </div>
        <div>
          <dt>Tokens</dt>
          <dd>${tokens(state)}</dd>
        </div>
      </dl>
      <p class=${state.connected ? "live" : "live lost"} role="status">
        ${state.connected ? "Live" : "The sandbox is not responding"}
      </p>
      <div class="row">
        <button @click=${() => void store.run(() => control.expireTokens())}>Expire tokens</button>
        <button class="strong" @click=${() => void create(store)}>New session</button>
      </div>
    </header>
    <div class="problem" role="alert">${state.problem}</div>
    <main>
      ${sessionList(store, state)}
      <div class="middle">${selected ? detail(store, state, selected) : nothingSelected(store, state)}</div>
      <div class="side">${faultPanel(store, state)} ${log(state)}</div>
    </main>
  `;
}

function nothingSelected(store: Store, state: Console): TemplateResult {
  return html`
    <section class="card welcome">
      <h2>${state.sessions.length ? "Select a session" : "Waiting for the first session"}</h2>
      <p class="quiet">
        Point your shop’s <code>DINTERO_API_URL</code> and <code>DINTERO_CHECKOUT_URL</code> at
        <code>${location.origin}</code>, or create a session here. Everything that happens shows up as it
        happens.
      </p>
    </section>
    ${state.deliveries.length ? deliveryList(store, "Latest callbacks", state.deliveries.slice(0, 20)) : ""}
  `;
}

function tokens({ tokens }: Console): string {
  const last = tokens.at(-1);
  if (!last) return "none";
  const minutes = Math.round((Date.parse(last.expires_at) - Date.now()) / 60_000);
  return `${tokens.length}, newest for ${minutes} min`;
}

async function create(store: Store): Promise<void> {
  await store.run(async () => {
    const { session } = await control.create();
    location.hash = session.id;
  });
}
