import { html, type TemplateResult } from "lit";
import type { LogEntry } from "../control.ts";
import type { Console } from "../store.ts";
import { clock } from "./format.ts";

/** The log, newest first. */
export function log({ log }: Console): TemplateResult {
  return html`
    <section class="card" aria-labelledby="log-title">
      <h2 id="log-title">Log</h2>
      <div class="log" role="log" tabindex="0" aria-labelledby="log-title">
        <ol>
          ${log.map(line)}
        </ol>
      </div>
    </section>
  `;
}

function line({ at, kind, text, session }: LogEntry): TemplateResult {
  return html`<li class=${kind}>
    <time class="quiet" datetime=${at}>${clock(at)}</time>
    <span class="kind">${kind}</span>
    <span class="text">
      ${text} ${session ? html`<a href=${`#${session}`} class="id">…${session.slice(-6)}</a>` : ""}
    </span>
  </li>`;
}
