import type * as NodeFileSystem from "node:fs";

type FileSystem = typeof NodeFileSystem;

/** Lock files that this process holds. */
const held = new Set<string>();

/**
 * Takes a lock file for this process. One that a process left behind when it died is taken over.
 *
 * @returns a function that releases the lock.
 * @throws {Error} with the process id when another process, or this one, holds the lock.
 */
export function takeLock(fs: FileSystem, file: string): () => void {
  if (held.has(file)) throw inUse(file, process.pid);
  for (let attempt = 1; ; attempt++) {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: "wx", mode: 0o600 });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const holder = readHolder(fs, file);
      if (isRunning(holder) || attempt === 3) throw inUse(file, holder);
      removeStale(fs, file, holder);
    }
  }
  held.add(file);
  return () => {
    held.delete(file);
    fs.rmSync(file, { force: true });
  };
}

function readHolder(fs: FileSystem, file: string): number {
  try {
    return Number(fs.readFileSync(file, "utf8")) || 0;
  } catch {
    // It was released meanwhile: the next attempt gets it.
    return 0;
  }
}

/** Moves the lock away before deleting it, so that of two processes only one removes what the dead one left. */
function removeStale(fs: FileSystem, file: string, holder: number): void {
  const aside = `${file}.${process.pid}`;
  try {
    fs.renameSync(file, aside);
    // Another process was faster and has locked already: give it back its lock.
    if (readHolder(fs, aside) !== holder) fs.linkSync(aside, file);
    fs.rmSync(aside, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

function isRunning(pid: number): boolean {
  // In a container each start has the same id: then it is our own, from before the restart.
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // The process belongs to another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function inUse(file: string, pid: number): Error {
  const owner = pid === process.pid ? "this process" : `process ${pid}`;
  return new Error(`in use by ${owner} (if no such sandbox runs, delete ${file})`);
}
