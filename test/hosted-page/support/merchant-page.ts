import type { Frame, Page } from "playwright-core";

/** A message of the hosted page, or what a handler of the SDK was given. */
export type Said = Readonly<Record<string, unknown>> & { readonly type: string };

declare global {
  interface Window {
    /** All messages that came in, with their origin, and the ms that had gone by `after` the start. */
    readonly messages: Said[];
    /** What the SDK's handlers were told, each with its `handler`. */
    readonly told: Said[];
    start(options: object, handlers: readonly string[]): Promise<void>;
    startNewer(src: string): void;
    /** The SDK's instance. */
    readonly checkout: {
      setActivePaymentProductType(type?: string): void;
      lockSession(): Promise<unknown>;
      refreshSession(): Promise<unknown>;
    };
    /** The callback of the last `onValidateSession`. */
    readonly answer: (result: { success: boolean; clientValidationError?: string }) => void;
  }
}

/** The hosted page in the merchant's page, once it can be paid. */
export async function checkoutFrame(page: Page, ready = "#pay"): Promise<Frame> {
  const handle = await page.waitForSelector("iframe", { state: "attached" });
  const frame = await handle.contentFrame();
  if (!frame) throw new Error("The iframe has no document.");
  await frame.waitForSelector(ready, { state: "attached" });
  return frame;
}

/** First call of one of the SDK's handlers. */
export async function told(page: Page, handler: string): Promise<Said> {
  const found = await page.waitForFunction(
    (name) => window.told.find((event) => event.handler === name),
    handler,
  );
  return (await found.jsonValue()) as Said;
}

/** Messages of a type: what came so far, or once there are `least`. The frame's own looks change before they arrive. */
export async function heard(page: Page, type: string, least = 0): Promise<Said[]> {
  await page.waitForFunction(
    ([wanted, count]) => window.messages.filter((message) => message.type === wanted).length >= count,
    [type, least] as const,
  );
  return page.evaluate((wanted) => window.messages.filter((message) => message.type === wanted), type);
}

/** The first message of a type, waiting for it. */
export async function nextMessage(page: Page, type: string): Promise<Said> {
  const found = await page.waitForFunction(
    (wanted) => window.messages.find((message) => message.type === wanted),
    type,
  );
  return (await found.jsonValue()) as Said;
}

/** Resolves when the iframe is as high as what is in it: the last word on heights has arrived and was obeyed. */
export async function settled(page: Page, frame: Frame): Promise<void> {
  await page.waitForFunction(() => (document.querySelector("iframe")?.clientHeight ?? 0) > 400);
  await frame.waitForFunction(() => {
    const { scrollHeight, clientHeight } = document.documentElement;
    return scrollHeight === clientHeight;
  });
}

/** Calls the SDK and waits for what it promises. */
export async function sdk(page: Page, method: "lockSession" | "refreshSession"): Promise<void> {
  await page.evaluate(async (name) => {
    await window.checkout[name]();
  }, method);
}

/** The merchant's answer to `onValidateSession`. */
export async function answer(
  page: Page,
  result: { readonly success: boolean; readonly clientValidationError?: string },
): Promise<void> {
  await page.evaluate((given) => window.answer(given), result);
}
