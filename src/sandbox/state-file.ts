import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { SavedState, StateStore } from "../sandbox/index.ts";

/**
 * Keeps the sandbox's state in a file: written soon after a change, whole or not at all, and readable by its owner only.
 *
 * `load` throws when the file is there and is no state of a sandbox, `flush`, which writes at once, when it cannot.
 */
export function stateFile(path: string): StateStore & { flush(): void } {
  let pending: (() => SavedState) | undefined;
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!pending) return;
    try {
      writeFileSync(`${path}.new`, JSON.stringify(pending()), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    } catch (error) {
      throw new Error(`Cannot write ${path}: ${(error as Error).message}`);
    }
    pending = undefined;
  };
  /** A full disk must not end a running sandbox; the next change tries again. */
  const flushLater = () => {
    try {
      flush();
    } catch (error) {
      console.error((error as Error).message);
    }
  };
  return {
    load() {
      if (!existsSync(path)) return undefined;
      let saved: Partial<SavedState> | undefined;
      try {
        saved = JSON.parse(readFileSync(path, "utf8")) as Partial<SavedState>;
      } catch {
        // Told below, with the file's name.
      }
      if (saved?.version !== 1 || !Array.isArray(saved.sessions))
        throw new Error(`${path} is not a state of the sandbox; name another file, or remove it`);
      return saved as SavedState;
    },
    save(read) {
      pending = read;
      timer ??= setTimeout(flushLater, 50);
    },
    flush,
  };
}
