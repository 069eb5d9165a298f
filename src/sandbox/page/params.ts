/** The parameters of the hosted page's address. */
export interface HostedPageParams {
  readonly sid: string;
  readonly ui: "inline" | "fullscreen";
  /** As requested, `""` for the browser's own. */
  readonly language: string;
  readonly role: "" | "pop_out_launcher" | "pop_out_payment";
  /** Dintero's own page at the top level (`window.parent === window` too): after an outcome it goes to `href` by itself. */
  readonly redirect: boolean;
  readonly clientSideValidation: boolean;
  readonly clientSideAddressCallback: boolean;
  readonly hideTestMessage: boolean;
  /** The SDK supports `TopLevelNavigation`, and takes the session from `ShowPopOutButton`: 0.11.3 and later. */
  readonly newerSdk: boolean;
  /** Hostname of the merchant's page, from SDK 0.9.0 on; `""` where the SDK does not send it. */
  readonly sdkHostname: string;
  /** Pop-out window opened with `loader=true`: show a loader until the next message. */
  readonly loader: boolean;
}

/** Query of `/embedResult/`. */
export interface ResultPageParams {
  readonly sid: string;
  readonly language: string;
  readonly transaction_id: string;
  readonly merchant_reference: string;
  readonly error: string;
}

/** The first SDK that supports `TopLevelNavigation` (0.11.0) and `session` in `ShowPopOutButton` (0.11.3). */
const newer = [0, 11, 3] as const;

/** Reads the parameters that the SDK wrote into the address of the hosted page. */
export function paramsFromQuery(query: URLSearchParams): HostedPageParams {
  const role = query.get("role");
  return {
    sid: query.get("sid") ?? "",
    ui: query.get("ui") === "fullscreen" ? "fullscreen" : "inline",
    language: query.get("language") ?? "",
    role: role === "pop_out_launcher" || role === "pop_out_payment" ? role : "",
    redirect: false,
    clientSideValidation: query.get("client_side_validation") === "true",
    clientSideAddressCallback: query.get("client_side_address_callback") === "true",
    hideTestMessage: query.get("hide_test_message") === "true",
    newerSdk: isAtLeast(query.get("sdk") ?? "", newer),
    sdkHostname: query.get("sdk_hostname") ?? "",
    loader: query.get("loader") === "true",
  };
}

function isAtLeast(version: string, least: readonly number[]): boolean {
  const parts = version.split(".").map((part) => Number.parseInt(part, 10) || 0);
  for (const [index, number] of least.entries()) {
    const part = parts[index] ?? 0;
    if (part !== number) return part > number;
  }
  return true;
}
