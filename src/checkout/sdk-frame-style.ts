/**
 * The SDK sizes its frame through the style attribute, which a strict style-src blocks; style set from script is
 * allowed. It also scrolls smoothly, whatever motion the shopper's system prefers.
 */
export function controlFrameStyle(iframe: HTMLIFrameElement): void {
  iframe.style.cssText = "width:100%;height:0";
  iframe.setAttribute = (name: string, value: string) => {
    // As in "width:100%; height:512px;". The frame names the height: an invalid one changes nothing, and no other style.
    if (name === "style") iframe.style.height = value.replace(/.*height:|;$/g, "");
    else Element.prototype.setAttribute.call(iframe, name, value);
  };
  iframe.scrollIntoView = (options) => {
    const instant = matchMedia("(prefers-reduced-motion: reduce)").matches && typeof options === "object";
    Element.prototype.scrollIntoView.call(iframe, instant ? { ...options, behavior: "instant" } : options);
  };
}
