import type { PaymentKind } from "../../page-api.ts";
import type { ViewProps } from "./view-props.ts";

/** The value of a form's field, trimmed; empty when there is no such field. */
export function fieldValue(form: HTMLFormElement, name: string): string {
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

const cardFields: readonly PaymentKind[] = ["card"];
const invoiceFields: readonly PaymentKind[] = ["invoice", "klarna"];
const phoneFields: readonly PaymentKind[] = ["vipps", "swish", "mobilepay"];

/** The fields that a payment method requires: none for wallets, zero amounts and methods without a form of ours. */
export function methodFields({ text }: ViewProps, kind: PaymentKind): readonly Field[] {
  const numeric = { type: "text", inputmode: "numeric" } as const;
  if (cardFields.includes(kind)) {
    const number = { ...numeric, name: "number", label: text("cardNumber"), autocomplete: "cc-number" };
    const expiry = { ...numeric, name: "expiry", label: text("expiry"), autocomplete: "cc-exp" };
    const cvc = { ...numeric, name: "cvc", label: text("cvc"), autocomplete: "cc-csc" };
    return [
      { ...number, test: "4925 0000 0000 0004", maxlength: 23 },
      { ...expiry, test: "12/34", maxlength: 7 },
      { ...cvc, test: "123", maxlength: 4 },
    ];
  }
  if (invoiceFields.includes(kind)) {
    const birth = { ...numeric, name: "birth", label: text("birthDate"), autocomplete: "bday" };
    return [{ ...birth, test: "1987-03-12", maxlength: 10 }];
  }
  if (!phoneFields.includes(kind)) return [];
  const phone = { name: "phone", label: text("phone"), autocomplete: "tel" };
  return [{ ...phone, test: phones[kind] ?? "", type: "tel", inputmode: "tel", maxlength: 20 }];
}
