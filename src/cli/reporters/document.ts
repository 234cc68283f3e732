import type { Column } from "../terminal/table.ts";

/** What a report says, apart from how a face shows it. */
export type Block =
  | { readonly kind: "heading"; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly string[] }
  | { readonly kind: "table"; readonly columns: readonly Column[]; readonly rows: readonly (readonly string[])[] };

export type Document = readonly Block[];

export function heading(level: 1 | 2 | 3, text: string): Block {
  return { kind: "heading", level, text };
}

export function paragraph(text: string): Block {
  return { kind: "paragraph", text };
}

export function bullets(items: readonly string[]): Block[] {
  return items.length === 0 ? [] : [{ kind: "list", ordered: false, items }];
}

export function numbered(items: readonly string[]): Block[] {
  return items.length === 0 ? [] : [{ kind: "list", ordered: true, items }];
}

export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): Block[] {
  return rows.length === 0 ? [] : [{ kind: "table", columns, rows }];
}

/** Private-use characters: no name or sentence of the input can hold them after `code` and `plain`. */
const codeStart = "\ue000";
const codeEnd = "\ue001";

/** A run of text that faces show as code: names, fields, commands. */
export function code(text: string): string {
  return codeStart + text.replaceAll(/[\ue000\ue001`\r\n]/g, "") + codeEnd;
}

/** Splits a text into its runs. Line breaks are folded: a name of the input must not start a block of its own. */
export function runsOf(text: string): readonly { readonly isCode: boolean; readonly text: string }[] {
  return text
    .replaceAll(/\s*[\r\n]+\s*/g, " ")
    .split(/(\ue000[^\ue001]*\ue001)/)
    .filter((run) => run !== "")
    .map((run) =>
      run.startsWith(codeStart)
        ? { isCode: true, text: run.slice(1, -1) }
        : { isCode: false, text: run.replaceAll(/[\ue000\ue001]/g, "") },
    );
}
