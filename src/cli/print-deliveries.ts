import type { Delivery, Sandbox } from "../sandbox/index.ts";

/** Prints a line for each call to the merchant's server and its answer, until the signal aborts. */
export async function printDeliveries(
  { log, deliveries }: Pick<Sandbox, "log" | "deliveries">,
  signal: AbortSignal,
  print: (line: string) => void = (line) => console.error(line),
): Promise<void> {
  let after = log.seq;
  while (!signal.aborted) {
    for (const { seq, delivery } of await log.next(after, 60_000, signal)) {
      after = seq;
      const line = deliveryLine(delivery === undefined ? undefined : deliveries.get(delivery));
      if (line !== undefined) print(line);
    }
  }
}

/** Of its last attempt; undefined before the first. The query is left out: merchants keep secrets there. */
function deliveryLine(delivery: Delivery | undefined): string | undefined {
  if (!delivery) return undefined;
  const { about, method, url, reason, attempts, state } = delivery;
  const { origin, pathname } = new URL(url);
  const call = `# ${new Date().toTimeString().slice(0, 8)} ${about}: ${method} ${origin}${pathname}`;
  if (reason !== undefined) return `${call} held back: ${reason}`;
  const last = attempts.at(-1);
  if (!last) return undefined;
  const answer = last.status ?? last.error ?? "no answer";
  return `${call} → ${answer}${state === "waiting" ? `, attempt ${attempts.length}, tried again` : ""}`;
}
