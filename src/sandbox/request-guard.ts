import type { MiddlewareHandler } from "hono";
import { SandboxError } from "./errors.ts";
import { isLoopback } from "../core/addresses.ts";
import { isListed } from "./hosts.ts";
import type { Connection } from "./connection.ts";

/**
 * Answers only requests whose `Host` is this machine, or one of `hosts`. A page whose own DNS name points to 127.0.0.1
 * (DNS rebinding) is of the sandbox's origin for the browser, and could otherwise read all data of the sandbox.
 * Requests without `Host` do not come from a network: they are calls of `sandbox.fetch()`.
 */
export function requireKnownHost(hosts: readonly string[]): MiddlewareHandler {
  return async ({ req }, next) => {
    const host = req.header("Host");
    if (host === undefined || isThisMachine(host) || isListed(host, hosts)) return next();
    throw new SandboxError(
      403,
      "host_not_allowed",
      `This sandbox answers requests for this machine. To reach it as ${host}, start it with --allow-host ${nameOf(host)}, or with --url and its public address (--url https://${nameOf(host)})`,
    );
  };
}

/**
 * Answers no page of another origin, whatever method it uses: a form or a script of any website can send requests to a
 * local port. A client that is not a browser sends neither `Sec-Fetch-Site` nor `Origin`, and passes.
 */
export function requireSameOrigin(allowedOrigins: readonly string[]): MiddlewareHandler {
  return async ({ req }, next) => {
    const origin = req.header("Origin");
    const allowed = origin !== undefined && allowedOrigins.includes(origin);
    if (allowed || isSameOrigin(req.header("Sec-Fetch-Site"), origin, req.header("Host"))) return next();
    throw new SandboxError(
      403,
      "origin_not_allowed",
      `Pages of another origin (${origin ?? "not named"}) cannot use the sandbox's control API`,
    );
  };
}

/** Headers of whatever forwards requests. A browser or a client on this machine sends none. */
const forwarding = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host"];

/**
 * Answers only this machine, on whichever addresses the server listens, unless the network is trusted. A tunnel's end is on
 * this machine, too: its calls name another host, or say for whom they are forwarded. Calls of `sandbox.fetch()` pass.
 */
export function requireThisMachine({
  trustNetwork,
}: {
  readonly trustNetwork: boolean;
}): MiddlewareHandler<{ Bindings: Connection }> {
  return async ({ env, req }, next) => {
    const incoming = (env as Connection | undefined)?.incoming;
    const host = req.header("Host");
    const here =
      isLoopback(incoming?.socket.remoteAddress ?? "") &&
      (host === undefined || isThisMachine(host)) &&
      !forwarding.some((name) => req.header(name) !== undefined);
    if (!incoming || trustNetwork || here) return next();
    throw new SandboxError(
      403,
      "address_not_allowed",
      "The console and the control API are for this machine alone, by the name 127.0.0.1 or localhost. To use them from elsewhere, start the sandbox with --trust-network",
    );
  };
}

function isSameOrigin(
  site: string | undefined,
  origin: string | undefined,
  host: string | undefined,
): boolean {
  // "none": the user typed the address.
  if (site !== undefined) return site === "same-origin" || site === "none";
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

function isThisMachine(host: string): boolean {
  return URL.canParse(`http://${host}`) && isLoopback(new URL(`http://${host}`).hostname);
}

function nameOf(host: string): string {
  return host.replace(/:\d+$/, "");
}
