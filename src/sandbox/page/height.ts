/** Calls back with the content's height in whole px, now and whenever its size changes. */
export function watchHeight(content: Element, onHeight: (height: number) => void): void {
  new ResizeObserver(() => onHeight(Math.ceil(content.getBoundingClientRect().height))).observe(content);
}
