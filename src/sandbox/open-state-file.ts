import type { StateFile, StateFileOptions } from "./state-file.ts";
import { openStateFileWith, type FileModules } from "./write-state-file.ts";

/**
 * Opens a file for `createSandbox({ state })`, so that sessions and transactions survive a restart. The sandbox's
 * `fetch` answers after what it changed is on the disk, readable by the file's owner only. A link is followed, and kept.
 *
 * A full disk or a read-only folder does not end a running sandbox: saving is reported as failed and tried again with
 * the next change.
 *
 * @throws {Error} when another sandbox uses the file, it cannot be written or locked (on Linux that takes the command
 * `flock`), or the runtime has no file system: it needs Node 20.16, or Deno or Bun.
 */
export async function openStateFile(path: string, options: StateFileOptions = {}): Promise<StateFile> {
  return openStateFileWith(fileModules(path), path, options);
}

/** Looked up instead of imported, because createSandbox() also runs in browsers, which have no such modules. */
function fileModules(file: string): FileModules {
  const getBuiltinModule = globalThis.process?.getBuiltinModule;
  if (!getBuiltinModule)
    throw new Error(
      `Cannot use ${file}: this runtime has no process.getBuiltinModule() to reach a file system. Use Node 20.16 or newer, Deno or Bun, or no state file.`,
    );
  return {
    fs: getBuiltinModule("node:fs"),
    path: getBuiltinModule("node:path"),
    spawnSync: getBuiltinModule("node:child_process").spawnSync,
    platform: process.platform,
  };
}
