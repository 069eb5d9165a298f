// @ts-check
import { html } from "hono/html";

/** @typedef {import("hono/utils/html").HtmlEscapedString | Promise<import("hono/utils/html").HtmlEscapedString>} Html */

/**
 * @typedef {object} Frame what every page shows around its own
 * @property {number} cartCount
 * @property {boolean} test no real money
 * @property {boolean} office there is a back office to go to
 */

/**
 * @param {Frame} frame
 * @param {object} page
 * @param {string} page.title
 * @param {string} [page.here] path of the navigation's entry that this page is
 * @param {readonly string[]} [page.scripts]
 * @param {Html} page.body
 */
export function layout({ cartCount, test, office }, { title, here, scripts = [], body }) {
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
              ${link("/", "Shop", here)} ${link("/orders", "Orders", here)}
              ${office ? link("/office", "Back office", here) : ""}
              ${link("/cart", html`Cart <span class="count">${cartCount}</span>`, here)}
            </nav>
          </div>
        </header>
        <main>${body}</main>
      </body>
    </html>`;
}

/**
 * @param {string} href
 * @param {string | Html} text
 * @param {string | undefined} here
 */
function link(href, text, here) {
  return href === here
    ? html`<a href="${href}" aria-current="page">${text}</a>`
    : html`<a href="${href}">${text}</a>`;
}
