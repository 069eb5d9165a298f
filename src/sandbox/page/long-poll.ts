/** Pages that may wait on the sandbox at once, and for how many ms. */
const slots = ["sandbox-wait-1", "sandbox-wait-2"];
const long = 20_000;

/** How long the others pause, in ms, before they ask again. */
const pause = 1000;

/**
 * Asks with a long wait where that is free, else briefly after a pause. A browser opens six connections to one origin:
 * were every frame to hold one, the seventh checkout could not load.
 */
export async function patiently<T>(ask: (wait: number) => Promise<T>): Promise<T> {
  for (const slot of slots) {
    const answer = await inSlot(slot, () => ask(long));
    if (answer) return answer.value;
  }
  await new Promise((resolve) => setTimeout(resolve, pause));
  return ask(0);
}

/** What the job gave, or null where the slot is taken, or the browser forbids locks as it forbids storage. */
async function inSlot<T>(name: string, job: () => Promise<T>): Promise<{ readonly value: T } | null> {
  if (!("locks" in navigator)) return null;
  try {
    return await navigator.locks.request(name, { ifAvailable: true }, async (lock) =>
      lock ? { value: await job() } : null,
    );
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
