/** Tells the content's height in whole px, now and whenever its size changes. */
export function watchHeight(content: Element, tell: (height: number) => void): void {
  new ResizeObserver(() => tell(Math.ceil(content.getBoundingClientRect().height))).observe(content);
}
