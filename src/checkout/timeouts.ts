/** ms to wait for the endpoint, and again for the frame's first message, when the `timeout` attribute is not usable. */
export const defaultTimeout = 15_000;

/** ms that the page has for its answer to `dintero-validate-session` and `dintero-address-callback`. */
export const decisionTimeout = 30_000;

/** A timer with more ms than this fires at once. */
const longestTimer = 2 ** 31 - 1;

/** The timeout in ms that the `timeout` attribute stands for. */
export function usableTimeout(value: number): number {
  return value > 0 ? Math.min(value, longestTimer) : defaultTimeout;
}
