// The SDK as it is, beside the element, both in front of the fake checkout. Two of its problems are tested elsewhere: a
// wrong integrity hash with the CDN files, old signatures with the server's callbacks.
import { embed } from "@dintero/checkout-web-sdk";
import type { DinteroCheckout } from "../../src/index.ts";
import { mountTag, reached } from "./checkout.ts";
import { FakeCheckout } from "./fake-checkout.ts";

export type SdkOptions = Parameters<typeof embed>[0];

export const sid = "T00000000.abc";

/** Listeners for messages on the window, while they are counted. */
export function countListeners() {
  const { addEventListener: add, removeEventListener: remove } = window;
  const live = new Set<unknown>();
  window.addEventListener = function (this: Window, ...args: Parameters<typeof add>) {
    const [type, listener, options] = args;
    if (type === "message") {
      live.add(listener);
      // The abort removes it, too.
      if (typeof options === "object") options.signal?.addEventListener("abort", () => live.delete(listener));
    }
    return add.apply(window, args);
  } as typeof add;
  window.removeEventListener = function (this: Window, ...args: Parameters<typeof remove>) {
    live.delete(args[1]);
    return remove.apply(window, args);
  } as typeof remove;
  return {
    get live() {
      return live.size;
    },
    stop: () => Object.assign(window, { addEventListener: add, removeEventListener: remove }),
  };
}

/** Whether a promise has settled by the time another checkout has loaded its session. */
export async function settles(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const done = (): void => void (settled = true);
  promise.then(done, done);
  const other = new FakeCheckout();
  await new Promise<void>((resolve) => {
    const options = { container: box(), sid: "other", endpoint: other.url, onSession: () => resolve() };
    void embed(options as SdkOptions);
  });
  other.stop();
  return settled;
}

export function box(parent: ParentNode = document.body): HTMLDivElement {
  const div = document.createElement("div");
  parent.append(div);
  return div;
}

/** Sets up a describe block with a fake checkout for each test. */
export function plainSdk() {
  let checkout: FakeCheckout;
  const { error, warn } = console;

  beforeEach(() => {
    console.error = console.warn = () => {};
    checkout = new FakeCheckout();
  });

  afterEach(() => {
    Object.assign(console, { error, warn });
    checkout.stop();
    document.body.replaceChildren();
  });

  return {
    get checkout(): FakeCheckout {
      return checkout;
    },
    /** An element in front of the fake checkout, ready. */
    async ready(attributes: Record<string, string> = {}): Promise<DinteroCheckout> {
      const element = mountTag({ "session-id": sid, "checkout-url": checkout.url, ...attributes });
      await reached(element, "ready");
      return element;
    },
    plain: (options: Partial<SdkOptions> = {}): ReturnType<typeof embed> =>
      embed({ container: box(), sid, endpoint: checkout.url, ...options } as SdkOptions),
  };
}
