import { html, type TemplateResult } from "lit";
import { replaceContent } from "../elements/replace-content.ts";
import { panelTemplate, type Panel, type PanelContent } from "./panels.ts";

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

  constructor(root: ShadowRoot) {
    this.#root = root;
    this.#stage = root.querySelector<HTMLElement>(".stage")!;
    this.box = root.querySelector<HTMLElement>(".frame")!;
  }

  /** Whoever used a button that goes stays in the element. */
  focus(): void {
    this.#stage.focus({ preventScroll: true });
  }

  /** Reserves this height, in px, in place of the usual one. */
  keepHeight(height: number): void {
    this.#stage.style.minHeight = `${height}px`;
  }

  releaseHeight(): void {
    this.#stage.style.minHeight = "";
  }

  /** Shows the panel and announces it, when `key` has changed. */
  showPanel(content: PanelContent | null, key: string, onClick: (event: Event) => void): void {
    if (key === this.#shownPanel) return;
    this.#shownPanel = key;
    const front = this.#stage.querySelector(".front")!;
    if (front.contains(this.#root.activeElement)) this.focus();
    replaceContent(front, content && panelTemplate(content, onClick));
    this.#stage.querySelector(".live")!.textContent = content
      ? `${content.title} ${content.text}`.trim()
      : "";
  }
}
