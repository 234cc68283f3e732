import { printable } from "../terminal/printable.ts";
import type { Style } from "../terminal/style.ts";
import { alignTable } from "../terminal/table.ts";
import { wrap } from "../terminal/wrap.ts";
import { type Block, type Document, runsOf } from "./document.ts";

export interface TerminalLayout {
  readonly width: number;
  readonly style: Style;
  /** Rows of a table after which the rest is only counted. */
  readonly maximumRows: number;
}

/** A document for a terminal or a pipe. */
export function renderTerminal(document: Document, layout: TerminalLayout): string {
  return `${document.map((block) => renderBlock(block, layout).join("\n")).join("\n\n")}\n`;
}

function renderBlock(block: Block, layout: TerminalLayout): string[] {
  const { style, width } = layout;
  switch (block.kind) {
    case "heading":
      return [
        style.bold(block.level === 1 ? withoutCode(block.text, style) : withoutCode(block.text, style).toUpperCase()),
      ];
    case "paragraph":
      return wrap(block.text, width).map((line) => withoutCode(line, style));
    case "list":
      return block.items.flatMap((item, index) => {
        const marker = block.ordered ? `${index + 1}. ` : "- ";
        return wrap(marker + item, width, " ".repeat(marker.length)).map((line) => withoutCode(line, style));
      });
    case "table":
      return renderTable(block, layout);
  }
}

function renderTable(
  block: Extract<Block, { kind: "table" }>,
  { width, style, maximumRows }: TerminalLayout,
): string[] {
  const shown = block.rows.slice(0, maximumRows).map((row) => row.map((cell) => withoutCode(cell, style)));
  const hidden = block.rows.length - shown.length;
  const lines = alignTable(block.columns, shown, width, style);
  return hidden === 0 ? lines : [...lines, style.dim(`… ${hidden} more (-o markdown shows all)`)];
}

/** Code is coloured in a terminal; nothing of the input may command it. */
function withoutCode(text: string, { cyan }: Style): string {
  return runsOf(text)
    .map((run) => (run.isCode ? cyan(printable(run.text)) : printable(run.text)))
    .join("");
}
