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
