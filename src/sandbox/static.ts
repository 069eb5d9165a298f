// The hosted page as static files: no server, sessions named `T00000000.<scenario>`. One script serves its three
// documents, in `static/`, which the build copies beside it.
import { html, render, type TemplateResult } from "lit";
import { mountCheckout } from "./page/mount.ts";
import "./page/page.css";
import { paramsFromQuery } from "./page/params.ts";
import { result, resultParams } from "./page/result.ts";
import { scenarioBackend } from "./page/scenario-backend.ts";
import { scenarios } from "./page/scenarios.ts";

const query = new URLSearchParams(location.search);
const base = new URL(".", location.href).href;

switch (document.documentElement.dataset.page) {
  case "result": {
    const { language, title, body } = result(resultParams(query));
    document.documentElement.lang = language;
    document.title = title;
    document.body.innerHTML = body;
    break;
  }
  case "return":
    draw(returned());
    break;
  default:
    if (query.has("sid")) {
      const params = paramsFromQuery(query);
      mountCheckout(params, scenarioBackend(params.sid, base));
    } else {
      draw(index());
    }
}

function draw(page: TemplateResult): void {
  document.documentElement.dataset.ui = "fullscreen";
  const root = document.getElementById("checkout");
  if (root) render(page, root);
}

function index(): TemplateResult {
  return html`
    <header class="ribbon">
      <p><strong>Test</strong> <span>Sandbox: no money moves</span></p>
    </header>
    <main class="page">
      <h1>Sessions to try</h1>
      <p class="quiet lead">
        These sessions work without a server. Embed one with <code>session-id</code> and
        <code>checkout-url="${base}"</code>. With <code>.now</code> at the end of the id, it is paid without a
        click.
      </p>
      <ul class="sessions">
        ${Object.entries(scenarios).map(
          ([name, what]) =>
            html`<li>
              <a href=${`?sid=T00000000.${name}`}><code>T00000000.${name}</code></a>
              <span class="quiet">${what}</span>
            </li>`,
        )}
      </ul>
    </main>
  `;
}

function returned(): TemplateResult {
  return html`
    <main class="page">
      <div class="panel good">
        <h1>Back at the shop</h1>
        <p>This would be the shop’s own page, with these parameters in its address:</p>
        <dl class="sums">
          ${[...query].map(
            ([name, value]) =>
              html`<div>
                <dt>${name}</dt>
                <dd>${value}</dd>
              </div>`,
          )}
        </dl>
        <a class="primary" href="../">All sessions</a>
      </div>
    </main>
  `;
}
