import { endpointUrl } from "../elements/href.ts";
import { checkoutMessages } from "../messages/index.ts";
import type { CheckoutMessages } from "../messages/keys.ts";
import { resolveLanguage } from "../messages/language.ts";
import type { CheckoutMode } from "./checkout-mode.ts";
import type { EndpointOptions } from "./session-endpoint.ts";
import { usableTimeout } from "./timeouts.ts";
import type { CheckoutTrigger } from "./trigger.ts";

/** What the page asked for: the element's attributes and properties, with their defaults. */
export interface CheckoutOptions extends EndpointOptions {
  /** The session to show. Null for one that the endpoint creates. */
  readonly sessionId: string | null;
  readonly mode: CheckoutMode;
  readonly trigger: CheckoutTrigger;
  /** As the attribute has it. */
  readonly checkoutUrl: string | null;
  /** The SDK's code of the language. */
  readonly language: string | undefined;
  /** Whether the page decides on payments and addresses. */
  readonly validateSession: boolean;
  readonly addressCallback: boolean;
  /** What the shopper reads when the page refuses without a message. */
  readonly refusalText: string;
}

/** The element's attributes and properties, as they were set. */
export type CheckoutAttributes = HTMLElement &
  Omit<CheckoutOptions, "language" | "refusalText"> & {
    readonly language: string | null;
    readonly messages: Partial<CheckoutMessages> | null;
  };

export function readOptions(element: CheckoutAttributes): CheckoutOptions {
  const { sessionId, endpoint, fetchSession, payload, credentials, timeout } = element;
  const { mode, trigger, checkoutUrl, language, validateSession, addressCallback } = element;
  return {
    sessionId,
    endpoint: endpoint ? (endpointUrl(endpoint, element)?.href ?? endpoint) : null,
    fetchSession,
    payload,
    // Null once its attribute is removed.
    credentials: credentials ?? "same-origin",
    timeout: usableTimeout(timeout),
    mode,
    trigger,
    checkoutUrl,
    language: resolveLanguage(element, language).sdk,
    validateSession,
    addressCallback,
    refusalText: readMessages(element).validationFailed,
  };
}

/** Our texts in the shopper's language, and the page's own. */
export function readMessages(element: CheckoutAttributes): CheckoutMessages {
  return { ...checkoutMessages[resolveLanguage(element, element.language).own], ...element.messages };
}
