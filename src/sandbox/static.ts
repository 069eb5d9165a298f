// The hosted page as static files: the sandbox runs inside the page. One script serves its three documents, in
// `static/`, which the build copies beside it.
import { html, render, type TemplateResult } from "lit";
import { mountCheckout } from "./page/mount.ts";
import "./page/page.css";
import { paramsFromQuery } from "./page/params.ts";
import { result, resultParams } from "./page/result.ts";
import { httpBackend, type Backend } from "./page/backend.ts";
import type { Sandbox } from "./sandbox-parts.ts";
import { createSandbox } from "./sandbox.ts";
import { playScenario } from "./scenarios/play-scenario.ts";
import { scenarioOf, scenarios } from "./scenarios/scenarios.ts";

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
      mountCheckout(params, backendOf(params.sid));
    } else {
      draw(index());
    }
}

/** An id that names a scenario plays it in a sandbox of its own; any other session is the merchant's page's. */
function backendOf(sid: string): Backend {
  const played = scenarioOf(sid);
  const backend = (fetch: Sandbox["fetch"]) => httpBackend(sid, fetch);
  if (!played) return backend((sandboxOfMerchant() ?? createSandbox()).fetch);
  return playScenario({ ...played, sid, backend, return_url: new URL("return/", base).href });
}

/** `globalThis.dinteroSandbox` of a merchant's page of our own origin, which then is shop and Dintero in one page. */
function sandboxOfMerchant(): Sandbox | undefined {
  try {
    const merchant = (window.opener ?? window.parent) as { readonly dinteroSandbox?: Sandbox };
    return merchant.dinteroSandbox;
  } catch {
    // It is of another origin.
    return undefined;
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
          ([name, { description }]) =>
            html`<li>
              <a href=${`?sid=T00000000.${name}`}><code>T00000000.${name}</code></a>
              <span class="quiet">${description}</span>
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
