/**
 * Values that survive a reload. In a cross-site frame the browser may forbid storage, where even reading the property
 * throws: then nothing is stored.
 */
export function readStored(key: string): string | null {
  try {
    return window.sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

export function store(key: string, value: string): void {
  try {
    window.sessionStorage.setItem(key, value);
  } catch {
    // The shopper chooses again after a reload.
  }
}
