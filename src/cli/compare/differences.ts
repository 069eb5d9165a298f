import type { Shape } from "./shape.ts";

/** What came back for one call. */
export interface Recording {
  readonly status: number;
  /** Those that the documentation names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly shape: Shape;
}

/** One thing in which the account's answer is not the sandbox's. */
export interface Difference {
  /** The call, as in `capture a part`. */
  readonly call: string;
  /** `status`, `header …`, or a path such as `events[].success`. */
  readonly where: string;
  readonly account: string;
  readonly sandbox: string;
}

const missing = "(missing)";

/** Compares two answers to the same call. Bodies are compared where both succeeded, or both were refused. */
export function compareRecordings(call: string, account: Recording, sandbox: Recording): Difference[] {
  const differences: Difference[] = [];
  const add = (where: string, ours: string | undefined, theirs: string | undefined): void => {
    if (ours !== theirs)
      differences.push({ call, where, account: ours ?? missing, sandbox: theirs ?? missing });
  };
  add("status", String(account.status), String(sandbox.status));
  for (const name of new Set([...Object.keys(account.headers), ...Object.keys(sandbox.headers)]))
    add(`header ${name}`, account.headers[name], sandbox.headers[name]);
  if (isSuccess(account) !== isSuccess(sandbox)) return differences;
  for (const path of new Set([...account.shape.keys(), ...sandbox.shape.keys()])) {
    // What is in a missing object or list is missing with it.
    const parent = parentOf(path);
    if (parent !== undefined && account.shape.has(parent) !== sandbox.shape.has(parent)) continue;
    add(path || "body", account.shape.get(path), sandbox.shape.get(path));
  }
  return differences;
}

const isSuccess = ({ status }: Recording): boolean => status >= 200 && status < 300;

/** `events[]` of `events[].error`, `events` of `events[]`, and "" of `events`. */
function parentOf(path: string): string | undefined {
  if (path === "") return undefined;
  if (path.endsWith("[] in order")) return path.slice(0, -"[] in order".length);
  if (path.endsWith("[]")) return path.slice(0, -2);
  return path.slice(0, Math.max(0, path.lastIndexOf(".")));
}

/** How a difference is written into a file of known ones: without the answers, which may change with the data. */
export const keyOf = ({ call, where }: Difference): string => `${call}: ${where}`;
