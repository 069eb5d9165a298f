import type { Checkout } from "../checkout.ts";
import type { GetText } from "../language.ts";
import type { State } from "../state.ts";

/** What every view gets. */
export interface ViewProps {
  /** What a click or a submitted form does. */
  readonly checkout: Checkout;
  readonly state: State;
  /** The page's texts in the shopper's language. */
  readonly text: GetText;
}
