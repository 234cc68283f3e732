/** A bracket or brace of a flow collection that nothing closes. */
export interface UnclosedBracket {
  readonly bracket: "[" | "{";
  /** Offset of the bracket. */
  readonly offset: number;
}

/** Where the scan stands: outside brackets lines and columns decide, inside them only the characters do. */
interface Scan {
  readonly text: string;
  position: number;
  /** Brackets that are open, the outermost first. */
  readonly open: UnclosedBracket[];
  lineStart: number;
  /** Column of the key or dash whose value comes next; -1 before the first. */
  column: number;
  /** True when the line above ends in an unquoted value, which may go on in this line. */
  continues: boolean;
}

/**
 * The innermost bracket that opens a flow collection before `limit` and is not closed in the rest of the document; one
 * that meets a closing bracket of the other kind is not. Quoted texts, comments and block scalars are skipped, and a
 * quote that is never closed hides all brackets. Takes time linear in the length of the text.
 */
export function findUnclosedBracket(text: string, limit: number): UnclosedBracket | undefined {
  const scan: Scan = { text, position: 0, open: [], lineStart: 0, column: -1, continues: false };
  while (scan.position < text.length) {
    const last = scan.open.at(-1);
    if (last === undefined) {
      if (scan.position >= limit) return undefined;
      if (!skipBetweenValues(scan)) skipBlockContent(scan);
    } else if (/[\]}]/.test(text[scan.position] ?? "")) {
      if ((last.bracket === "[") !== (text[scan.position] === "]")) break;
      scan.open.pop();
      scan.position += 1;
      scan.continues = false;
    } else skipFlowContent(scan);
  }
  return scan.open.findLast(({ offset }) => offset < limit);
}

function skipFlowContent(scan: Scan): void {
  if (skip(scan, /[\s,]+/y) || skip(scan, /(?<!\S)#[^\r\n]*/y)) return;
  if (openBracket(scan) || skipQuoted(scan) || skip(scan, /:(?=[\s,[\]{}"']|$)|[!&*][^\s,[\]{}]*/y)) return;
  // An unquoted text; quotes inside it are characters like any other.
  skip(scan, /(?:[^\s,[\]{}:]+|:(?![\s,[\]{}]|$)|[ \t]+(?![\s,[\]{}:#]|$))+|[\s\S]/y);
}

/** Line breaks, comments, dashes and what else stands around values outside brackets. */
function skipBetweenValues(scan: Scan): boolean {
  const column = scan.position - scan.lineStart;
  if (skip(scan, /\r\n|[\r\n]/y)) {
    scan.lineStart = scan.position;
    return true;
  }
  if (skip(scan, /[ \t]+/y)) return true;
  if (scan.continues && column > scan.column && scan.text[scan.position] !== "#") return false;
  scan.continues = false;
  if (skip(scan, /(?<!\S)#[^\r\n]*|[!&*]\S*|:(?=\s|$)/y)) return true;
  if (column === 0 && skip(scan, /%[^\r\n]*|---(?=\s|$)/y)) return true;
  if (!skip(scan, /[-?](?=\s|$)/y)) return false;
  scan.column = column;
  return true;
}

/** A key or value outside brackets, or the bracket that starts one. */
function skipBlockContent(scan: Scan): void {
  const column = scan.position - scan.lineStart;
  if (!scan.continues) {
    if (openBracket(scan) || skipBlockScalar(scan)) return;
    if (skipQuoted(scan)) {
      if (skip(scan, /[ \t]*:(?=\s|$)/y)) scan.column = column;
      return;
    }
  }
  skip(scan, /(?:[^\s:]+|:(?!\s|$)|[ \t]+(?![\s#:]|$))+|[\s\S]/y);
  scan.continues = !skip(scan, /[ \t]*:(?=\s|$)/y);
  if (!scan.continues) scan.column = column;
}

function openBracket(scan: Scan): boolean {
  const bracket = scan.text[scan.position];
  if (bracket !== "[" && bracket !== "{") return false;
  scan.open.push({ bracket, offset: scan.position });
  scan.position += 1;
  return true;
}

function skipQuoted(scan: Scan): boolean {
  if (skip(scan, /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|'[^']*(?:''[^']*)*'/y)) return true;
  if (!/["']/.test(scan.text[scan.position] ?? "")) return false;
  scan.open.length = 0;
  scan.position = scan.text.length;
  return true;
}

/** The lines of a `|` or `>` text: all that are blank or stand deeper than the key or dash it belongs to. */
function skipBlockScalar(scan: Scan): boolean {
  if (!skip(scan, /[|>][^\r\n]*/y)) return false;
  const line = new RegExp(`(?:\\r\\n|[\\r\\n])(?:[ \\t]*(?=[\\r\\n]|$)| {${scan.column + 1}}[^\\r\\n]*)`, "y");
  let more = true;
  while (more) more = skip(scan, line);
  return true;
}

/** Moves behind what the sticky pattern matches here. */
function skip(scan: Scan, pattern: RegExp): boolean {
  pattern.lastIndex = scan.position;
  if (!pattern.test(scan.text)) return false;
  scan.position = pattern.lastIndex;
  return true;
}
