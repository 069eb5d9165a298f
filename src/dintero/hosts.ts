/** Accounts, tokens and webhooks; test and production alike. Without `/v1`. */
export const API_URL = "https://api.dintero.com";

/** Sessions and transactions; test and production alike. Without `/v1`. */
export const CHECKOUT_URL = "https://checkout.dintero.com";
