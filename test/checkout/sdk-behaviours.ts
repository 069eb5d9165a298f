/**
 * What Dintero's own tests of @dintero/checkout-web-sdk promise (test/dintero-checkout-web-sdk.test.ts in
 * Dintero/Dintero.Checkout.Web.SDK, 45 cases), in our terms and as seen through `<dintero-checkout>`.
 * Two files hold the tests: sdk-parity.test.ts with the real SDK, sdk-from-tomorrow.test.ts for what only newer ones do.
 */
export const behaviours = {
  redirect: "a redirect goes to the session's own page",
  "redirect-language": "a redirect carries the language",
  frame: "the frame is put into the element, with the session's address",
  destroy: "removing the element removes its frame and boxes",
  "destroy-twice": "removing it twice is harmless",
  "session-loaded": "SessionLoaded is dispatched as dintero-session, reason loaded",
  "session-updated": "SessionUpdated is dispatched as dintero-session, reason updated",
  "session-not-found": "SessionNotFound is dispatched as dintero-session-not-found",
  "session-cancel": "SessionCancel is dispatched as dintero-cancel",
  "authorized-href": "after SessionPaymentAuthorized the page goes to its href",
  "on-hold-href": "after SessionPaymentOnHold the page goes to its href",
  "payment-error-href": "after SessionPaymentError the page goes to its href",
  "session-locked": "SessionLocked is dispatched with its lock's id, and the session can be refreshed",
  "session-lock-failed": "SessionLockFailed is dispatched as dintero-session-lock-failed",
  "payment-type": "ActivePaymentProductType is dispatched as dintero-payment-type",
  "wrong-origin": "messages of another origin or window are ignored",
  "wrong-type": "messages of an unknown type are ignored",
  "wrong-sid": "messages about another session are ignored",
  height: "the frame takes the height that its page announces",
  scroll: "the page scrolls to the frame's top when the frame requests it",
  "language-changed": "a language chosen in the frame is used for its result page",
  "result-authorized": "the frame shows the result page after SessionPaymentAuthorized",
  "result-on-hold": "the frame shows the result page after SessionPaymentOnHold",
  "result-once": "only the first outcome counts",
  "result-error": "the frame shows the result page, with error and language, after SessionPaymentError",
  "result-cancel": "the frame shows the result page as cancelled after SessionCancel",
  validate: "with validate-session the frame is opened for it, and ValidateSession is answered",
  "no-validate": "without validate-session the frame is not opened for it, and no event is dispatched",
  "no-address": "without address-callback the frame is not opened for it, and no event is dispatched",
  lock: "lockSession() resolves on SessionLocked",
  "lock-fails": "lockSession() rejects on SessionLockFailed",
  refresh: "refreshSession() resolves on SessionUpdated",
  "refresh-fails": "refreshSession() rejects on SessionNotFound",
  ack: "a message with a mid is acknowledged",
  button: "ShowPopOutButton shows the button that opens the window, once",
  "button-hidden": "HidePopOutButton removes the button",
  "button-paid": "the button goes when the payment is completed",
  window: "the button opens the window, behind it a backdrop",
  "window-closed": "closing removes window and backdrop and notifies the frame",
  "window-focus": "the backdrop's button brings the window to the front",
  "window-backdrop": "a click on the backdrop brings the window to the front",
  "window-lock": "locking reaches the window",
  "window-refresh": "refreshing reaches the window",
  "window-payment-type": "choosing a payment method reaches the window",
} as const;

/** What SDKs after 0.8.30 do besides. */
export const newer = {
  "top-level": "on TopLevelNavigation the page goes to its href",
  address: "with address-callback the frame is opened for it, and AddressCallback is answered",
  "no-address": "without address-callback the frame is not opened for it, and no event is dispatched",
  "button-session": "the session that comes with ShowPopOutButton is the one to validate",
  "button-late": "ShowPopOutButton after the payment is ignored",
} as const;

/** `shows(name, test)` for each behaviour, and `complete()` for a last test that none was forgotten. */
export function showing<List extends Readonly<Record<string, string>>>(list: List) {
  const shown = new Set<keyof List>();
  return {
    shows(name: keyof List & string, test: () => Promise<void> | void): void {
      shown.add(name);
      it(list[name]!, test);
    },
    complete(): void {
      it("shows every behaviour of the list", () => {
        const forgotten = Object.keys(list).filter((name) => !shown.has(name));
        if (forgotten.length > 0) throw new Error(`Without a test: ${forgotten.join(", ")}`);
      });
    },
  };
}
