import { readFileSync } from "node:fs";

/** The package's version; its package.json is one folder up in dist/ and two in src/cli/. */
export function version(): string {
  for (const place of ["../package.json", "../../package.json"])
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(place, import.meta.url), "utf8")) as {
        readonly name?: string;
        readonly version?: string;
      };
      if (name === "dintero-checkout-element" && version !== undefined) return version;
    } catch {
      // It is not there: the next place.
    }
  return "unknown";
}
