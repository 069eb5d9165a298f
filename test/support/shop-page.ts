import { mountTag, openPage, reached, type Attributes } from "./checkout.ts";
import { cdnFile } from "./load-script.ts";
import { loaded, FakeCheckout } from "./fake-checkout.ts";

export const sid = "T00000000.abc";

/** Height of the checkout's content: more than the element reserves on any screen. */
export const announced = 977;

/** A fake checkout that sends its height and shows its session. */
export function checkoutWithHeight(page: Window = window): FakeCheckout {
  const checkout = new FakeCheckout({ page });
  checkout.onOpened = () => [{ type: "HeightChanged", height: announced }, loaded()];
  return checkout;
}

/** Position and size in CSS px: left, top, width, height. */
export function box(node: Element): [number, number, number, number] {
  const { x, y, width, height } = node.getBoundingClientRect();
  return [x, y, width, height];
}

/** Resolves when the condition holds for these frames' boxes. */
export function grown(done: () => boolean, ...frames: readonly Element[]): Promise<void> {
  return new Promise((resolve) => {
    const observer = new ResizeObserver(() => {
      if (!done()) return;
      observer.disconnect();
      resolve();
    });
    for (const frame of frames) observer.observe(frame);
  });
}

type Home = Window & typeof globalThis;

/**
 * A page of the merchant with other content on it, 600 by 1000 px, so that no scroll bar takes part of the width.
 * `query` as in test/support/page.mjs.
 */
export async function openShopPage(
  query: Readonly<Record<string, string>> = {},
  width = 600,
  height = 1000,
): Promise<{ home: Home; page: Document; frame: HTMLIFrameElement }> {
  const { head = "", ...other } = query;
  const frame = await openPage({ ...other, head: `${head}<script src="${cdnFile}"></script>` });
  Object.assign(frame.style, { width: `${width}px`, height: `${height}px` });
  const home = frame.contentWindow as Home;
  return { home, page: home.document, frame };
}

/** A `<dintero-checkout>` in that page, with its checkout shown. */
export async function shopIn(home: Home, parent: Element = home.document.body, attributes: Attributes = {}) {
  const checkout = checkoutWithHeight(home);
  const element = mountTag(
    { "session-id": sid, "checkout-url": checkout.url, lang: "en", ...attributes },
    {},
    parent,
  );
  await reached(element, "ready");
  return { checkout, element };
}

/** Nodes of the panel that are wider than the element, by class or tag. */
export function sticksOut(element: Element): string[] {
  const { left, right } = element.getBoundingClientRect();
  return [...element.shadowRoot!.querySelectorAll(".front *")]
    .filter((node) => {
      const inner = node.getBoundingClientRect();
      return inner.width > 0 && (inner.left < left || inner.right > right);
    })
    .map((node) => node.className || node.localName);
}
