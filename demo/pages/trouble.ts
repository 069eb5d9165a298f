// @ts-check
import { html } from "hono/html";

/**
 * @param {string} title
 * @param {string} text
 */
export function troublePage(title, text) {
  return {
    title,
    body: html`
      <h1>${title}</h1>
      <p class="card">${text} <a href="/">Back to the shop</a></p>
    `,
  };
}
