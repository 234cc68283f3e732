import { type Block, type Document, runsOf } from "./document.ts";

/** A document as GitHub-flavoured Markdown. */
export function renderMarkdown(document: Document): string {
  return `${document.map(renderBlock).join("\n\n")}\n`;
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `${"#".repeat(block.level)} ${renderText(block.text)}`;
    case "paragraph":
      return renderText(block.text).replace(/^([#>+-])/, "\\$1");
    case "list":
      return block.items
        .map((item, index) => `${block.ordered ? `${index + 1}.` : "-"} ${renderText(item)}`)
        .join("\n");
    case "table": {
      const rule = block.columns.map((column) => (column.align === "right" ? "---:" : "---"));
      const rows = [block.columns.map((column) => column.title), rule, ...block.rows.map((row) => row.map(renderCell))];
      return rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
    }
  }
}

/** Names from the input must not turn into markup or HTML. */
function renderText(text: string): string {
  return runsOf(text)
    .map((run) =>
      run.isCode ? `\`${run.text}\`` : run.text.replaceAll(/[\\`<>*[\]]/g, (character) => `\\${character}`),
    )
    .join("");
}

function renderCell(text: string): string {
  return renderText(text).replaceAll("|", "\\|");
}
