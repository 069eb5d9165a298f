import { isStill, openLocked, type LockModules } from "./lock-file.ts";

/**
 * A locked file that lines are appended to, until its content is replaced as a whole. What `sync` has resolved for is on
 * the disk.
 */
export class StateJournal {
  readonly #modules: LockModules;
  readonly #path: string;
  #fd: number;
  #isNew: boolean;
  /** The last `append` failed, or another file is in its place: lines appended now could not be read again. */
  #broken = false;

  /** @param path of the file itself, not of a link to it */
  constructor(modules: LockModules, path: string) {
    const { fs } = modules;
    this.#modules = modules;
    this.#path = path;
    this.#isNew = !fs.existsSync(path);
    this.#fd = openLocked(modules, path, fs.constants.O_CREAT);
    this.#makePrivate();
  }

  read(): string {
    // By the open file: on Windows nobody else may open it, this process included.
    const { fs } = this.#modules;
    const bytes = new Uint8Array(fs.fstatSync(this.#fd).size);
    let filled = 0;
    while (filled < bytes.length) {
      const count = fs.readSync(this.#fd, bytes, filled, bytes.length - filled, filled);
      if (count === 0) break;
      filled += count;
    }
    return new TextDecoder().decode(bytes.subarray(0, filled));
  }

  /** Whether lines can be appended; otherwise only `replace` repairs it. */
  get appendable(): boolean {
    return !this.#broken && isStill(this.#modules.fs, this.#path, this.#fd);
  }

  append(text: string): void {
    this.#isNew = false;
    this.#broken = true;
    this.#write(this.#fd, text);
    this.#broken = false;
  }

  /**
   * Replaces the content, completely or not at all. Only where the file cannot be replaced by another one, because it is
   * mounted by itself for example, it is rewritten in its place.
   */
  replace(text: string): void {
    const { fs } = this.#modules;
    this.#isNew = false;
    const next = this.#openNext();
    if (next === undefined) return this.#rewrite(text);
    const path = `${this.#path}.new`;
    let replaced = false;
    try {
      this.#write(next, text);
      fs.fdatasyncSync(next);
      replaced = this.#rename(path);
    } finally {
      if (!replaced) {
        fs.closeSync(next);
        fs.rmSync(path, { force: true });
      }
    }
    if (!replaced) return this.#rewrite(text);
    fs.closeSync(this.#fd);
    this.#fd = next;
    this.#broken = false;
  }

  sync(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#modules.fs.fdatasync(this.#fd, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** Gives up the lock. A file that was created and never written goes. */
  close(): void {
    const { fs } = this.#modules;
    if (this.#isNew && isStill(fs, this.#path, this.#fd)) fs.rmSync(this.#path, { force: true });
    fs.closeSync(this.#fd);
  }

  /** A new file beside ours, locked too, or undefined where the folder takes none. */
  #openNext(): number | undefined {
    const { fs } = this.#modules;
    const path = `${this.#path}.new`;
    try {
      // What a killed sandbox left, or a link that somebody put there. Only the holder of the lock comes here.
      fs.rmSync(path, { force: true });
      return openLocked(this.#modules, path, fs.constants.O_CREAT | fs.constants.O_EXCL);
    } catch (error) {
      if (this.#mayRewrite(error)) return undefined;
      throw error;
    }
  }

  #rename(next: string): boolean {
    try {
      this.#modules.fs.renameSync(next, this.#path);
      return true;
    } catch (error) {
      if (this.#mayRewrite(error)) return false;
      throw error;
    }
  }

  /** EBUSY is a mounted file, or an open one on Windows; the others are a folder that belongs to somebody else. */
  #mayRewrite(error: unknown): boolean {
    const { code = "" } = error as NodeJS.ErrnoException;
    return (
      ["EBUSY", "EXDEV", "EPERM", "EACCES", "EROFS"].includes(code) &&
      isStill(this.#modules.fs, this.#path, this.#fd)
    );
  }

  #rewrite(text: string): void {
    this.#broken = true;
    this.#modules.fs.ftruncateSync(this.#fd);
    this.#write(this.#fd, text);
    this.#modules.fs.fdatasyncSync(this.#fd);
    this.#broken = false;
  }

  #write(fd: number, text: string): void {
    const bytes = new TextEncoder().encode(text);
    let written = 0;
    while (written < bytes.length) written += this.#modules.fs.writeSync(fd, bytes, written);
  }

  /** It holds credentials. */
  #makePrivate(): void {
    const { fs } = this.#modules;
    try {
      if (fs.fstatSync(this.#fd).mode & 0o077) fs.fchmodSync(this.#fd, 0o600);
    } catch {
      // The file is another user's, or its file system knows no permissions.
    }
  }
}
