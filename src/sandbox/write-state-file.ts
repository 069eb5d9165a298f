import type * as NodePath from "node:path";
import type { LockModules } from "./lock-file.ts";
import { readState, type StateChange } from "./read-state.ts";
import type { SavedSession } from "./session-record.ts";
import type { StateFile, StateFileOptions } from "./state-file.ts";
import { StateJournal } from "./state-journal.ts";
import type { SavedState } from "./state.ts";

/** Node's modules that a state file is written with. */
export interface FileModules extends LockModules {
  readonly path: typeof NodePath;
}

/** Bytes of changes after which the file is written anew, when they are also more than the state itself. */
const journalLimit = 1024 * 1024;

/**
 * `openStateFile` with modules that the caller has imported, as a program for any Node 20 can. The first line of the file
 * is the state, each further line a session that changed since.
 */
export function openStateFileWith(
  modules: FileModules,
  path: string,
  options: StateFileOptions = {},
): StateFile {
  const report = options.onError ?? ((message: string) => console.error(message));
  let journal: StateJournal;
  try {
    journal = new StateJournal(modules, followLinks(modules, modules.path.resolve(path)));
  } catch (error) {
    throw new Error(`Cannot use ${path}: ${(error as Error).message}`, { cause: error });
  }
  let state: (() => SavedState) | undefined;
  /** Sessions that changed since the last write; undefined where all is to be written. */
  let changes: Map<string, () => SavedSession> | undefined;
  /** Bytes of the state as it was written last, and of the changes after it. */
  let stateSize = 0;
  let changesSize = 0;
  /** Numbers of the newest change, and of the newest that was written, or that writing failed for. */
  let newest = 0;
  let written = 0;
  let attempted = 0;
  let underWay: Promise<void> | undefined;
  let failing = false;
  let closed = false;

  const write = () => {
    if (written === newest || !state) return;
    const until = newest;
    const lines =
      changes && journal.appendable ? Array.from(changes.values(), sessionLine).join("") : undefined;
    changes = undefined;
    if (lines === undefined || changesSize + lines.length > Math.max(journalLimit, stateSize)) {
      const text = `${JSON.stringify(state())}\n`;
      journal.replace(text);
      stateSize = text.length;
      changesSize = 0;
    } else {
      journal.append(lines);
      changesSize += lines.length;
    }
    changes = new Map();
    written = until;
  };
  const cannotWrite = (error: unknown) =>
    new Error(`Cannot write ${path}: ${(error as Error).message}`, { cause: error });

  const writeInBackground = async () => {
    // All that changes in this turn of the event loop is written at once.
    await new Promise<void>((resolve) => setImmediate(resolve));
    const until = newest;
    try {
      if (closed) return;
      write();
      await journal.sync();
      failing = false;
    } catch (error) {
      if (!failing && !closed)
        report(`${cannotWrite(error).message}. The sandbox goes on and tries again at its next change.`);
      failing = true;
    } finally {
      attempted = until;
      underWay = undefined;
      if (attempted < newest && !closed) void begin();
    }
  };
  const begin = (): Promise<void> => (underWay ??= writeInBackground());

  return {
    load() {
      const text = journal.read();
      if (text.trim() === "") return undefined;
      const saved = readState(text);
      if (typeof saved === "string")
        throw new Error(
          `${path} does not hold the state of a sandbox (${saved}). Name another file with --state, or delete this one to begin without its sessions.`,
        );
      return saved;
    },
    save(read, session) {
      if (closed) return;
      state = read;
      newest += 1;
      if (session) changes?.set(session().session.id, session);
      else changes = undefined;
      void begin();
    },
    async settled() {
      const wanted = newest;
      while (attempted < wanted && !closed) await begin();
    },
    flush() {
      try {
        write();
      } catch (error) {
        throw cannotWrite(error);
      }
    },
    close() {
      if (closed) return;
      closed = true;
      try {
        write();
      } catch (error) {
        throw cannotWrite(error);
      } finally {
        journal.close();
      }
    },
  };
}

function sessionLine(session: () => SavedSession): string {
  return `${JSON.stringify({ session: session() } satisfies StateChange)}\n`;
}

/** The file that a path leads to, which need not exist: a link is kept, and its target written. */
function followLinks({ fs, path: { dirname, resolve } }: FileModules, path: string): string {
  let target = path;
  for (let links = 0; fs.lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink(); links++) {
    if (links === 40) throw new Error("its links lead in a circle");
    // A relative link counts from the real folder, not from one that was itself reached by a link.
    target = resolve(fs.realpathSync(dirname(target)), fs.readlinkSync(target));
  }
  return target;
}
