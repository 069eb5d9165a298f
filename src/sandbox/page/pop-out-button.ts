import type { Language, Say } from "./language.ts";
import type { Wire } from "./merchant-channel.ts";

/** Where the merchant's page lays the SDK's button over the frame. */
export const launcherSlot = "launcher-slot";

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

/** The frame's half of the pop-out: it has the merchant's page show a button at the place it kept free. */
export class Launcher {
  readonly #wire: Wire;
  #last = "";

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  /** Says it again only when something about the button changed. */
  offer(say: Say, language: Language, disabled: boolean): void {
    const box = document.getElementById(launcherSlot)?.getBoundingClientRect();
    if (!box) return;
    const left = Math.round(box.left);
    const right = Math.round(document.documentElement.clientWidth - box.right);
    const button = {
      openLabel: say("openWindow"),
      focusLabel: say("focusWindow"),
      closeLabel: say("closePopOut"),
      descriptionLabel: say("windowHidden"),
      top: String(Math.round(box.top + window.scrollY)),
      left: String(left),
      right: String(right),
      styles: { ...styles, width: `calc(100% - ${left + right}px)`, opacity: disabled ? "0.55" : "1" },
      stylesHover: { background: "#08513f" },
      stylesFocusVisible: { outline: "3px solid #0b6b57", outlineOffset: "2px" },
      disabled: String(disabled),
      language,
    };
    const now = JSON.stringify(button);
    if (now === this.#last) return;
    this.#last = now;
    this.#wire.post("ShowPopOutButton", button);
  }

  /** The SDK has changed the button by itself: the next offer is said whatever was said before. */
  forget(): void {
    this.#last = "";
  }

  withdraw(): void {
    this.forget();
    this.#wire.post("HidePopOutButton");
  }
}
