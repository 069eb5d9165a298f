// Every call, option, message and rule of Dintero that the sandbox implements, each with the test that proves it.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { faultPoints } from "../../src/sandbox/faults.ts";

/** Fact → title of its test. */
type Facts = Readonly<Record<string, string>>;

const calls: Facts = {
  "POST /accounts/{account}/auth/token": "credentials are exchanged for a bearer token of four hours",
  "POST /sessions-profile": "a session is created, paid and read, with its transaction",
  "GET /sessions/{id}": "a session that was not paid has its times and events, and no transaction",
  "PUT /sessions/{id}": "an update needs the page's lock and removes it",
  "POST /sessions/{id}/cancel": "a merchant cancels a session, and what was authorized is voided",
  "POST /sessions": "POST /sessions takes configuration in place of a profile",
  "POST /sessions/payment-token": "creates a page that saves a card and takes no money",
  "POST /sessions/pay": "pays with a saved card, without the customer",
  "GET /transactions": "answers an array, newest first",
  "GET /transactions/{id}": "a session is created, paid and read, with its transaction",
  "PUT /transactions/{id}": "PUT changes merchant_reference_2 only",
  "POST /transactions/{id}/authorization": "klarna.klarna: a new total needs items that add up to it",
  "POST /transactions/{id}/capture": "a transaction is %s",
  "POST /transactions/{id}/refund": "a transaction is %s",
  "POST /transactions/{id}/void": "a transaction is %s",
  "GET /sessions": "answers an array of sessions, newest first, a page at a time",
  "GET /card-tokens":
    "a saved card is listed by its customer, read and deleted; deleted ones are listed on demand",
  "GET /card-tokens/{id}": "an unknown card token, or another account's, is 404",
  "DELETE /card-tokens/{id}":
    "a saved card is listed by its customer, read and deleted; deleted ones are listed on demand",
  "GET /admin/session/profiles":
    "a profile is read with its providers, their methods and whether they are payable",
  "POST /admin/session/profiles": "a profile is made, changed, used by a session and deleted",
  "GET /admin/session/profiles/{id}":
    "a profile is read with its providers, their methods and whether they are payable",
  "PUT /admin/session/profiles/{id}": "a profile is made, changed, used by a session and deleted",
  "DELETE /admin/session/profiles/{id}": "a profile is made, changed, used by a session and deleted",
  "POST /accounts/{account}/hooks/subscriptions":
    "a subscription is read without its secret, and a ping follows it",
  "GET /accounts/{account}/hooks/subscriptions":
    "a subscription is read without its secret, and a ping follows it",
  "GET …/subscriptions/{hid}": "a subscription is read without its secret, and a ping follows it",
  "DELETE …/subscriptions/{hid}":
    "a deleted subscription gets nothing more, and what is wrong in a new one is named",
  "POST …/subscriptions/{hid}/ping": "ping is answered 204, and its delivery is listed and read",
  "GET …/subscriptions/{hid}/deliveries": "ping is answered 204, and its delivery is listed and read",
  "GET …/deliveries/{id}": "ping is answered 204, and its delivery is listed and read",
};

const rest: Facts = {
  "PAY_FAILED: one attempt, the session stays open":
    "a rejected attempt is PAY_FAILED, and another method completes the session",
  "correction on an event":
    "a capture that looks failed carries the correction: it was done, and cannot be done again",
  "correction on a later event": "the correction can come later, on an event of its own that names the first",
  "checkboxes: shown and answered": "checkboxes are on the page, and their answers on the transaction",
  "save_card_checkbox: opt_in, opt_out": "save_card_checkbox %s, answered %s: the card is saved: %s",
  "channel, metadata of events": "has a channel, and events have metadata",
  "Walley on hold: INITIALIZE": "on hold with Walley is an event INITIALIZE",
  "invoice_purchase with Kravia": "invoice_purchase is paid by Kravia's invoice, and by nothing else",
  "callback_url: https, never localhost":
    "a callback_url on localhost, or without https, is a warning in the log",
  "merchant_reference of 35 characters with Kravia":
    "a long merchant_reference is one where Kravia is offered",
  "test cards: paid, 3-D Secure fails, declined, time-out of the authorization":
    "the test card %s ends as %s",
  "test cards: time-out of the capture, the cancellation": "with the test card ending %s a %s times out",
  "test cards: time-out of the automatic capture, the token":
    "with the test card ending 0035 the automatic capture fails, with 0050 there is no token",
  "the calls below /accounts/{account}/payments":
    "the payment calls answer at /accounts/{account}/payments as well",
  "filters of GET /sessions": "sessions are filtered by %s",
  "new accounts use Dintero PSP":
    "the profile default offers Dintero PSP, the profile payex what older accounts have",
  "active_payment_types: by type or wildcard":
    "active_payment_types switches methods off, by name or wildcard",
  "card: masked_pan, type, country":
    "a saved card is listed by its customer, read and deleted; deleted ones are listed on demand",
  "webhooks: event, event-delivery, event-signature":
    "verifyWebhook accepts checkout_authorization and checkout_transaction of a payment",
  "checkout_authorization: what report_error=true reports":
    "checkout_authorization also reports that the customer cancelled",
  "checkout_transaction: created, captured, refunded, voided":
    "checkout_transaction reports captures, refunds and voids",
  "webhooks: five tries, only 2xx counts": "an answer of %s is not a 2xx: a webhook is tried five times",
  "credentials: HTTP Basic, grant type, audience":
    "another grant type or another account's audience is refused with its path",
  "wrong credentials are refused": "%s is refused with 401 in Dintero's error format",
  "account ids: T and 8 digits, P and 8 digits":
    "an account other than T and 8 digits or P00000000 is refused at once",
  "one host for both environments":
    "P00000000 is available beside the test account, and neither sees the other's sessions",
  "expires_in of a token": "a token expires",
  "Bearer is needed": "a call without a token, or with one that was never issued, is refused with 401",
  "error format": "%s is refused with 400 and its path",
  "400 for invalid JSON": "a body that is not a JSON object is refused with 400",
  "404 for an unknown session": "an unknown session or an invalid id is 404",
  "404 for a transaction": "an unknown transaction, or a session's id in its place, is 404",
  "500, and every other error":
    "a status is answered in the error format with its headers, for the given number of times",
  "Dintero-System-Name, -Version, -Plugin-Name, -Plugin-Version":
    "Dintero-System headers name the calling system",
  "Dintero-Feature-Toggles: strict-session-amounts, on creation":
    "strict-session-amounts refuses an amount that is not the sum of its parts",
  "strict-session-amounts, on update": "an update is checked like a new session, its express options too",
  "include_session=true": "include_session=true adds the session",
  "url of a session: {checkout}/v1/view/{id}": "the url follows the sandbox's address where one was given",
  "required fields": "%s is refused with 400 and its path",
  "amounts are integers in the smallest unit": "%s is refused with 400 and its path",
  "line_id is unique": "%s is refused with 400 and its path",
  "vat is a percentage": "%s is refused with 400 and its path",
  "decimal quantities, negative lines":
    "quantities may be decimal, lines may be negative, and discounts are kept",
  "gross_amount and discount_lines":
    "quantities may be decimal, lines may be negative, and discounts are kept",
  expires_at: "after expires_at the page's session is gone, and the merchant can still read it",
  "remove_lock defaults to true": "an update needs the page's lock and removes it",
  "remove_lock=false": "remove_lock=false keeps the lock, and the session cannot be paid until it is removed",
  "update_without_lock=true": "update_without_lock=true needs no lock",
  "no update once completed": "a completed or expired session cannot be updated",
  "cancel is refused in other states":
    "a session whose transaction is captured, on hold or declined cannot be cancelled",
  cancelled_at: "a merchant cancels a session, and what was authorized is voided",
  "one transaction a session": "a session has at most one transaction",
  "event_reference and items of a capture and a refund":
    "a capture and a refund keep their reference and items in event_reference and items",
  "items of a capture need not add up": "items need not add up to the amount, and may be an empty list",
  "metadata of a capture: texts, keys ext_": "metadata of a capture is texts under ext_ keys: %j is refused",
  "void after a partial capture, where the payment method has it":
    "a void after a partial capture cancels the rest of payex.creditcard, and keeps the captured part",
  "void after a partial capture, elsewhere":
    "a void after a partial capture is refused for collector.invoice",
  "void with a body": "void takes any body: live plug-ins send an id, or an empty list",
  "final_capture of dintero_psp": "final_capture of dintero_psp voids the rest: nothing more can be captured",
  "202 with INITIATE_… and event-request-id": "event-request-id is the request_id of the event",
  correlation_request_id: "a capture begins with INITIATE_CAPTURE, and its end names that event's request",
  "202 that fails": "an accepted refund that fails has an event with success false, and no money moves",
  "auto_capture before the callback": "auto_capture: the transaction is CAPTURED at the callback",
  "Swish is captured at once": "%s has no reservation: CAPTURED, void is impossible",
  "splits [] forbid the automatic capture": "an empty list of splits prevents the automatic capture",
  "zero amounts": "amount 0 is paid as dintero.zero where that is enabled, and can be captured and refunded",
  "authorization: an extension": "klarna.klarna: an extension needs reason and reference",
  "authorization: a pre-authorization": "dintero_psp: a pre-authorization gets its amount",
  "authorization: dintero.external on hold": "dintero.external on hold is authorized",
  "authorization: 409": "other methods, and other statuses, are refused",
  "shipping option as a line of items": "the shipping option is a line of items, which add up to the amount",
  "fields of a transaction":
    "addresses, references, store, customer, urls and metadata come from the session",
  "includes of a transaction": "includes adds the session, its latest event, and events that succeeded",
  "includes=card.payment_token, card.recurrence_token":
    "generate_payment_token creates a token, which only includes=card.payment_token returns",
  "includes=initiating_system_request_headers":
    "includes=initiating_system_request_headers adds the system that created the session",
  "error of an event that failed":
    "a failed authorization has success false and an error with its retry policy",
  "filters of GET /transactions": "filters by %s",
  "limit and starting_after": "pages have a limit, and start after a given transaction",
  "limit defaults to 10": "a page has ten transactions without a limit",
  "customer.tokens": "a session that names a customer's token offers the card, and never its token",
  "sessions/pay is 200 when the authorization failed":
    "is also 200 when the authorization failed: status FAILED, success false",
  "strict-merchant-reference, strict-success-merchant-reference": "%s refuses a reference that has been used",
  payment_product_type: "an unknown payment_product_type is refused with its name",
  payability: "configuration names the methods, and the session shows whether each is payable",
  "events of a session": "carry name, id, created_at and details, and no field event",
  "names of a session's events": "paying: INITIATED, VISITED, AUTHORIZED, COMPLETED, AUTH_CALLBACK_SENT",
  "a session as read": "has the profile in metadata, the merchant, and its last visitor",
  cancelled_by: "a cancelled one has the time and who cancelled it",
  "items require nothing": "only the documented fields are required: items may have none at all",
  "unknown fields are accepted": "undocumented fields are accepted and kept",
  "amounts are int32": "%s is refused with 400 and its path",
  "no more than there is": "no more than the rest can be captured or refunded",
  "wrong amounts of a capture": "a capture of %j is refused at %s",
  "what a status does not allow": "an operation that the status does not allow is refused",
};

const statuses: Facts = {
  INITIATED: "a transaction can be %s for a while",
  UNKNOWN: "a transaction can be %s for a while",
  AUTHORIZED: "a session is created, paid and read, with its transaction",
  ON_HOLD: "a transaction on hold becomes authorized or failed later, and cannot be captured before",
  CAPTURED: "a transaction is %s",
  PARTIALLY_CAPTURED: "a transaction is %s",
  PARTIALLY_CAPTURED_REFUNDED: "a transaction is %s",
  REFUNDED: "a transaction is %s",
  PARTIALLY_REFUNDED: "a transaction is %s",
  AUTHORIZATION_VOIDED: "a transaction is %s",
  DECLINED: "a payment that is %s has the status %s",
  FAILED: "a payment that is %s has the status %s",
};

const express: Facts = {
  "SET_BILLING_ADDRESS: billing and shipping address": "has the billing address that an express shopper gave",
  "an amount without the shipping option that is sent":
    "Magento's express update leaves the shipping out of the amount; the session does not stay locked",
  shipping_options: "options given with the session need no callback",
  "shipping_options: id, line_id, amount, title, operator": "%s is refused with 400 and its path",
  "delivery_method: delivery, pick_up":
    "an address is POSTed to the merchant in the session, and answered with the delivery options",
  "shipping_mode=shipping_not_required": "shipping_not_required requires no delivery",
  customer_types: "%s is refused with 400 and its path",
  shipping_address_callback_url:
    "an address is POSTed to the merchant in the session, and answered with the delivery options",
  "the answer may carry an order": "the merchant's answer may contain a new order",
  "an empty list: no delivery there":
    "an empty list means that the merchant does not ship there: nothing can be paid",
  "60 s, no retry": "a merchant has 60 s for an address, which is requested once",
  "only 200 counts": "%s is an invalid answer, and is not requested again",
  "an address of country and postal_code": "an address of only country and postal code is enough",
  "the shopper chooses the option":
    "no option is chosen for the shopper, and the chosen one's price is part of the amount",
  "an address, and an option, before paying":
    "paying needs an address, and an option where there are any or a callback",
  "amount rule, row 1": "row 1: items and no chosen option; the price of an option counts once it is picked",
  "amount rule, row 2":
    "row 2: with an option chosen the amount contains its price, and nothing is corrected",
  "amount rule, row 3":
    "row 3: an amount without the chosen option gets a Correction line, which the log explains",
  "amount rule, row 4": "row 4: a new price of the chosen option is added by Dintero, not by the merchant",
  "amount rule, end to end":
    "the worked example: three addresses, a discount, pay, capture all lines; the sums are right at each step",
  "order in the answer: amount required, no shipping option":
    "an order in the answer needs an amount, and its shipping option is ignored",
  "update: sum of items and shipping option":
    "the amount is the items and the shipping option, without any toggle",
  "update: the option must be offered": "order.shipping_option must be among express.shipping_options",
  "update: what is required": "express needs shipping_options, and nothing inside order is required",
  "update: what cannot change": "the merchant reference and the callback urls do not change",
  "update: the address callback that follows": "%s",
  "delivery_method: none": "delivery_method none is an option like any other",
  "onAddressCallback: its lock":
    "with a client-side address callback the session is locked and the address is not stored yet",
  "onAddressCallback: its answer":
    "the merchant's page answers an address callback with success %s: the lock ends",
  "discount codes must be enabled": "codes need configuration.discounts.express_discount_codes.enabled",
  "discount_codes.callback_url": "codes are POSTed to the merchant, who answers with a reduced order",
  "discount_codes.max_count": "more codes than max_count, or none allowed, are refused",
  "order.discount_lines": "discount lines of the order are not part of the sum",
  "the express callbacks are signed": "the express callbacks are signed",
};

const results: Facts = {
  "return_url: transaction_id, merchant_reference":
    "a session is created, paid and read, with its transaction",
  "return_url: error=cancelled": "cancelling returns to the shop with error=cancelled",
  "return_url: error=authorization, error=failed": "a payment that is %s has the status %s",
  "return_url: error=capture":
    "a capture that fails returns with error=capture and transaction_id, and is called back with the capture",
  "channel: in_app": "channel in_app: return_url may be an app's, and session_id is added to it",
  "time of a callback":
    "the callback's time is when the transaction was created, in later event callbacks too",
  "return_url keeps its own parameters":
    "the return url keeps the merchant's own parameters, and an app's scheme",
  "callback before the return": "the callback is answered before the shopper returns",
  "callback after the return": "the callback is delivered long after the return",
  "return without a callback": "a callback is never sent",
  "transaction_id, session_id, merchant_reference, time":
    "a paid session is called back by GET with its ids, reference and time",
  "method=POST": "method=POST sends the transaction as the body",
  "includes=session": "includes=session adds the session to the body",
  "sid_parameter_name=sid": "sid_parameter_name renames session_id",
  "report_error=true: cancelled, failed": "report_error=true also calls back when it was %s",
  "report_error=true: authorization": "report_error=true reports a failed authorization as an error",
  "no report_error": "without report_error there is no callback when it was not paid",
  "report_event=CAPTURE|REFUND, event, event_id":
    "report_event calls back for each named event, and can be repeated",
  "report_event=VOID": "report_event=VOID calls back for a void, but not for a capture",
  "delay_callback=<0..60>": "%s waits %s ms, 60 s at most",
  "ON_HOLD now, and once more": "ON_HOLD is called back at once, and again when it is %s",
  "10 s time-out": "a merchant has 10 s for a callback",
  "retried: 1xx": "a 1xx is retried",
  "retried: 5xx": "a 5xx is retried until it is a 2xx",
  "retried: time-out": "no answer within the timeout is retried; the default is 10 s",
  "retried: connection error": "a broken connection is retried",
  "up to 20 retries": "it is given up after 20 retries",
  "a 4xx is final": "a %i is final",
  "at least once": "a callback is delivered twice",
  "event-delivery": "each delivery has its own id in event-delivery; retries keep it and have a new time",
  "Dintero-Signature": "each call carries Dintero-Signature over its six lines",
  "the published vector": "Dintero's published example has its published signature",
  "a port is not signed, a space is a plus":
    "port and scheme are not signed, and a space is signed as a plus",
  "unlike the real one, http and localhost": "http and localhost are called, unlike by the real service",
  "test message": "the test ribbon stays even where the test message is hidden",
  "methods by currency: Vipps, Swish, MobilePay": "in %s one pays by %j",
};

/** The SDK's options and methods, driven by the real SDK in a browser. */
const sdk: Facts = {
  "embed(): onSession": "the session is reported once, and the frame's height fits its content",
  "embed(): onPayment, onPaymentError": "%s calls %s with %s",
  "embed(): onSessionCancel": "cancelling calls onSessionCancel with the return url",
  "embed(): onSessionNotFound": "an unknown and an expired session are reported as not found",
  "embed(): onSessionLocked, onSessionLockFailed":
    "a refused lock is reported as failed, and the session can still be paid",
  "embed(): onActivePaymentType": "choosing a method is reported",
  "embed(): onValidateSession":
    "the hosted page requests validation, and pays once the merchant's page approves",
  "embed(): onAddressCallback, newer SDKs":
    "AddressCallback is sent to the merchant's page, and its approval shows the options",
  "embed(): language": "choosing a language is reported and changes all texts",
  "embed(): ui=fullscreen": "ui=fullscreen is accepted and still reports its height",
  "embed(): popOut": "has the SDK show a button, in place and in the page's language",
  "an expired session without its order":
    "a session without an order is reported unchanged, and shown as expired",
  "redirect()": "the shopper is taken to the return url after the outcome",
  "lockSession(), refreshSession()":
    "a lock is confirmed, and nothing can be edited or paid until a session without one is loaded",
  "refreshSession() of a session that is gone": "refreshing an expired session reports it as not found",
  "setActivePaymentProductType()":
    "setActivePaymentProductType selects the method, and the change is reported",
  "submitValidationResult() with a refusal":
    "a refusal shows the merchant's message as text, and nothing is paid",
  "embedResult/": "after the outcome the frame shows the result page in the page's language",
};

/** Messages, frame → page and page → frame. */
const messages: Facts = {
  SessionLoaded: "the session is reported once, and the frame's height fits its content",
  SessionUpdated:
    "a lock is confirmed, and nothing can be edited or paid until a session without one is loaded",
  SessionNotFound: "an unknown and an expired session are reported as not found",
  SessionLockFailed: "a refused lock is reported as failed, and the session can still be paid",
  ScrollToTop: "the merchant's page is scrolled to the outcome",
  HidePopOutButton: "removes the button when it is cancelled",
  SessionPaymentAuthorized: "%s calls %s with %s",
  SessionPaymentOnHold: "%s calls %s with %s",
  SessionPaymentError: "%s calls %s with %s",
  SessionCancel: "cancelling calls onSessionCancel with the return url",
  SessionLocked:
    "a lock is confirmed, and nothing can be edited or paid until a session without one is loaded",
  ActivePaymentProductType: "choosing a method is reported",
  ValidateSession: "the hosted page requests validation, and pays once the merchant's page approves",
  HeightChanged: "each change of height is reported",
  LanguageChanged: "choosing a language is reported and changes all texts",
  ShowPopOutButton: "has the SDK show a button, in place and in the page's language",
  LockSession: "a lock is confirmed, and nothing can be edited or paid until a session without one is loaded",
  RefreshSession:
    "a lock is confirmed, and nothing can be edited or paid until a session without one is loaded",
  SetActivePaymentProductType: "setActivePaymentProductType selects the method, and the change is reported",
  ValidationResult: "the hosted page requests validation, and pays once the merchant's page approves",
  SetLanguage: "SetLanguage changes the language",
  ValidatingPopOut: "with a page that validates, it shows a loader until the order is approved",
  OpenPopOutFailed: "shows that the window could not be opened",
  OpenedPopOut: "after the shopper closes it, the button can be used again",
  ClosedPopOut: "after the shopper closes it, the button can be used again",
};

const wire: Facts = {
  "{endpoint}/?…&sid={sid}": "the session is reported once, and the frame's height fits its content",
  "/v1/view/{sid}": "the shopper is taken to the return url after the outcome",
  "both addresses are documents for any frame":
    "%s is a page that any frame may embed and that is never cached",
  "client_side_validation=true, and without it":
    "without a handler in the merchant's page no validation is requested",
  "role=pop_out_launcher": "has the SDK show a button, in place and in the page's language",
  "role=pop_out_payment": "reports AppLoaded, loads the session and pays; the SDK closes it",
  "loader=true": "with a page that validates, it shows a loader until the order is approved",
  "hide_test_message=true": "the test ribbon stays even where the test message is hidden",
  "sdk_hostname, newer SDKs":
    "a page of another host, whose address the browser hides, gets nothing about the session",
  "every postMessage goes to the endpoint's origin only, newer SDKs":
    "a message posted only to that origin arrives, and the answer comes from it",
  "session in ShowPopOutButton, newer SDKs": "SDK %s gets it",
  "client_side_address_callback=true":
    "with a client-side address callback the session is locked and the address is not stored yet",
  "mid and ack": "each message has a mid and is acknowledged by the SDK",
  "window, session and sid are checked": "messages from another window or for another session are ignored",
  "AppLoaded, context popOut": "reports AppLoaded, loads the session and pays; the SDK closes it",
  "TopLevelNavigation, newer SDKs": "leads the whole page to the return url when the shopper pays in an app",
  "AddressCallback, AddressCallbackResult, newer SDKs":
    "a refusal of AddressCallback shows the merchant's message",
  "third-party storage is blocked": "works where the browser forbids storage",
  "a small static address": "/favicon.ico is a small static image, suitable for warming up a connection",
};

const groups = { calls, rest, statuses, express, results, sdk, messages, wire };

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const files = ["../sandbox/", "../sandbox/page/", "../server/"]
  .flatMap((path) => readdirSync(folder(path)).map((name) => folder(path + name)))
  .filter((file) => file.endsWith(".test.ts"));

/** The titles of all tests in a file: `test("…", …)`, `test.each(…)("…", …)`. */
function titlesOf(file: string): string[] {
  const titles: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isCallExpression(node)) {
      const [title] = node.arguments;
      if (title && ts.isStringLiteralLike(title) && /^test\b/.test(node.expression.getText()))
        titles.push(title.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true));
  return titles;
}

const titles = new Set(files.flatMap(titlesOf));

describe.each(Object.entries(groups))("%s", (_, facts) => {
  test.each(Object.entries(facts))("%s: %s", (_, title) => {
    expect(titles.has(title), `There is no test called "${title}"`).toBe(true);
  });
});

test("each message of the installed SDK has its row", () => {
  const path = createRequire(import.meta.url).resolve("@dintero/checkout-web-sdk");
  const code = readFileSync(path.replace(/[^/]+$/, "dintero-checkout-web-sdk.esm.js"), "utf8");
  const incoming = [...code.matchAll(/CheckoutEvents\["\w+"\] = "(\w+)"/g)];
  const outgoing = [...code.matchAll(/^\s+type: "([A-Z]\w+)"/gm)];
  const names = [...incoming, ...outgoing].map(([, name = ""]) => name);
  expect(names.length).toBeGreaterThan(20);
  expect([...new Set(names)].filter((name) => !(name in messages))).toEqual([]);
});

test("each call that can be made to fail is a call of the table, or the hosted page's own", () => {
  // POST /sessions fails as create-session does; the page's document, its result and its nine calls are not REST.
  expect(faultPoints).toHaveLength(Object.keys(calls).length - 1 + 11);
});
