import type { PageView } from "../page-api.ts";
import type { GetText, Language } from "./language.ts";
import type { MerchantChannel } from "./merchant-channel.ts";

/** Where the merchant's page lays the SDK's button over the frame. */
export const popOutButtonSlot = "launcher-slot";

const styles = {
  font: "600 17px/1.2 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  height: "52px",
  color: "#ffffff",
  background: "#0b6b57",
  textAlign: "center",
  padding: "0 16px",
  margin: "0",
  border: "1px solid transparent",
  borderRadius: "10px",
  cursor: "pointer",
  boxSizing: "border-box",
  transition: "background-color 120ms",
  outline: "none",
};

/** What the button shows. */
export interface ButtonState {
  readonly text: GetText;
  readonly language: Language;
  readonly disabled: boolean;
  readonly session: PageView["session"] | undefined;
}

/** The frame's half of the pop-out: it has the merchant's page show a button at the place that it kept free. */
export class PopOutButton {
  readonly #channel: MerchantChannel;
  readonly #withSession: boolean;
  #last = "";

  /** @param withSession the message carries the session: SDK 0.11.3 and later */
  constructor(channel: MerchantChannel, withSession: boolean) {
    this.#channel = channel;
    this.#withSession = withSession;
  }

  /** Posts the button, if anything about it has changed. */
  show({ text, language, disabled, session }: ButtonState): void {
    const box = document.getElementById(popOutButtonSlot)?.getBoundingClientRect();
    if (!box) return;
    const left = Math.round(box.left);
    const right = Math.round(document.documentElement.clientWidth - box.right);
    const button = {
      openLabel: text("openWindow"),
      focusLabel: text("focusWindow"),
      closeLabel: text("closePopOut"),
      descriptionLabel: text("windowHidden"),
      top: String(Math.round(box.top + window.scrollY)),
      left: String(left),
      right: String(right),
      styles: { ...styles, width: `calc(100% - ${left + right}px)`, opacity: disabled ? "0.55" : "1" },
      stylesHover: { background: "#08513f" },
      stylesFocusVisible: { outline: "3px solid #0b6b57", outlineOffset: "2px" },
      disabled: String(disabled),
      language,
      ...(this.#withSession && { session }),
    };
    const posted = JSON.stringify(button);
    if (posted === this.#last) return;
    this.#last = posted;
    this.#channel.post("ShowPopOutButton", button);
  }

  /** The SDK has changed the button by itself: the next `show()` posts it in any case. */
  invalidate(): void {
    this.#last = "";
  }

  hide(): void {
    this.invalidate();
    this.#channel.post("HidePopOutButton");
  }
}
