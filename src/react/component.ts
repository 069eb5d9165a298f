import {
  createElement,
  forwardRef,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  type ForwardRefExoticComponent,
  type HTMLAttributes,
  type PropsWithChildren,
  type RefAttributes,
} from "react";

/** How React sees an element. `@lit/react` sets properties too late for a page rendered on a server, and drops attributes there. */
export interface ElementDescription {
  readonly tag: string;
  /** Properties, and the attributes that a server writes for them; null for those that markup cannot carry. */
  readonly properties: Readonly<Record<string, string | null>>;
  /** Handlers, and the events they listen to. */
  readonly events: Readonly<Record<string, string>>;
}

type AnyProps = Readonly<Record<string, unknown>>;
type Handler = (event: Event) => void;

/** What was last set on an element: what has not changed is not set again. */
interface Applied {
  readonly element: Element | null;
  readonly values: Map<string, unknown>;
}

// React 18 warns where a server meets it.
const useBeforePaint = typeof document === "undefined" ? () => {} : useLayoutEffect;

/** A component that renders the element on a server, and sets properties and listeners before the element starts. */
export function component<E extends HTMLElement, Props extends object>(
  description: ElementDescription,
): ForwardRefExoticComponent<Props & RefAttributes<E>> {
  const { tag, properties, events } = description;
  const Component = forwardRef<E, AnyProps>((props, ref) => {
    const element = useRef<E>(null);
    const handlers = useRef<AnyProps>({});
    const applied = useRef<Applied>({ element: null, values: new Map() });
    // React compares them once, while hydrating; afterwards the properties are ours alone.
    const [attributes] = useState(() => writeAttributes(properties, props));
    const [listener] = useState(() => (event: Event) => {
      const name = Object.keys(events).find((key) => events[key] === event.type);
      (handlers.current[name ?? ""] as Handler | undefined)?.(event);
    });

    useBeforePaint(() => {
      const current = element.current;
      if (!current) return;
      handlers.current = props;
      if (applied.current.element !== current) applied.current = { element: current, values: new Map() };
      setProperties(current, Object.keys(properties), props, applied.current.values);
      // They stay while the element does: React also undoes effects of what it only hides, where a payment may go on.
      for (const type of Object.values(events)) current.addEventListener(type, listener);
      current.removeAttribute("defer-hydration");
    });
    useImperativeHandle(ref, () => element.current!, []);

    return createElement(tag, { ...pageProps(description, props), ...attributes, ref: element });
  });
  Component.displayName = tag
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
  return Component as unknown as ForwardRefExoticComponent<Props & RefAttributes<E>>;
}

/** Sets what has changed. A property that is no longer given is null, as if its attribute were removed. */
function setProperties(
  element: Element,
  names: readonly string[],
  props: AnyProps,
  values: Map<string, unknown>,
): void {
  for (const name of names) {
    const value = props[name];
    if (value === undefined && !values.has(name)) continue;
    if (values.has(name) && Object.is(values.get(name), value)) continue;
    values.set(name, value);
    Reflect.set(element, name, value ?? null);
  }
}

/** The attributes of the first render, with the one that holds the element back. */
function writeAttributes(
  properties: ElementDescription["properties"],
  props: AnyProps,
): Record<string, string> {
  const attributes: Record<string, string> = { "defer-hydration": "" };
  for (const [name, attribute] of Object.entries(properties)) {
    if (!attribute) continue;
    const text = attributeText(name, props[name]);
    if (text !== undefined) attributes[attribute] = text;
  }
  return attributes;
}

function attributeText(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null || value === false) return undefined;
  if (value === true) return "";
  if (name !== "payload") return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    // The element reports it.
    return undefined;
  }
}

/** The props that are React's and the page's: slots, `id`, `style`, `data-…`. */
function pageProps({ properties, events }: ElementDescription, props: AnyProps): Record<string, unknown> {
  const rest = Object.entries(props).filter(
    ([name]) => !Object.hasOwn(properties, name) && !Object.hasOwn(events, name),
  );
  // On a custom element React 18 would write `classname`.
  return Object.fromEntries(rest.map(([name, value]) => [name === "className" ? "class" : name, value]));
}

/** A component's props: the element's properties, handlers of its events, and what any tag takes. */
export type ElementProps<E, Properties extends keyof E, Handlers> = {
  readonly [Name in Properties]?: E[Name] | undefined;
} & {
  readonly [Name in keyof Handlers]?: ((event: Handlers[Name]) => void) | undefined;
} & PropsWithChildren<Omit<HTMLAttributes<E>, Properties | keyof Handlers | "children">>;
