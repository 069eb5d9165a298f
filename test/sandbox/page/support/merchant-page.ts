import type { Frame, Page } from "playwright";

/** A message from the hosted page, or the event that a handler of the SDK received. */
export type Recorded = Readonly<Record<string, unknown>> & { readonly type: string };

declare global {
  interface Window {
    /** All messages received, with their origin; `after` is the ms since the start. */
    readonly messages: Recorded[];
    /** The events that the SDK's handlers received, each with the name of its `handler`. */
    readonly handlerCalls: Recorded[];
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

/** The first call of one of the SDK's handlers, waiting for it. */
export async function handlerCall(page: Page, handler: string): Promise<Recorded> {
  const found = await page.waitForFunction(
    (name) => window.handlerCalls.find((event) => event.handler === name),
    handler,
  );
  return (await found.jsonValue()) as Recorded;
}

/** Messages of a type: those received so far, or once there are `least`. They arrive after the frame has changed its look. */
export async function messagesOfType(page: Page, type: string, least = 0): Promise<Recorded[]> {
  await page.waitForFunction(
    ([wanted, count]) => window.messages.filter((message) => message.type === wanted).length >= count,
    [type, least] as const,
  );
  return page.evaluate((wanted) => window.messages.filter((message) => message.type === wanted), type);
}

/** The first message of a type, waiting for it. */
export async function nextMessage(page: Page, type: string): Promise<Recorded> {
  const found = await page.waitForFunction(
    (wanted) => window.messages.find((message) => message.type === wanted),
    type,
  );
  return (await found.jsonValue()) as Recorded;
}

/** Resolves when the iframe is as high as its content, that is, when the last HeightChanged message was applied. */
export async function settled(page: Page, frame: Frame): Promise<void> {
  await page.waitForFunction(() => (document.querySelector("iframe")?.clientHeight ?? 0) > 400);
  await frame.waitForFunction(() => {
    const { scrollHeight, clientHeight } = document.documentElement;
    return scrollHeight === clientHeight;
  });
}

/** Calls a method of the SDK and waits for its promise. */
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
