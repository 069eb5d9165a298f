import { sendMouse } from "@web/test-runner-commands";
import { mountReady } from "./checkout.ts";
import { FakePage } from "./fake-checkout.ts";

/** The frame's message that shows the button. */
export const button = {
  type: "ShowPopOutButton",
  top: "0",
  left: "0",
  right: "0",
  styles: {},
  openLabel: "Pay with Dintero",
  focusLabel: "Open payment window",
  closeLabel: "Close payment window",
  descriptionLabel: "Can't see the payment window?",
  language: "en",
  disabled: "false",
};

export const launcher = () => document.querySelector<HTMLElement>("#dintero-checkout-sdk-launch-pop-out");
export const backdrop = () => document.querySelector<HTMLElement>("#dintero-checkout-sdk-backdrop");

/** Resolves with the result of `find`, as soon as a change of the document makes it neither null nor false. */
export function appears<T>(find: () => T | null | false): Promise<T> {
  return new Promise((resolve) => {
    const look = (): void => {
      const found = find();
      if (found === null || found === false) return;
      observer.disconnect();
      resolve(found);
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true, attributes: true });
    look();
  });
}

/** A pop-out with its button, and the window once it was opened. */
export async function popOut(settings = {}) {
  const opened = await mountReady({ mode: "pop-out", ...settings });
  opened.page.send(button);
  const open = window.open;
  let popUp: Window | null = null;
  window.open = (...args) => {
    popUp = open.apply(window, args);
    if (popUp) window.open = open;
    return popUp;
  };
  const shown = await appears(launcher);
  const inWindow = new FakePage(
    () => popUp,
    () => opened.sid,
  );
  /** Clicks the button and waits until the window is there, but its checkout has not reported that it loaded. */
  async function click() {
    // A real click: WebKit blocks windows otherwise.
    const { x, y, width, height } = shown.getBoundingClientRect();
    const position: [number, number] = [Math.round(x + width / 2), Math.round(y + height / 2)];
    // a busy machine can lose a click, or have its window refused
    do await sendMouse({ type: "click", position });
    while (!popUp);
    const url = await inWindow.opened();
    return { url, popUp: popUp! };
  }
  return {
    ...opened,
    inWindow,
    button: shown,
    click,
    /** Clicks the button and waits until the checkout is in the window. */
    async open() {
      const clicked = await click();
      inWindow.send({ type: "AppLoaded", context: "popOut" });
      await appears(backdrop);
      return clicked;
    },
  };
}
