import { svg, html, type TemplateResult } from "lit";
import type { PaymentKind } from "../../page-api.ts";

/** Contactless waves on a card: the brands' own marks may not be drawn by others. */
function wallet(background: string, waves: TemplateResult): TemplateResult {
  return svg`<rect width="40" height="26" rx="5" fill=${background} stroke="#d5dbe3"/><g fill="none"
    stroke-width="2.4" stroke-linecap="round">${waves}</g>`;
}

const drawings: Readonly<Record<PaymentKind, TemplateResult>> = {
  card: svg`<rect width="40" height="26" rx="5" fill="#33415c"/><rect y="6" width="40" height="5" fill="#1b2436"/>
    <rect x="5" y="16" width="12" height="4" rx="1.5" fill="#f0c64a"/><circle cx="29" cy="18" r="3.6" fill="#e7655b"/>
    <circle cx="33" cy="18" r="3.6" fill="#f5b24a" fill-opacity=".9"/>`,
  vipps: svg`<rect width="40" height="26" rx="5" fill="#ff5b24"/><circle cx="25.5" cy="8.2" r="2.2" fill="#fff"/>
    <path d="M12 12.5c3.6 5.4 10.4 6.4 15.4.6" fill="none" stroke="#fff" stroke-width="2.8" stroke-linecap="round"/>`,
  swish: svg`<rect width="40" height="26" rx="5" fill="#fff" stroke="#d5dbe3"/><path d="M15 8a7 7 0 0 1 11 2" fill="none"
    stroke="#ef4123" stroke-width="3.4" stroke-linecap="round"/><path d="M25 18a7 7 0 0 1-11-2" fill="none"
    stroke="#1eb26a" stroke-width="3.4" stroke-linecap="round"/>`,
  mobilepay: svg`<rect width="40" height="26" rx="5" fill="#5a78ff"/><path d="M13 9.5 22 6l3 8-9 3.5z" fill="none"
    stroke="#fff" stroke-width="2.2" stroke-linejoin="round"/><path d="M16 20c4 .6 8-.4 11-4" fill="none" stroke="#fff"
    stroke-width="2.2" stroke-linecap="round"/>`,
  invoice: svg`<rect width="40" height="26" rx="5" fill="#eef1f5" stroke="#cbd3dd"/><path d="M14 5h9l4 4v12H14z"
    fill="#fff" stroke="#5b6b80" stroke-width="1.4"/><path d="M17 12h7M17 15h7M17 18h4" stroke="#5b6b80"
    stroke-width="1.3"/>`,
  klarna: svg`<rect width="40" height="26" rx="5" fill="#ffb3c7"/><path d="M15 6.5v13M24 6.5c0 4-2.6 6.6-6.4 7.6l6.4 5.4"
    fill="none" stroke="#17120f" stroke-width="2.8"/><circle cx="28.5" cy="18" r="1.9" fill="#17120f"/>`,
  applepay: wallet(
    "#111418",
    svg`<path d="M13 13.5a7 7 0 0 1 14 0" stroke="#fff"/><path d="M16.5 14a3.5 3.5 0 0 1 7 0v5"
    stroke="#fff"/>`,
  ),
  googlepay: wallet(
    "#fff",
    svg`<path d="M13 13.5a7 7 0 0 1 7-7" stroke="#4285f4"/><path d="M20 6.5a7 7 0 0 1 7 7"
    stroke="#ea4335"/><path d="M16.5 14a3.5 3.5 0 0 1 7 0" stroke="#fbbc04"/><path d="M20 14v5" stroke="#34a853"/>`,
  ),
  zero: svg`<rect width="40" height="26" rx="5" fill="#e9f5f1" stroke="#9fc9bd"/><circle cx="20" cy="13" r="6" fill="none"
    stroke="#0b6b57" stroke-width="2.4"/>`,
  other: svg`<rect width="40" height="26" rx="5" fill="#eef1f5" stroke="#cbd3dd"/><circle cx="13" cy="13" r="2"
    fill="#5b6b80"/><circle cx="20" cy="13" r="2" fill="#5b6b80"/><circle cx="27" cy="13" r="2" fill="#5b6b80"/>`,
};

/** A small picture of a payment method, for beside its name. */
export function mark(kind: PaymentKind): TemplateResult {
  return html`<svg class="mark" viewBox="-.5 -.5 41 27" width="41" height="27" aria-hidden="true">
    ${drawings[kind]}
  </svg>`;
}
