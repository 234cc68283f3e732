import { BicepSyntaxError, type Expression, type ObjectEntry, type Position, type Statement } from "./syntax.ts";
import { bicepTokens, type Token } from "./tokens.ts";

const deepest = 64;

/** The syntax tree of a Bicep file in the subset that is written; throws `BicepSyntaxError` at anything else. */
export function parseBicep(text: string): readonly Statement[] {
  return new Parser(bicepTokens(text)).statements();
}

class Parser {
  readonly #tokens: readonly Token[];
  #index = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  statements(): readonly Statement[] {
    const statements: Statement[] = [];
    for (;;) {
      this.#skipNewlines();
      if (this.#peek().kind === "end") return statements;
      statements.push(this.#statement());
      const after = this.#peek();
      if (after.kind !== "newline" && after.kind !== "end") this.#fail("a line ends here", after.at);
    }
  }

  #statement(): Statement {
    const at = this.#peek().at;
    const secure = this.#takeMark("@");
    if (secure) this.#decorator();
    const keyword = this.#name();
    if (keyword === "param") return this.#parameter(secure, at);
    if (secure) this.#fail("only a parameter is secure", at);
    if (keyword === "targetScope") {
      this.#mark("=");
      return { kind: "targetScope", value: this.#expression(), at };
    }
    if (keyword === "resource" || keyword === "module") return this.#declaration(keyword, at);
    if (keyword === "output") {
      const name = this.#name();
      this.#name();
      this.#mark("=");
      return { kind: "output", name, value: this.#expression(), at };
    }
    return this.#fail(`${keyword} begins no statement`, at);
  }

  #decorator(): void {
    const at = this.#peek().at;
    if (this.#name() !== "secure") this.#fail("the only decorator is @secure()", at);
    this.#mark("(");
    this.#mark(")");
    this.#skipNewlines();
  }

  #parameter(secure: boolean, at: Position): Statement {
    const name = this.#name();
    const type = this.#name();
    if (type !== "string") this.#fail("parameters are of type string", at);
    return { kind: "param", name, secure, at };
  }

  #declaration(keyword: "resource" | "module", at: Position): Statement {
    const symbol = this.#name();
    const text = this.#expression();
    const literal = literalOf(text);
    if (literal === undefined) return this.#fail("a type or path is a plain text", text.at);
    const next = this.#peek();
    const existing = keyword === "resource" && next.kind === "name" && next.text === "existing";
    if (existing) this.#index += 1;
    this.#mark("=");
    const body = this.#expression();
    if (body.kind !== "object") return this.#fail("the body is an object", body.at);
    return keyword === "resource"
      ? { kind: "resource", symbol, type: literal, existing, body, at }
      : { kind: "module", symbol, path: literal, body, at };
  }

  #expression(): Expression {
    this.#depth += 1;
    if (this.#depth > deepest) this.#fail("values go too deep", this.#peek().at);
    const value = this.#value();
    this.#depth -= 1;
    return value;
  }

  #value(): Expression {
    const token = this.#peek();
    this.#index += 1;
    if (token.kind === "text") {
      const pieces = token.pieces.map((piece) => (typeof piece === "string" ? piece : new Parser(piece).only()));
      return { kind: "text", pieces, at: token.at };
    }
    if (token.kind === "number") return { kind: "number", value: token.value, at: token.at };
    if (token.kind === "name") return this.#named(token.text, token.at);
    if (token.kind === "mark" && token.text === "[") return this.#list(token.at);
    if (token.kind === "mark" && token.text === "{") return this.#object(token.at);
    return this.#fail("a value is missing", token.at);
  }

  /** The one expression that the tokens are. */
  only(): Expression {
    const value = this.#expression();
    const rest = this.#peek();
    if (rest.kind !== "end") this.#fail("one value is put into a text at a time", rest.at);
    return value;
  }

  #named(name: string, at: Position): Expression {
    if (name === "true" || name === "false") return { kind: "word", value: name === "true", at };
    if (name === "null") return { kind: "word", value: null, at };
    if (this.#takeMark("(")) {
      const values: Expression[] = [];
      while (!this.#takeMark(")")) {
        if (values.length > 0) this.#mark(",");
        values.push(this.#expression());
      }
      return { kind: "call", name, values, at };
    }
    const path = this.#path();
    return path === "" ? { kind: "name", name, at } : { kind: "access", name, path, at };
  }

  #path(): string {
    let path = "";
    for (;;) {
      if (this.#takeMark(".")) path += `${path === "" ? "" : "."}${this.#name()}`;
      else if (this.#takeMark("[")) {
        const index = this.#peek();
        if (index.kind !== "number") return this.#fail("an index is a number", index.at);
        this.#index += 1;
        this.#mark("]");
        path += `[${index.value}]`;
      } else return path;
    }
  }

  #list(at: Position): Expression {
    const items: Expression[] = [];
    this.#skipNewlines();
    while (!this.#takeMark("]")) {
      items.push(this.#expression());
      this.#between("]");
    }
    return { kind: "list", items, at };
  }

  #object(at: Position): Expression {
    const entries: ObjectEntry[] = [];
    const names = new Set<string>();
    this.#skipNewlines();
    while (!this.#takeMark("}")) {
      const token = this.#peek();
      this.#index += 1;
      const key = token.kind === "name" ? token.text : this.#keyText(token);
      if (typeof key === "string") {
        if (names.has(key)) this.#fail(`${key} is said twice`, token.at);
        names.add(key);
      }
      this.#mark(":");
      entries.push({ key, value: this.#expression() });
      this.#between("}");
    }
    return { kind: "object", entries, at };
  }

  #keyText(token: Token): string | Expression {
    if (token.kind !== "text") return this.#fail("the name of a property is missing", token.at);
    const pieces = token.pieces.map((piece) => (typeof piece === "string" ? piece : new Parser(piece).only()));
    const expression: Expression = { kind: "text", pieces, at: token.at };
    return literalOf(expression) ?? expression;
  }

  /** Items stand on lines of their own, or are parted by commas. */
  #between(closing: string): void {
    const token = this.#peek();
    if (token.kind === "mark" && (token.text === "," || token.text === closing)) {
      if (token.text === ",") this.#index += 1;
    } else if (token.kind !== "newline") this.#fail("a new line is missing", token.at);
    this.#skipNewlines();
  }

  #peek(): Token {
    return this.#tokens[this.#index] ?? { kind: "end", at: { line: 1, column: 1 } };
  }

  #name(): string {
    const token = this.#peek();
    if (token.kind !== "name") return this.#fail("a name is missing", token.at);
    this.#index += 1;
    return token.text;
  }

  #mark(text: string): void {
    if (!this.#takeMark(text)) this.#fail(`${text} is missing`, this.#peek().at);
  }

  #takeMark(text: string): boolean {
    const token = this.#peek();
    if (token.kind !== "mark" || token.text !== text) return false;
    this.#index += 1;
    return true;
  }

  #skipNewlines(): void {
    while (this.#peek().kind === "newline") this.#index += 1;
  }

  #fail(message: string, at: Position): never {
    throw new BicepSyntaxError(message, at);
  }
}

/** The text of an expression that is a plain one. */
export function literalOf(expression: Expression | undefined): string | undefined {
  if (expression?.kind !== "text") return undefined;
  const [only, ...others] = expression.pieces;
  return typeof only === "string" && others.length === 0 ? only : undefined;
}
