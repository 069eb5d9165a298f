import type { PaymentKind } from "../../page-api.ts";
import type { Scene } from "./page.ts";

/** What stands in a field of a form; nothing when there is no such field. */
export function typed(form: HTMLFormElement, name: string): string {
  const field = form.elements.namedItem(name);
  return field instanceof HTMLInputElement || field instanceof HTMLSelectElement ? field.value.trim() : "";
}

export interface Field {
  readonly name: string;
  readonly label: string;
  /** Value that "fill in test values" gives it: Dintero's own test numbers where there are some. */
  readonly test: string;
  readonly autocomplete: string;
  readonly inputmode: "numeric" | "tel" | "text";
  readonly type: "text" | "tel";
  readonly maxlength: number;
}

const phones: Partial<Record<PaymentKind, string>> = {
  vipps: "+47 40230256",
  swish: "+46 70 123 45 67",
  mobilepay: "+45 20 12 34 56",
};

/** What a way to pay wants to know. */
export function fields({ say }: Scene, kind: PaymentKind): readonly Field[] {
  const text = { type: "text", inputmode: "numeric" } as const;
  switch (kind) {
    case "card":
      return [
        {
          ...text,
          name: "number",
          label: say("cardNumber"),
          test: "4925 0000 0000 0004",
          autocomplete: "cc-number",
          maxlength: 23,
        },
        {
          ...text,
          name: "expiry",
          label: say("expiry"),
          test: "12/34",
          autocomplete: "cc-exp",
          maxlength: 7,
        },
        { ...text, name: "cvc", label: say("cvc"), test: "123", autocomplete: "cc-csc", maxlength: 4 },
      ];
    case "invoice":
      return [
        {
          ...text,
          name: "birth",
          label: say("birthDate"),
          test: "1987-03-12",
          autocomplete: "bday",
          maxlength: 10,
        },
      ];
    default:
      return [
        {
          name: "phone",
          label: say("phone"),
          test: phones[kind] ?? "",
          autocomplete: "tel",
          type: "tel",
          inputmode: "tel",
          maxlength: 20,
        },
      ];
  }
}
