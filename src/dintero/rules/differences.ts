import type { Problem } from "./rule.ts";

/**
 * What the client refuses although Dintero takes it, by the code of the problem, with the reason. The sandbox takes it
 * as Dintero does.
 */
export const stricterClient: Readonly<Record<string, string>> = {
  rate: "0.25 is within the range of a percentage, and a rate by mistake: the shopper's receipt would show 0.25 %",
};

/** What Dintero refuses, so what the sandbox answers 400 to. */
export function refusedByDintero(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({ code }) => !(code in stricterClient));
}
