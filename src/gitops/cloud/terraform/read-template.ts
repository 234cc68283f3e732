/** A piece of a text in Terraform: literal, or the expression of an insertion. */
export type TemplatePiece = string | { readonly expression: string };

/**
 * Splits a text as hcl2json gives it: escapes of quotes and line ends are resolved there, those of insertions (`$${`,
 * `%%{`) are not.
 */
export function templatePieces(text: string): readonly TemplatePiece[] {
  const pieces: TemplatePiece[] = [];
  let literal = "";
  for (let offset = 0; offset < text.length; ) {
    if (text.startsWith("$${", offset) || text.startsWith("%%{", offset)) {
      literal += text.slice(offset + 1, offset + 3);
      offset += 3;
    } else if (text.startsWith("${", offset)) {
      const end = insertionEnd(text, offset + 2);
      const expression = text.slice(offset + 2, end).trim();
      if (literal !== "") pieces.push(literal);
      literal = "";
      pieces.push(...(joinedPieces(expression) ?? [{ expression }]));
      offset = end + 1;
    } else {
      literal += text.slice(offset, offset + 1);
      offset += 1;
    }
  }
  return literal === "" && pieces.length > 0 ? pieces : [...pieces, literal];
}

function insertionEnd(text: string, start: number): number {
  let isQuoted = false;
  for (let offset = start; offset < text.length; offset += 1) {
    const character = text[offset];
    if (character === "\\" && isQuoted) {
      offset += 1;
      continue;
    }
    if (character === '"') isQuoted = !isQuoted;
    if (character === "}" && !isQuoted) return offset;
  }
  return text.length;
}

/** `join("", ["a$", x.id])` as its pieces; undefined for every other expression. */
function joinedPieces(expression: string): readonly TemplatePiece[] | undefined {
  const list = /^join\("", \[(.*)\]\)$/s.exec(expression)?.[1];
  if (list === undefined) return undefined;
  const items = list.match(/"(?:[^"\\]|\\.)*"|[^",\s]+/g) ?? [];
  return items.map((item) => (item.startsWith('"') ? unescaped(item.slice(1, -1)) : { expression: item }));
}

const escapes: { readonly [letter: string]: string } = { n: "\n", r: "\r", t: "\t" };

/** A quoted text as it stands in the source. */
function unescaped(source: string): string {
  return source.replaceAll(/\\(?:u([0-9a-fA-F]{4})|(.))|\$\$\{|%%\{/g, (found, code?: string, letter?: string) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    if (letter !== undefined) return escapes[letter] ?? letter;
    return found.slice(1);
  });
}
