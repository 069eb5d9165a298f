import type * as NodeChildProcess from "node:child_process";
import type * as NodeFileSystem from "node:fs";

/** Node's modules that a file is locked with. */
export interface LockModules {
  readonly fs: typeof NodeFileSystem;
  readonly spawnSync: typeof NodeChildProcess.spawnSync;
  readonly platform: string;
}

/**
 * `O_EXLOCK`, which opens and locks at once. Node passes the numbers on without a name for them; on Windows it is
 * libuv's own number for "share with nobody".
 */
const exclusiveOpen: Readonly<Record<string, number>> = { darwin: 0x20, freebsd: 0x20, win32: 0x1000_0000 };

/** Codes of `open` where another process has the lock. */
const taken: ReadonlySet<unknown> = new Set(["EAGAIN", "EWOULDBLOCK", "EBUSY"]);

/**
 * Opens a file for reading and appending, and locks it. The kernel keeps the lock for as long as the file is open, and
 * releases it when the process ends, however it ends; it also holds between containers that share a volume.
 *
 * @param flags further flags of `open`, such as `O_CREAT`
 * @throws {Error} when the file is locked, by this process too, or cannot be opened
 */
export function openLocked({ fs, spawnSync, platform }: LockModules, file: string, flags = 0): number {
  const { O_RDWR, O_APPEND, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants;
  const exclusive = exclusiveOpen[platform];
  for (;;) {
    let fd: number;
    try {
      fd = fs.openSync(file, O_RDWR | O_APPEND | O_NOFOLLOW | O_NONBLOCK | flags | (exclusive ?? 0), 0o600);
    } catch (error) {
      throw taken.has((error as NodeJS.ErrnoException).code) ? inUse() : error;
    }
    try {
      if (!fs.fstatSync(fd).isFile()) throw new Error("it is not a file");
      if (exclusive === undefined) lock(spawnSync, fd);
      // The holder may have put another file in its place between our opening and locking it.
      if (isStill(fs, file, fd)) return fd;
    } catch (error) {
      fs.closeSync(fd);
      throw error;
    }
    fs.closeSync(fd);
  }
}

/** Whether a path leads to an open file. */
export function isStill(fs: LockModules["fs"], file: string, fd: number): boolean {
  const named = fs.statSync(file, { throwIfNoEntry: false });
  const open = fs.fstatSync(fd);
  return named?.ino === open.ino && named.dev === open.dev;
}

/**
 * Node has no `flock()`. The command of that name locks the open file that it inherits from us, and leaves the lock to us
 * when it ends. Linux distributions have it: util-linux, or BusyBox.
 */
function lock(spawnSync: LockModules["spawnSync"], fd: number): void {
  const { error, status, stderr } = spawnSync("flock", ["-n", "0"], { stdio: [fd, "ignore", "pipe"] });
  if ((error as NodeJS.ErrnoException | undefined)?.code === "ENOENT")
    throw new Error("the command `flock` is missing, which locks it; install util-linux");
  if (error) throw error;
  if (status === 1) throw inUse();
  if (status !== 0) throw new Error(`it cannot be locked (${String(stderr).trim()})`);
}

function inUse(): Error {
  return new Error("another sandbox uses it. End that one, or give each a file of its own");
}
