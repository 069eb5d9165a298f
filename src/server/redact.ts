/** What a secret is replaced by. */
const mask = "[redacted]";

/** Takes secrets out of texts and out of parsed JSON. */
export interface Redactor {
  text(text: string): string;
  /** Strings and keys, however deep; also a secret that is cut in pieces over neighbouring strings. */
  json(value: unknown): unknown;
}

type Holder = Record<string, unknown>;

/** Where a string stands in a JSON value. */
interface Slot {
  readonly holder: Holder;
  readonly key: string;
  /** The key it stands under; for an element of a list, that of the list. */
  readonly name: string;
}

/**
 * Finds every form of the secrets (see `secretPattern`). Parse JSON first and redact then: an escape inside a string can
 * hide a secret from a search in the text.
 */
export function createRedactor(pattern: RegExp | null): Redactor {
  if (!pattern) return { text: (text) => text, json: (value) => value };

  const text = (plain: string) => plain.replace(pattern, mask);

  /** Redacts strings as if they were one text. */
  function redactRow(slots: readonly Slot[]): void {
    const strings = slots.map(({ holder, key }) => holder[key] as string);
    const matches = [...strings.join("").matchAll(pattern!)];
    if (!matches.length) return;
    let start = 0;
    slots.forEach(({ holder, key }, index) => {
      const string = strings[index]!;
      const spans = matches.map(
        ({ index: at, 0: found }) => [at - start, at - start + found.length] as const,
      );
      holder[key] = maskSpans(string, spans);
      start += string.length;
    });
  }

  function json(value: unknown): unknown {
    const root: Holder = { "": copyWithKeys(value, text) };
    const slots = slotsOf(root, "");
    redactRow(slots);
    const byName = new Map<string, Slot[]>();
    for (const slot of slots) byName.set(slot.name, [...(byName.get(slot.name) ?? []), slot]);
    for (const row of byName.values()) redactRow(row);
    return root[""];
  }

  return { text, json };
}

function maskSpans(text: string, spans: readonly (readonly [number, number])[]): string {
  let result = "";
  let end = 0;
  for (const [from, to] of spans) {
    if (to <= 0 || from >= text.length) continue;
    result += text.slice(end, Math.max(from, 0)) + mask;
    end = to;
  }
  return result + text.slice(end);
}

function copyWithKeys(value: unknown, redactKey: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((part) => copyWithKeys(part, redactKey));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, part]) => [redactKey(key), copyWithKeys(part, redactKey)]);
  return Object.fromEntries(entries) as unknown;
}

function slotsOf(holder: Holder, name: string): Slot[] {
  return Object.entries(holder).flatMap(([key, part]) => {
    const nameOfPart = Array.isArray(holder) ? name : key;
    if (typeof part === "string") return [{ holder, key, name: nameOfPart }];
    return part !== null && typeof part === "object" ? slotsOf(part as Holder, nameOfPart) : [];
  });
}
