// @ts-check

/**
 * @typedef {object} Dintero where the shop's payments are made
 * @property {string} accountId
 * @property {string} clientId
 * @property {string} clientSecret
 * @property {string} [apiUrl]
 * @property {string} [checkoutUrl]
 */

/**
 * @typedef {object} Settings
 * @property {number} port the first one to try
 * @property {number} sandboxPort the first one to try
 * @property {Dintero | undefined} dintero none: the sandbox
 * @property {string} profileId
 * @property {string | undefined} signatureSecret
 * @property {string | undefined} publicUrl an origin
 * @property {string | undefined} officePassword
 * @property {string} dataFolder
 */

const credentials = ["DINTERO_ACCOUNT_ID", "DINTERO_CLIENT_ID", "DINTERO_CLIENT_SECRET"];

/** The environment says something that cannot be meant. */
export class SettingsError extends Error {}

/**
 * Reads what the shop is told by its environment.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {string} dataFolder where orders are kept when `DATA_FOLDER` does not say
 * @returns {Settings}
 */
export function readSettings(env, dataFolder) {
  const missing = credentials.filter((name) => !env[name]);
  if (missing.length > 0 && missing.length < credentials.length) {
    throw new SettingsError(
      `${missing.join(" and ")} not set. Set all of ${credentials.join(", ")} for Dintero, or none for the sandbox.`,
    );
  }
  return {
    port: port(env, "PORT", 3000),
    sandboxPort: port(env, "SANDBOX_PORT", 4242),
    dintero: missing.length === 0 ? dintero(env) : undefined,
    profileId: env["DINTERO_PROFILE_ID"] || "default",
    signatureSecret: env["DINTERO_SIGNATURE_SECRET"] || undefined,
    publicUrl: env["PUBLIC_URL"] ? origin("PUBLIC_URL", env["PUBLIC_URL"]) : undefined,
    officePassword: env["OFFICE_PASSWORD"] || undefined,
    dataFolder: env["DATA_FOLDER"] || dataFolder,
  };
}

/**
 * What works with these settings, and for what does not, why.
 *
 * @param {Settings} settings
 * @returns {{ callbacks: boolean, express: boolean, office: "open" | "password" | "off", off: string[] }}
 */
export function features({ dintero, signatureSecret, publicUrl, officePassword }) {
  const off = [];
  // The sandbox runs on this machine: it reaches the shop as it is, and signs with a secret of its own.
  const reachable = !dintero || isLocal(dintero.checkoutUrl) || Boolean(publicUrl?.startsWith("https:"));
  const callbacks = reachable && (!dintero || Boolean(signatureSecret));
  const express = reachable;
  if (!reachable) {
    const why = "Dintero calls only https addresses that it can reach: set PUBLIC_URL";
    off.push(
      `Callbacks are off: ${why}. Orders are settled when the shopper returns, when somebody looks and at start.`,
    );
    off.push(`Express checkout is off: ${why}.`);
  } else if (!callbacks) {
    off.push(
      "Callbacks are off: set DINTERO_SIGNATURE_SECRET, without it nobody can tell Dintero's calls from forged ones. " +
        "Orders are settled when the shopper returns, when somebody looks and at start.",
    );
  }
  const exposed = Boolean(publicUrl) || Boolean(dintero && !isLocal(dintero.checkoutUrl));
  const office = officePassword ? "password" : exposed ? "off" : "open";
  if (office === "off") {
    off.push(
      "The back office is off: it moves money, and this shop is not a sandbox of your own. Set OFFICE_PASSWORD.",
    );
  }
  return { callbacks, express, office, off };
}

/** @param {string | undefined} url */
export function isLocal(url) {
  return url !== undefined && /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/.test(url);
}

/**
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {Dintero}
 */
function dintero(env) {
  const apiUrl = env["DINTERO_API_URL"];
  const checkoutUrl = env["DINTERO_CHECKOUT_URL"];
  return {
    accountId: env["DINTERO_ACCOUNT_ID"] ?? "",
    clientId: env["DINTERO_CLIENT_ID"] ?? "",
    clientSecret: env["DINTERO_CLIENT_SECRET"] ?? "",
    ...(apiUrl ? { apiUrl: origin("DINTERO_API_URL", apiUrl) } : {}),
    ...(checkoutUrl ? { checkoutUrl: origin("DINTERO_CHECKOUT_URL", checkoutUrl) } : {}),
  };
}

/**
 * @param {string} name
 * @param {string} value
 */
function origin(name, value) {
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new SettingsError(`${name} is “${value}”. Set it to a whole address, as in https://shop.example.`);
  }
  const url = new URL(value);
  if (url.pathname !== "/" || url.search || url.hash || url.username) {
    throw new SettingsError(`${name} is “${value}”. Leave out everything after the host: ${url.origin}.`);
  }
  return url.origin;
}

/**
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {string} name
 * @param {number} fallback
 */
function port(env, name, fallback) {
  const value = env[name];
  if (!value) return fallback;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0 || number > 65535) {
    throw new SettingsError(`${name} is “${value}”. Set it to a number from 0 to 65535.`);
  }
  return number;
}
