import type * as NodeFileSystem from "node:fs";
import type * as NodePath from "node:path";
import { takeLock } from "./lock-file.ts";
import type { StateFile, StateFileOptions } from "./state-file.ts";
import type { SavedState } from "./state.ts";

/** Node's modules that a state file is written with. */
export interface FileModules {
  readonly fs: typeof NodeFileSystem;
  readonly path: typeof NodePath;
}

/** ms in which changes are collected and written at once. */
const saveDelay = 50;

/** `openStateFile` with modules that the caller has imported, as a program for any Node 20 can. */
export function openStateFileWith(
  { fs, path: { resolve } }: FileModules,
  path: string,
  options: StateFileOptions = {},
): StateFile {
  const report = options.onError ?? ((message: string) => console.error(message));
  let release: () => void;
  try {
    release = takeLock(fs, resolve(`${path}.lock`));
  } catch (error) {
    throw new Error(`Cannot use ${path}: ${(error as Error).message}`, { cause: error });
  }
  let pending: (() => SavedState) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let failing = false;
  let closed = false;

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!pending) return;
    try {
      fs.writeFileSync(`${path}.new`, JSON.stringify(pending()), { mode: 0o600 });
      fs.renameSync(`${path}.new`, path);
    } catch (error) {
      throw new Error(`Cannot write ${path}: ${(error as Error).message}`, { cause: error });
    }
    pending = undefined;
    failing = false;
  };
  const saveInBackground = () => {
    try {
      flush();
    } catch (error) {
      if (!failing)
        report(`${(error as Error).message}. The sandbox goes on and tries again at its next change.`);
      failing = true;
    }
  };

  return {
    load() {
      if (!fs.existsSync(path)) return undefined;
      const saved = readState(fs.readFileSync(path, "utf8"));
      if (!saved)
        throw new Error(`${path} does not hold the state of a sandbox. Name another file, or delete it.`);
      return saved;
    },
    save(read) {
      if (closed) return;
      pending = read;
      timer ??= setTimeout(saveInBackground, saveDelay);
    },
    flush,
    close() {
      if (closed) return;
      closed = true;
      try {
        flush();
      } finally {
        release();
      }
    },
  };
}

function readState(text: string): SavedState | undefined {
  try {
    const state = JSON.parse(text) as Partial<SavedState> | null;
    return state?.version === 1 && Array.isArray(state.sessions) ? (state as SavedState) : undefined;
  } catch {
    return undefined;
  }
}
