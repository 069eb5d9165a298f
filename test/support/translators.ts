// What page translators do to a shadow root that they can reach: services wrap texts, Firefox rebuilds the blocks that
// hold texts and leaves comments out, others write a block's markup again.

/** The elements that hold a text of their own. */
function textBlocks(root: ShadowRoot): Element[] {
  return [...root.querySelectorAll("*")].filter(
    (element) =>
      element.localName !== "style" &&
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue!.trim()),
  );
}

function texts(root: Node): Text[] {
  const walker = root.ownerDocument!.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  while (walker.nextNode()) {
    const text = walker.currentNode as Text;
    if (text.data.trim() && text.parentElement?.localName !== "style") found.push(text);
  }
  return found;
}

const translated = (text: string): string => text.replace(/\S(.*\S)?/s, "[$&]");

export const translators: Readonly<Record<string, (root: ShadowRoot) => void>> = {
  "texts are wrapped in <font>"(root) {
    for (const text of texts(root)) {
      const outer = document.createElement("font");
      const inner = outer.appendChild(document.createElement("font"));
      inner.textContent = translated(text.data);
      text.replaceWith(outer);
    }
  },
  "blocks are rebuilt without comments"(root) {
    for (const block of textBlocks(root)) {
      const nodes = [...block.childNodes];
      block.replaceChildren();
      for (const node of nodes) {
        if (node.nodeType === Node.TEXT_NODE) node.nodeValue = translated(node.nodeValue!);
        if (node.nodeType !== Node.COMMENT_NODE) block.append(node);
      }
    }
  },
  "all comments are dropped"(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
    const comments: Comment[] = [];
    while (walker.nextNode()) comments.push(walker.currentNode as Comment);
    for (const comment of comments) comment.remove();
    for (const text of texts(root)) text.data = translated(text.data);
  },
  "blocks are written again as markup"(root) {
    for (const block of textBlocks(root)) {
      if (block.isConnected) block.innerHTML = translated(block.innerHTML);
    }
  },
};
