import type { Answer } from "./events.ts";

/** ms a page has for its answer. */
const patience = 30_000;

/**
 * Puts a question to the page and fails closed: only `true` passes. A message refuses with it; null, for `false`, no
 * answer, a rejection or silence, refuses with a general one. Never rejects.
 */
export async function ask(
  dispatch: (take: (answer: Answer | PromiseLike<Answer>) => void) => void,
  name: string,
): Promise<true | string | null> {
  const given: (Answer | PromiseLike<Answer>)[] = [];
  dispatch((answer) => given.push(answer));
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    if (given.length === 0) throw new Error("nobody called respondWith()");
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${patience} ms`)), patience);
    });
    const answer: unknown = await Promise.race([given[0], silence]);
    return answer === true || (typeof answer === "string" && answer) || null;
  } catch (reason) {
    console.warn(`<dintero-checkout> ${name} was answered with a refusal:`, reason);
    return null;
  } finally {
    clearTimeout(timer);
  }
}
