/**
 * A Markdown file of the repository as Storybook shows it: links between the files lead to their pages here
 * (`docs/saved-cards.md` is the page "Guides/Saved cards"), other relative links and pictures become plain text.
 */
export function guide(markdown: string): string {
  return markdown
    .replace(/<!--[^]*?-->\n*/g, "")
    .replace(/!\[[^\]]*\]\((?!https?:)[^)]*\)\n*/g, "")
    .replace(/\]\((?:docs\/)?([\w-]+)\.md(#[\w-]+)?\)/g, (link, page: string) =>
      page === page.toLowerCase() ? `](?path=/docs/guides-${page}--docs)` : link,
    )
    .replace(/\]\(\.\.\/README\.md[^)]*\)/g, "](?path=/docs/start-here--docs)")
    .replace(/\[([^\]]+)\]\((?![a-z]+:|\?|#)[^)]*\)/g, "$1");
}
