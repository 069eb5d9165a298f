import type { SavedState, StateStore } from "./state.ts";

/** A sandbox's state in a file; see `openStateFile`. */
export interface StateFile extends StateStore {
  /** @throws {Error} when the file exists and does not hold the state of a sandbox. */
  load(): SavedState | undefined;
  settled(): Promise<void>;
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
