import type * as NodeFileSystem from "node:fs";
import type * as NodePath from "node:path";
import { takeLock } from "./lock-file.ts";
import type { SavedState, StateStore } from "./state.ts";

/** A sandbox's state in a file; see {@link openStateFile}. */
export interface StateFile extends StateStore {
  /** @throws {Error} when the file exists and does not hold the state of a sandbox. */
  load(): SavedState | undefined;
  /** Writes what `save` has not written yet. @throws {Error} when the file cannot be written. */
  flush(): void;
  /** Writes the rest and lets other processes have the file. @throws {Error} when the file cannot be written. */
  close(): void;
}

/** How a state file reports trouble. */
export interface StateFileOptions {
  /** Called with one line when saving fails in the background, once until it works again. Default `console.error`. */
  readonly onError?: (message: string) => void;
}

/** Node's modules that a state file is written with. */
export interface FileModules {
  readonly fs: typeof NodeFileSystem;
  readonly path: typeof NodePath;
}

/** ms in which changes are collected and written at once. */
const saveDelay = 50;

/**
 * Opens a file for `createSandbox({ state })`, so that sessions and transactions survive a restart. Each change is
 * written within 50 ms, completely or not at all, readable by the file's owner only.
 *
 * A full disk or a read-only folder does not end a running sandbox: saving is reported as failed and tried again with
 * the next change.
 *
 * @throws {Error} when another process uses the file, or its folder cannot be written to (a lock that a dead process
 * left behind does not count), or when the runtime has no file system: it needs Node 20.16, or Deno or Bun.
 */
export async function openStateFile(path: string, options: StateFileOptions = {}): Promise<StateFile> {
  return openStateFileWith(fileModules(path), path, options);
}

/** {@link openStateFile} with modules that the caller has imported, as a program for any Node 20 can. */
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

/** Looked up instead of imported, because createSandbox() also runs in browsers, which have no such modules. */
function fileModules(file: string): FileModules {
  const getBuiltinModule = globalThis.process?.getBuiltinModule;
  if (!getBuiltinModule)
    throw new Error(
      `Cannot use ${file}: this runtime has no process.getBuiltinModule() to reach a file system. Use Node 20.16 or newer, Deno or Bun, or no state file.`,
    );
  return { fs: getBuiltinModule("node:fs"), path: getBuiltinModule("node:path") };
}

function readState(text: string): SavedState | undefined {
  try {
    const state = JSON.parse(text) as Partial<SavedState> | null;
    return state?.version === 1 && Array.isArray(state.sessions) ? (state as SavedState) : undefined;
  } catch {
    return undefined;
  }
}
