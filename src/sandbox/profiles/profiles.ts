import type { SessionRequest } from "../../dintero/session.ts";
import { SandboxError } from "../errors.ts";
import { randomId } from "../ids.ts";
import type { PaymentMethod } from "../page-api.ts";
import { enabledTypes, isActive, withPayability, type Configuration } from "./configuration.ts";
import { builtInProfiles } from "./built-in-profiles.ts";
import { kindOf, type PaymentType } from "./payment-methods.ts";

/** A checkout profile as the admin API returns it. */
export interface Profile {
  readonly id: string;
  readonly configuration: Configuration;
  readonly [field: string]: unknown;
}

/** What of a session decides how it can be paid. */
export type Payable = Pick<SessionRequest, "configuration" | "order"> & { readonly profile_id?: string };

/** The account's checkout profiles: those that are there from the start, and those made by the admin API. */
export class Profiles {
  readonly #made = new Map<string, Profile>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  list(): readonly Profile[] {
    const ids = new Set([...Object.keys(builtInProfiles), ...this.#made.keys()]);
    return [...ids].map((id) => this.get(id));
  }

  /** A profile, or 404. */
  get(id: string): Profile {
    const made = this.#made.get(id);
    if (made) return made;
    const offers = Object.hasOwn(builtInProfiles, id) ? builtInProfiles[id] : undefined;
    if (!offers) throw new SandboxError(404, "profile_not_found", "There is no such profile");
    return { id, name: id, configuration: configurationOf(offers.map(({ type }) => type)) };
  }

  /** Makes a profile, or replaces one. */
  put(fields: Readonly<Record<string, unknown>>, id = randomId(12)): Profile {
    const { configuration } = fields;
    if (typeof configuration !== "object" || configuration === null)
      throw new SandboxError(400, "invalid_body", "The body does not follow the rules", [
        { code: "required", path: "configuration", message: "configuration is required" },
      ]);
    const types = enabledTypes(configuration as Configuration);
    const made = { ...fields, id, configuration: configurationOf(types, configuration as Configuration) };
    this.add(made);
    this.#onChange();
    return made;
  }

  /** Takes a profile in, as it comes from a state file. */
  add(profile: Profile): void {
    this.#made.set(profile.id, profile);
  }

  delete(id: string): void {
    this.get(id);
    this.#made.delete(id);
    this.#onChange();
  }

  /**
   * What a shopper can pay with: what the session's `configuration` enables, or else what its profile offers in this
   * currency and country. An order without an amount can only be paid as `dintero.zero`, and only where that is enabled.
   */
  paymentMethods({ configuration, order, profile_id }: Payable): readonly PaymentMethod[] {
    const enabled = enabledTypes(configuration);
    const zero = enabled.filter((type) => type === "dintero.zero");
    const chosen = enabled.filter((type) => type !== "dintero.zero");
    const types = order.amount === 0 ? zero : chosen.length ? chosen : this.#offered(profile_id, order);
    return types
      .filter((type) => isActive(type, configuration))
      .map((type) => ({ kind: kindOf(type) ?? "other", payment_product_type: type }));
  }

  /** What tests pay with where they name nothing else: the first card, or the first method, of the session. */
  usualType(session: Payable): string {
    const methods = this.paymentMethods(session);
    const { payment_product_type: type } = methods.find(({ kind }) => kind === "card") ?? methods[0] ?? {};
    return type ?? (session.order.amount === 0 ? "dintero.zero" : "dintero_psp.creditcard");
  }

  /** Those that were made. */
  [Symbol.iterator](): Iterator<Profile> {
    return this.#made.values();
  }

  clear(): void {
    this.#made.clear();
  }

  /** What Dintero answers to an unknown profile is not documented: here it offers what `default` does. */
  #offered(id = "default", order: SessionRequest["order"]): readonly PaymentType[] {
    const made = this.#made.get(id);
    if (made) return enabledTypes(made.configuration).filter((type) => type !== "dintero.zero");
    const offers = Object.hasOwn(builtInProfiles, id) ? builtInProfiles[id] : builtInProfiles["default"];
    const country = countryOf(order);
    return (offers ?? [])
      .filter(({ currency = order.currency }) => currency === order.currency)
      .filter(({ countries }) => !countries || country === undefined || countries.includes(country))
      .map(({ type }) => type);
  }
}

/** The shopper's country, if the order has it. */
export function countryOf({
  billing_address,
  shipping_address,
}: SessionRequest["order"]): string | undefined {
  return billing_address?.country ?? shipping_address?.country;
}

function configurationOf(types: readonly PaymentType[], given: Configuration = {}): Configuration {
  return types.reduce(
    (configuration, type) => withPayability(configuration, type, { enabled: true, payability: "payable" }),
    given,
  );
}
