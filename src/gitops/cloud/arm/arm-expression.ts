/** An expression of a template: a text, a call, or what a call gives below a path. */
export type ArmExpression =
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "call"; readonly name: string; readonly values: readonly ArmExpression[]; readonly path: string };

/** What no expression of the written subset is. */
export class ArmExpressionError extends Error {}

const deepest = 32;

/** Reads what stands between the brackets of `[…]`; throws `ArmExpressionError`. */
export function parseArmExpression(text: string): ArmExpression {
  const reader = new ExpressionReader(text);
  const expression = reader.expression(0);
  reader.end();
  return expression;
}

class ExpressionReader {
  readonly #text: string;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  expression(depth: number): ArmExpression {
    if (depth > deepest) throw new ArmExpressionError("calls go too deep");
    this.#blank();
    if (this.#text[this.#offset] === "'") return { kind: "text", value: this.#string() };
    const name = this.#match(/[A-Za-z]\w*/y);
    if (name === undefined || !this.#take("(")) throw this.#unexpected();
    const values: ArmExpression[] = [];
    this.#blank();
    while (!this.#take(")")) {
      if (values.length > 0 && !this.#take(",")) throw this.#unexpected();
      values.push(this.expression(depth + 1));
      this.#blank();
    }
    const path = this.#match(/(?:\.\w+|\[\d+\])+/y) ?? "";
    return { kind: "call", name, values, path: path.replace(/^\./, "") };
  }

  end(): void {
    this.#blank();
    if (this.#offset < this.#text.length) throw this.#unexpected();
  }

  #string(): string {
    let value = "";
    this.#offset += 1;
    for (;;) {
      const character = this.#text[this.#offset];
      if (character === undefined) throw new ArmExpressionError("a text is not closed");
      this.#offset += 1;
      if (character !== "'") value += character;
      else if (this.#text[this.#offset] === "'") {
        value += "'";
        this.#offset += 1;
      } else return value;
    }
  }

  #blank(): void {
    this.#match(/[ \t]+/y);
  }

  #take(mark: string): boolean {
    this.#blank();
    if (this.#text[this.#offset] !== mark) return false;
    this.#offset += 1;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#offset;
    const found = pattern.exec(this.#text)?.[0];
    this.#offset += found?.length ?? 0;
    return found;
  }

  #unexpected(): ArmExpressionError {
    return new ArmExpressionError(`unexpected ${JSON.stringify(this.#text.slice(this.#offset, this.#offset + 10))}`);
  }
}
