// Shaped like @dintero/checkout-web-sdk after 0.8.30 (upstream 0.12): it supports AddressCallback and TopLevelNavigation,
// has `submitAddressCallbackResult` and `paymentCompleted`, and posts to the checkout's origin only.

type Message = Readonly<Record<string, unknown>>;
type Result = { success: boolean; error?: string; clientValidationError?: string };
type Handler = (event: Message, instance: Instance, reply?: (result: Result) => void) => void;

interface Options {
  readonly container: HTMLElement;
  readonly sid: string;
  readonly endpoint: string;
  readonly language?: string;
  readonly popOut?: boolean;
  readonly onSession?: Handler;
  readonly onPayment?: Handler;
  readonly onPaymentError?: Handler;
  readonly onSessionCancel?: Handler;
  readonly onSessionNotFound?: Handler;
  readonly onSessionLocked?: Handler;
  readonly onSessionLockFailed?: Handler;
  readonly onActivePaymentType?: Handler;
  readonly onValidateSession?: Handler;
  readonly onAddressCallback?: Handler;
}

interface Instance {
  readonly iframe: HTMLIFrameElement;
  session: unknown;
  popOutWindow: Window | undefined;
  paymentCompleted: boolean;
  destroy(): void;
  setActivePaymentProductType(type?: string): void;
  submitValidationResult(result: Result): void;
  submitAddressCallbackResult(result: Result): void;
}

const version = "0.12.0";
const buttonId = "dintero-checkout-sdk-launch-pop-out";

export async function embed(options: Options): Promise<Instance> {
  const { container, sid, endpoint, language, popOut } = options;
  const { origin } = new URL(endpoint);
  const query = new URLSearchParams({ sdk: version, ui: "inline" });
  if (language) query.set("language", language);
  if (options.onValidateSession) query.set("client_side_validation", "true");
  if (options.onAddressCallback) query.set("client_side_address_callback", "true");
  if (popOut) query.set("role", "pop_out_launcher");
  query.set("sdk_hostname", location.hostname);
  query.set("sid", sid);

  const box = document.createElement("div");
  const iframe = document.createElement("iframe");
  iframe.setAttribute("style", "width:100%; height:0;");
  iframe.src = `${endpoint}/?${query}`;
  const post = (type: string, fields: object): void =>
    iframe.contentWindow?.postMessage({ type, sid, ...fields }, origin);
  const button = (): HTMLElement | null => document.getElementById(buttonId);

  let over = false;
  const end = (handler: Handler | undefined) => (event: Message) => {
    instance.paymentCompleted = true;
    button()?.remove();
    if (over) return;
    over = true;
    iframe.setAttribute("src", `${endpoint}/embedResult/?sid=${sid}&sdk=${version}`);
    handler?.(event, instance);
  };
  const onSession: Handler = (event) => {
    instance.session = event["session"];
    options.onSession?.(event, instance);
  };
  const handlers: Record<string, Handler | undefined> = {
    HeightChanged: (event) =>
      iframe.setAttribute("style", `width:100%; height:${String(event["height"])}px;`),
    TopLevelNavigation: (event) => location.assign(String(event["href"])),
    SessionLoaded: onSession,
    SessionUpdated: onSession,
    SessionPaymentAuthorized: end(options.onPayment),
    SessionPaymentOnHold: end(options.onPayment),
    SessionPaymentError: end(options.onPaymentError),
    // Not in any SDK yet: a type that this version of the element cannot know.
    SessionPaymentPending: options.onPayment,
    SessionCancel: end(options.onSessionCancel),
    SessionNotFound: options.onSessionNotFound,
    SessionLocked: options.onSessionLocked,
    SessionLockFailed: options.onSessionLockFailed,
    ActivePaymentProductType: options.onActivePaymentType,
    ValidateSession: (event) =>
      options.onValidateSession?.(event, instance, (result) => instance.submitValidationResult(result)),
    AddressCallback: (event) =>
      options.onAddressCallback?.(event, instance, (result) => instance.submitAddressCallbackResult(result)),
    ShowPopOutButton: (event) => {
      if (instance.paymentCompleted) return;
      if (event["session"]) instance.session = event["session"];
      const shown = button() ?? box.appendChild(document.createElement("button"));
      shown.id = buttonId;
      shown.textContent = String(event["openLabel"]);
      // Before a window opens, the page validates the last session received.
      shown.onclick = () =>
        options.onValidateSession?.(
          { type: "ValidateSession", session: instance.session },
          instance,
          (result) => instance.submitValidationResult(result),
        );
    },
    HidePopOutButton: () => button()?.remove(),
  };
  const listen = ({ data, source, origin: from }: MessageEvent<Message | null>): void => {
    if (from !== origin || source !== iframe.contentWindow || data?.["sid"] !== sid) return;
    const handler = handlers[String(data["type"])];
    if (!handler) return;
    if (data["mid"]) iframe.contentWindow?.postMessage({ ack: data["mid"] }, origin);
    handler(data, instance);
  };
  const instance: Instance = {
    iframe,
    session: undefined,
    popOutWindow: undefined,
    paymentCompleted: false,
    destroy() {
      removeEventListener("message", listen);
      button()?.remove();
      box.remove();
    },
    setActivePaymentProductType: (type) =>
      post("SetActivePaymentProductType", { payment_product_type: type }),
    submitValidationResult: (result) => post("ValidationResult", result),
    submitAddressCallbackResult: (result) => post("AddressCallbackResult", result),
  };
  addEventListener("message", listen);
  container.append(box);
  const loaded = new Promise((resolve, reject) => {
    iframe.onload = resolve;
    iframe.onerror = reject;
  });
  box.append(iframe);
  await loaded;
  return instance;
}
