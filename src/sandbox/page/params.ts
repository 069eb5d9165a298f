import type { HostedPageParams } from "../page-api.ts";

/** What the SDK wrote into the address of the hosted page. */
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
    newerSdk: query.has("sdk_hostname") || query.has("sdk_not_top_level"),
    loader: query.get("loader") === "true",
  };
}
