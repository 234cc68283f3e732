/** A piece of running text. */
export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "strong"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly address: string };

export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly content: readonly Inline[] }
  | { readonly kind: "paragraph"; readonly content: readonly Inline[] }
  | { readonly kind: "list"; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "table"; readonly head: readonly (readonly Inline[])[]; readonly rows: readonly TableRow[] };

type TableRow = readonly (readonly Inline[])[];

/** Reads the Markdown that pages of rules are written in: headings, paragraphs, lists, tables, fenced code. */
export function readMarkdown(text: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = text.split(/\r?\n/);
  let position = 0;
  while (position < lines.length) {
    const line = lines[position] ?? "";
    if (line.startsWith("```")) {
      const end = lines.indexOf("```", position + 1);
      const last = end < 0 ? lines.length : end;
      blocks.push({ kind: "code", text: lines.slice(position + 1, last).join("\n") });
      position = last + 1;
      continue;
    }
    if (line.trim() === "") {
      position += 1;
      continue;
    }
    const run = runFrom(lines, position);
    blocks.push(readRun(run));
    position += run.length;
  }
  return blocks;
}

/** Lines up to the next empty one or fence; a heading stands alone. */
function runFrom(lines: readonly string[], start: number): readonly string[] {
  if (lines[start]?.startsWith("#") === true) return lines.slice(start, start + 1);
  let end = start + 1;
  while (end < lines.length && (lines[end] ?? "").trim() !== "" && !/^(```|#)/.test(lines[end] ?? "")) end += 1;
  return lines.slice(start, end);
}

function readRun(run: readonly string[]): Block {
  const [first = ""] = run;
  const heading = /^(#+) (.*)$/.exec(first);
  if (heading !== null) {
    return { kind: "heading", level: heading[1]?.length ?? 1, content: readInline(heading[2] ?? "") };
  }
  if (isItem(first)) return { kind: "list", items: readItems(run).map(readInline) };
  if (first.startsWith("|") && /^\|[\s:|-]+$/.test(run[1] ?? "")) {
    return { kind: "table", head: readCells(first), rows: run.slice(2).map(readCells) };
  }
  return { kind: "paragraph", content: readInline(run.join(" ")) };
}

function isItem(line: string): boolean {
  return /^(-|\*|\d+\.) /.test(line);
}

function readItems(run: readonly string[]): readonly string[] {
  const items: string[] = [];
  for (const line of run) {
    if (isItem(line)) items.push(line.replace(/^(-|\*|\d+\.) /, ""));
    else items.push(`${items.pop() ?? ""} ${line.trim()}`);
  }
  return items;
}

function readCells(line: string): readonly (readonly Inline[])[] {
  const bare = line.trim().replace(/^\||\|$/g, "");
  return bare.split("|").map((cell) => readInline(cell.trim()));
}

/** Code, bold, links and bare text. Only addresses of the web become links. */
function readInline(text: string): readonly Inline[] {
  const pattern = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/g;
  const pieces: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) pieces.push({ kind: "text", text: text.slice(end, match.index) });
    pieces.push(readPiece(match));
    end = match.index + match[0].length;
  }
  return end < text.length ? [...pieces, { kind: "text", text: text.slice(end) }] : pieces;
}

function readPiece([, code, strong, label = "", address = ""]: RegExpExecArray): Inline {
  if (code !== undefined) return { kind: "code", text: code };
  if (strong !== undefined) return { kind: "strong", text: strong };
  return /^https?:\/\//.test(address) ? { kind: "link", text: label, address } : { kind: "text", text: label };
}
