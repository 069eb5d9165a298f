import { ownOptions } from "../core/own-fields.ts";

/** A User Timing measure from `start`, on the page's clock, until now. */
export function measure(name: "session" | "frame" | "ready", start: number): void {
  // Test environments lack it.
  performance.measure?.(`dintero-checkout:${name}`, ownOptions({ start }));
}
