import { html, type TemplateResult } from "lit";
import { replaceContent } from "../elements/replace-content.ts";
import { resolveMode, type CheckoutMode } from "./checkout-mode.ts";
import { panelTemplate, type PanelContent } from "./panels.ts";
import { removeLeftovers } from "./pop-out-container.ts";
import type { Panel } from "./shown-panel.ts";
import type { CheckoutState } from "./state.ts";

/** While the frame is there or to come, its height is reserved. */
export function reservesHeight(
  panel: Panel | null,
  { mode, state, frame }: { mode: CheckoutMode; state: CheckoutState; frame: HTMLIFrameElement | null },
): boolean {
  if (resolveMode(mode) === "redirect") return false;
  return panel === "loading" || (frame !== null && (panel === null || state === "error"));
}

/** The element's shadow tree: a stage with the frame and the panel in front of it, and the fallback content below. */
export function viewTemplate(panel: Panel | null, reservesHeight: boolean): TemplateResult {
  // Only attributes are bound: page translators remove the comment nodes with which Lit finds other expressions.
  return html`
    <div class="stage ${reservesHeight ? "tall" : ""}" tabindex="-1" aria-busy=${panel === "loading"}>
      <div class="frame" part="frame" ?inert=${panel !== null}>
        <slot name="frame"></slot>
      </div>
      <div class="front"></div>
      <div class="live" role="status"></div>
    </div>
    <slot ?hidden=${panel !== "error" && panel !== "expired"}></slot>
  `;
}

/** The rendered shadow tree. */
export class CheckoutView {
  readonly #root: ShadowRoot;
  readonly #stage: HTMLElement;
  /** Takes the frame. */
  readonly box: HTMLElement;
  #shownPanel = "";

  constructor(element: HTMLElement) {
    const root = element.shadowRoot!;
    removeLeftovers(element);
    this.#root = root;
    this.#stage = root.querySelector<HTMLElement>(".stage")!;
    this.box = root.querySelector<HTMLElement>(".frame")!;
  }

  /** Whoever used a button that goes stays in the element. */
  focus(): void {
    this.#stage.focus({ preventScroll: true });
  }

  /** Reserves the height of the frame, which is about to go, in place of the usual one. */
  keepHeight(frame: HTMLIFrameElement | null): void {
    if (frame?.offsetHeight) this.#stage.style.minHeight = `${frame.offsetHeight}px`;
  }

  releaseHeight(): void {
    this.#stage.style.minHeight = "";
  }

  /** Shows the panel and announces it, when its contents have changed, or the state that its button belongs to. */
  showPanel(content: PanelContent | null, state: CheckoutState, onClick: () => void): void {
    const key = JSON.stringify([content, content?.button && state]);
    if (key === this.#shownPanel) return;
    this.#shownPanel = key;
    const front = this.#stage.querySelector(".front")!;
    if (front.contains(this.#root.activeElement)) this.focus();
    const click = (event: Event): void => {
      // A link or a submit button in the slot does nothing else.
      event.preventDefault();
      onClick();
    };
    replaceContent(front, content && panelTemplate(content, click));
    this.#stage.querySelector(".live")!.textContent = content
      ? `${content.title} ${content.text}`.trim()
      : "";
  }
}
