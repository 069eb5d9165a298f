import { render, type TemplateResult } from "lit";

/**
 * Renders a template in place of what the container held. Nothing that was rendered before is updated: page
 * translators wrap its texts and remove the comment nodes that Lit needs to find them again.
 */
export function replaceContent(container: Element, template: TemplateResult | null): void {
  const content = new DocumentFragment();
  if (template) render(template, content);
  container.replaceChildren(content);
}
