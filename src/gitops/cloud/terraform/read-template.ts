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
      const quoted = /^"((?:[^"\\$%]|[$%](?!\{))*)"$/.exec(expression);
      if (quoted !== null) literal += quoted[1] ?? "";
      else {
        if (literal !== "") pieces.push(literal);
        literal = "";
        pieces.push({ expression });
      }
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
    if (character === '"') isQuoted = !isQuoted;
    if (character === "}" && !isQuoted) return offset;
  }
  return text.length;
}
