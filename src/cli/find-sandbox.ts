import { readBody } from "../core/read-body.ts";
import { ownField } from "../core/own-fields.ts";

/** Whether a sandbox answers at an address of this machine. */
export async function isSandbox(url: string): Promise<boolean> {
  try {
    const init = { redirect: "manual", signal: AbortSignal.timeout(1000) } as const;
    const answer = await fetch(`${url}/_sandbox`, init);
    const body = await readBody(answer, 64 * 1024);
    const text = new TextDecoder().decode(body ?? undefined);
    if (answer.status === 403) return /host_not_allowed|address_not_allowed/.test(text);
    return typeof ownField(JSON.parse(text), "keeps") === "number";
  } catch {
    return false;
  }
}
