import type { Block, Document } from "./document.ts";

/** A document as GitHub-flavoured Markdown. */
export function renderMarkdown(document: Document): string {
  return `${document.map(renderBlock).join("\n\n")}\n`;
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `${"#".repeat(block.level)} ${escapeInline(block.text)}`;
    case "paragraph":
      return escapeInline(block.text);
    case "list":
      return block.items
        .map((item, index) => `${block.ordered ? `${index + 1}.` : "-"} ${escapeInline(item)}`)
        .join("\n");
    case "table": {
      const rule = block.columns.map((column) => (column.align === "right" ? "---:" : "---"));
      const rows = [block.columns.map((column) => column.title), rule, ...block.rows.map((row) => row.map(escapeCell))];
      return rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
    }
  }
}

/** Names from the input must not turn into markup. Code spans are left alone. */
function escapeInline(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replaceAll(/[<>*[\]]/g, (character) => `\\${character}`)))
    .join("");
}

function escapeCell(text: string): string {
  return escapeInline(text).replaceAll("|", "\\|").replaceAll("\n", " ");
}
