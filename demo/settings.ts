/** Where the shop's payments are made. */
export interface Dintero {
  readonly accountId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly apiUrl?: string;
  readonly checkoutUrl?: string;
}

export interface Settings {
  /** The first port to try, as the next one. */
  readonly port: number;
  readonly sandboxPort: number;
  /** Undefined: the sandbox. */
  readonly dintero: Dintero | undefined;
  readonly profileId: string;
  readonly signatureSecret: string | undefined;
  /** An origin. */
  readonly publicUrl: string | undefined;
  readonly officePassword: string | undefined;
  readonly dataFolder: string;
}

/** What works with some settings. */
export interface Features {
  readonly callbacks: boolean;
  readonly express: boolean;
  readonly office: "open" | "password" | "off";
  /** For what does not work, why, and which variable to set. */
  readonly off: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A variable of the environment is invalid; the message names it. */
export class SettingsError extends Error {}

const credentials = ["DINTERO_ACCOUNT_ID", "DINTERO_CLIENT_ID", "DINTERO_CLIENT_SECRET"];

/** `dataFolder` is where orders are kept when `DATA_FOLDER` is not set. */
export function readSettings(env: Environment, dataFolder: string): Settings {
  const missing = credentials.filter((name) => !env[name]);
  if (missing.length > 0 && missing.length < credentials.length) {
    const all = credentials.join(", ");
    throw new SettingsError(
      `${missing.join(" and ")} not set. Set all of ${all} for Dintero, or none for the sandbox.`,
    );
  }
  return {
    port: readPort(env, "PORT", 3000),
    sandboxPort: readPort(env, "SANDBOX_PORT", 4242),
    dintero: missing.length === 0 ? readDintero(env) : undefined,
    profileId: env["DINTERO_PROFILE_ID"] || "default",
    signatureSecret: env["DINTERO_SIGNATURE_SECRET"] || undefined,
    publicUrl: readOrigin(env, "PUBLIC_URL"),
    officePassword: env["OFFICE_PASSWORD"] || undefined,
    dataFolder: env["DATA_FOLDER"] || dataFolder,
  };
}

export function readFeatures({ dintero, signatureSecret, publicUrl, officePassword }: Settings): Features {
  const off: string[] = [];
  const settled = "Orders are settled when the shopper returns, when their owner opens them, and at start.";
  // The sandbox runs on this machine: it reaches the shop without PUBLIC_URL, and signs with its own secret.
  const reachable = !dintero || isLocal(dintero.checkoutUrl) || Boolean(publicUrl?.startsWith("https:"));
  const verifiable = !dintero || Boolean(signatureSecret);
  const called = reachable && verifiable;
  if (!called) {
    const why = reachable
      ? "set DINTERO_SIGNATURE_SECRET; without it the shop cannot detect forged calls."
      : "Dintero calls only https addresses that it can reach: set PUBLIC_URL.";
    off.push(`Callbacks are off: ${why} ${settled}`, `Express checkout is off: ${why}`);
  }
  const exposed = Boolean(publicUrl) || Boolean(dintero && !isLocal(dintero.checkoutUrl));
  const office = officePassword ? "password" : exposed ? "off" : "open";
  if (office === "off") {
    off.push(
      "The back office is off: it moves money, and other machines can reach this shop. Set OFFICE_PASSWORD.",
    );
  }
  return { callbacks: called, express: called, office, off };
}

function isLocal(url: string | undefined): boolean {
  return url !== undefined && ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);
}

function readDintero(env: Environment): Dintero {
  const apiUrl = readOrigin(env, "DINTERO_API_URL");
  const checkoutUrl = readOrigin(env, "DINTERO_CHECKOUT_URL");
  return {
    accountId: env["DINTERO_ACCOUNT_ID"] ?? "",
    clientId: env["DINTERO_CLIENT_ID"] ?? "",
    clientSecret: env["DINTERO_CLIENT_SECRET"] ?? "",
    ...(apiUrl && { apiUrl }),
    ...(checkoutUrl && { checkoutUrl }),
  };
}

function readOrigin(env: Environment, name: string): string | undefined {
  const value = env[name];
  if (!value) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol !== "https:" && url?.protocol !== "http:") {
    throw new SettingsError(`${name} is “${value}”. Set it to a whole address, as in https://shop.example.`);
  }
  if (url.pathname !== "/" || url.search || url.hash || url.username) {
    throw new SettingsError(`${name} is “${value}”. Leave out everything but the origin: ${url.origin}.`);
  }
  return url.origin;
}

function readPort(env: Environment, name: string, fallback: number): number {
  const value = env[name];
  if (!value) return fallback;
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new SettingsError(`${name} is “${value}”. Set it to a whole number from 0 to 65535.`);
  }
  return port;
}
