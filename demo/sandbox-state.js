// @ts-check
import { readFileSync, renameSync, writeFileSync } from "node:fs";

/**
 * Keeps what the sandbox knows in a plain file, so that it still knows the shop's payments after a restart.
 *
 * @param {string} file
 * @returns {import("dintero-checkout-element/sandbox").StateStore & { flush(): void }}
 */
export function keepInFile(file) {
  /** @type {(() => unknown) | undefined} */
  let pending;
  const flush = () => {
    if (!pending) return;
    writeFileSync(`${file}.next`, JSON.stringify(pending()), { mode: 0o600 });
    renameSync(`${file}.next`, file);
    pending = undefined;
  };
  return {
    load() {
      try {
        return JSON.parse(readFileSync(file, "utf8"));
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
        throw new Error(`${file} does not hold a sandbox's state. Move it away to begin anew.`, {
          cause: error,
        });
      }
    },
    save(read) {
      // Changes come in bursts: write once for all of them, before anybody can have been answered twice.
      if (!pending) setImmediate(flush);
      pending = read;
    },
    flush,
  };
}
