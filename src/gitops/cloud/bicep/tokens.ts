import { BicepSyntaxError, type Position } from "./syntax.ts";

export type Token =
  | { readonly kind: "name"; readonly text: string; readonly at: Position }
  | { readonly kind: "number"; readonly value: number; readonly at: Position }
  /** Literal pieces and, between them, the tokens of what is put in. */
  | { readonly kind: "text"; readonly pieces: readonly (string | readonly Token[])[]; readonly at: Position }
  | { readonly kind: "mark"; readonly text: string; readonly at: Position }
  | { readonly kind: "newline"; readonly at: Position }
  | { readonly kind: "end"; readonly at: Position };

const marks = new Set(["{", "}", "[", "]", "(", ")", ":", "=", ",", ".", "@"]);
const escapes: { readonly [letter: string]: string } = { "\\": "\\", "'": "'", n: "\n", r: "\r", t: "\t", $: "$" };
const deepest = 16;

/** Splits a Bicep file; throws `BicepSyntaxError` at what it does not know. */
export function bicepTokens(text: string): readonly Token[] {
  const reader = new TokenReader(text);
  const tokens: Token[] = [];
  for (;;) {
    const token = reader.next();
    tokens.push(token);
    if (token.kind === "end") return tokens;
  }
}

class TokenReader {
  readonly #text: string;
  #offset = 0;
  #line = 1;
  #lineStart = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  next(): Token {
    this.#skipBlank();
    const at = this.#position();
    const character = this.#text[this.#offset];
    if (character === undefined) return { kind: "end", at };
    if (character === "\n") {
      this.#offset += 1;
      this.#line += 1;
      this.#lineStart = this.#offset;
      return { kind: "newline", at };
    }
    if (character === "'") return this.#string(at);
    if (marks.has(character)) {
      this.#offset += 1;
      return { kind: "mark", text: character, at };
    }
    return this.#word(at);
  }

  #position(): Position {
    return { line: this.#line, column: this.#offset - this.#lineStart + 1 };
  }

  #skipBlank(): void {
    for (;;) {
      const character = this.#text[this.#offset];
      if (character === " " || character === "\t" || character === "\r") this.#offset += 1;
      else if (this.#text.startsWith("//", this.#offset)) this.#skipComment();
      else return;
    }
  }

  #skipComment(): void {
    const end = this.#text.indexOf("\n", this.#offset);
    this.#offset = end < 0 ? this.#text.length : end;
  }

  #word(at: Position): Token {
    const rest = this.#text.slice(this.#offset, this.#offset + 300);
    const word = /^[A-Za-z_]\w*/.exec(rest)?.[0];
    if (word !== undefined) {
      this.#offset += word.length;
      return { kind: "name", text: word, at };
    }
    const number = /^-?\d{1,16}(?!\w)/.exec(rest)?.[0];
    if (number === undefined) throw new BicepSyntaxError(`unexpected ${JSON.stringify(rest.slice(0, 1))}`, at);
    this.#offset += number.length;
    return { kind: "number", value: Number(number), at };
  }

  #string(at: Position): Token {
    this.#offset += 1;
    const pieces: (string | readonly Token[])[] = [];
    let literal = "";
    for (;;) {
      const character = this.#text[this.#offset];
      if (character === undefined || character === "\n") throw new BicepSyntaxError("the text is not closed", at);
      if (character === "'") {
        this.#offset += 1;
        if (literal !== "" || pieces.length === 0) pieces.push(literal);
        return { kind: "text", pieces, at };
      }
      if (character === "\\") literal += this.#escape();
      else if (this.#text.startsWith("${", this.#offset)) {
        if (literal !== "") pieces.push(literal);
        literal = "";
        pieces.push(this.#inserted());
      } else {
        literal += character;
        this.#offset += 1;
      }
    }
  }

  #escape(): string {
    const at = this.#position();
    const letter = this.#text[this.#offset + 1] ?? "";
    if (letter === "u") {
      const match = /^\\u\{([0-9A-Fa-f]{1,6})\}/.exec(this.#text.slice(this.#offset, this.#offset + 12));
      const code = Number.parseInt(match?.[1] ?? "", 16);
      if (match === null || code > 0x10ffff) throw new BicepSyntaxError("no character has this number", at);
      this.#offset += match[0].length;
      return String.fromCodePoint(code);
    }
    const meant = escapes[letter];
    if (meant === undefined) throw new BicepSyntaxError(`\\${letter} means nothing`, at);
    this.#offset += 2;
    return meant;
  }

  #inserted(): readonly Token[] {
    this.#offset += 2;
    this.#depth += 1;
    if (this.#depth > deepest) throw new BicepSyntaxError("texts inside texts go too deep", this.#position());
    const tokens: Token[] = [];
    let open = 0;
    for (;;) {
      const token = this.next();
      if (token.kind === "end" || token.kind === "newline") {
        throw new BicepSyntaxError("what is put into the text is not closed", token.at);
      }
      if (token.kind === "mark" && token.text === "{") open += 1;
      if (token.kind === "mark" && token.text === "}") {
        if (open === 0) {
          this.#depth -= 1;
          return [...tokens, { kind: "end", at: token.at }];
        }
        open -= 1;
      }
      tokens.push(token);
    }
  }
}
