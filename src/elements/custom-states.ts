/**
 * The element's custom states, for `:state()`. jsdom and happy-dom, in which people run unit tests, lack them: there
 * it is a set without any effect.
 */
export function customStates(element: HTMLElement): Set<string> {
  const internals = (element as Partial<HTMLElement>).attachInternals?.() as
    Partial<ElementInternals> | undefined;
  return (internals?.states as Set<string> | undefined) ?? new Set();
}
