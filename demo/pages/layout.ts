import { html } from "hono/html";

export type Html = ReturnType<typeof html>;

export interface Page {
  readonly title: string;
  /** The path of this page in the navigation. */
  readonly here?: string;
  readonly scripts?: readonly string[];
  readonly body: Html;
}

/** What every page shows around its content. */
interface Frame {
  /** Undefined: not known. */
  readonly cartCount: number | undefined;
  /** No real money moves. */
  readonly test: boolean;
  /** Whether there is a back office. */
  readonly office: boolean;
}

export function layout({ title, here, scripts = [], body }: Page, { cartCount, test, office }: Frame): Html {
  const link = (href: string, text: string | Html) =>
    href === here
      ? html`<a href="${href}" aria-current="page">${text}</a>`
      : html`<a href="${href}">${text}</a>`;
  const count = cartCount === undefined ? "" : html`<span class="count">${cartCount}</span>`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} – Fjord &amp; Fell</title>
        <link rel="icon" href="/favicon.svg" />
        <link rel="stylesheet" href="/shop.css" />
        ${scripts.map((src) => html`<script type="module" src="${src}"></script>`)}
      </head>
      <body>
        <header>
          ${test ? html`<p class="ribbon">Test shop: nothing is sold and no real money moves.</p>` : ""}
          <div class="top">
            <a class="brand" href="/"
              >Fjord <span aria-hidden="true">&amp;</span><span class="unseen">and</span> Fell</a
            >
            <nav aria-label="Shop">
              ${link("/", "Shop")} ${link("/orders", "Orders")}
              ${office ? link("/office", "Back office") : ""} ${link("/cart", html`Cart ${count}`)}
            </nav>
          </div>
        </header>
        <main>${body}</main>
      </body>
    </html>`;
}

export function errorPage(title: string, text: string): Page {
  const body = html`
    <h1>${title}</h1>
    <p class="card">${text} <a href="/">Back to the shop</a></p>
  `;
  return { title, body };
}
