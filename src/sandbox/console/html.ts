/** The console as a whole document. */
export function consolePage(): string {
  return `<!doctype html><title>Sandbox</title><p>Sandbox console</p>`;
}
