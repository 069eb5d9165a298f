/**
 * What the page remembers over a reload. In a cross-site frame the browser may forbid storage, where even
 * reading the property throws: then nothing is remembered, and nothing breaks.
 */
export function recall(key: string): string | null {
  try {
    return window.sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    window.sessionStorage.setItem(key, value);
  } catch {
    // Nothing to do: the shopper chooses again after a reload.
  }
}
