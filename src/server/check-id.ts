import { isId } from "../dintero/ids.ts";
import { DinteroError } from "./errors.ts";

/** Returns an id that can stand in a path; throws `invalid-id` for any other. */
export function checkId(id: unknown): string {
  if (isId(id)) return id;
  throw new DinteroError("invalid-id", "id must be of A-Z a-z 0-9 . _ -, and neither . nor ..");
}

/** Whether an answer is about the session or transaction of this id. */
export function hasId(id: string): (answer: unknown) => boolean {
  return (answer) => idOf(answer) === id;
}

/** Whether an answer is a session or a transaction. */
export function hasAnyId(answer: unknown): boolean {
  return isId(idOf(answer));
}

function idOf(answer: unknown): unknown {
  return (answer as { id?: unknown } | null | undefined)?.id;
}
