import type { Sandbox } from "./sandbox.ts";
import type { Session } from "./session.ts";
import { ownerOf, type Sessions } from "./sessions/sessions.ts";

/** What the routes and the testing kit work with. */
export interface World extends Omit<Sandbox, "fetch" | "reset"> {
  readonly accounts: readonly string[];
  readonly url: string | undefined;
  /** Hosts beyond loopback by which requests may name the sandbox. */
  readonly hosts: readonly string[];
  /** Origins of pages that may use the control API. */
  readonly allowedOrigins: readonly string[];
  readonly newerSdk: boolean;
  readonly keep: number;
  readonly now: () => number;
  /** Callbacks that the shopper waits for, by session: the fault `beforeReturn`. */
  readonly beforeReturn: Map<string, Promise<unknown>>;
}

/** By its sessions, so that a session alone leads to its sandbox. */
export const worlds = new WeakMap<Sessions, World>();

/** The sandbox that a session came from, or undefined. */
export function worldOf(session: Session): World | undefined {
  const owner = ownerOf(session);
  return owner && worlds.get(owner);
}
