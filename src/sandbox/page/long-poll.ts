/** Locks for the pages that may wait on the sandbox at the same time. */
const slots = ["sandbox-wait-1", "sandbox-wait-2"];

/** How long these wait, in ms. */
const longWait = 20_000;

/** How long the other pages pause, in ms, before each short request. */
const pause = 1000;

/**
 * Sends a request that waits long for news where a slot is free, else a short one after a pause. A browser opens six
 * connections to one origin: if every frame held one, the seventh checkout could not load.
 */
export async function longPoll<T>(request: (wait: number) => Promise<T>): Promise<T> {
  for (const slot of slots) {
    const answer = await inSlot(slot, () => request(longWait));
    if (answer) return answer.value;
  }
  await new Promise((resolve) => setTimeout(resolve, pause));
  return request(0);
}

/** The job's result, or null where the slot is taken, or the browser forbids locks. */
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
