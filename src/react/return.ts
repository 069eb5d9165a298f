import type { ForwardRefExoticComponent, RefAttributes } from "react";
import type { DinteroReturn as Element } from "../return/dintero-return.ts";
import type { ResultEvent } from "../return/result-event.ts";
import { component, type ElementProps } from "./component.ts";

const properties = {
  endpoint: "endpoint",
  retryHref: "retry-href",
  language: "language",
  credentials: "credentials",
  messages: null,
} as const;

/** Props of `DinteroReturn`: the element's properties, a handler of its event, and what any tag takes. */
export type DinteroReturnProps = ElementProps<Element, keyof typeof properties, { onResult: ResultEvent }>;

/** `<dintero-return>` as a component for React 18 and 19, rendered on a server or not. `ref` is the element. */
export const DinteroReturn: ForwardRefExoticComponent<DinteroReturnProps & RefAttributes<Element>> =
  component({ tag: "dintero-return", properties, events: { onResult: "dintero-result" } });
