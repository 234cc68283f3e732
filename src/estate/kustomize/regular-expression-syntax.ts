import { type CharacterSet, letterClass, posixClass, unicodeProperty } from "./character-set.ts";
import { KustomizeFault } from "./kustomize-fault.ts";

/** A regular expression as a tree. A missing maximum of a repetition means that there is none. */
export type Pattern =
  | { readonly kind: "character"; readonly accepts: (codePoint: number) => boolean }
  | { readonly kind: "assertion"; readonly at: "start" | "end" | "boundary" | "notBoundary" }
  | { readonly kind: "sequence"; readonly parts: readonly Pattern[] }
  | { readonly kind: "choice"; readonly options: readonly Pattern[] }
  | { readonly kind: "repeat"; readonly part: Pattern; readonly minimum: number; readonly maximum?: number };

const MAXIMUM_REPEAT = 1000;
const MAXIMUM_DEPTH = 200;

const controls: { readonly [name: string]: number } = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 };

/**
 * Parses a regular expression in the syntax of Go (RE2): no look-around and no back-references.
 * @throws KustomizeFault when it is none
 */
export function parseRegularExpression(source: string): Pattern {
  const parser = new Parser(source);
  const pattern = parser.choice(0);
  if (!parser.atEnd()) throw parser.fault("an unmatched )");
  return pattern;
}

class Parser {
  readonly #source: string;
  readonly #characters: readonly string[];
  #next = 0;
  #ignoreCase = false;
  #dotMatchesNewline = false;

  constructor(source: string) {
    this.#source = source;
    this.#characters = Array.from(source);
  }

  atEnd(): boolean {
    return this.#next >= this.#characters.length;
  }

  fault(problem: string): KustomizeFault {
    return new KustomizeFault(`"${this.#source}" is no regular expression (${problem})`);
  }

  choice(depth: number): Pattern {
    if (depth > MAXIMUM_DEPTH) throw this.fault("nested too deep");
    const options = [this.#sequence(depth)];
    while (this.#take("|")) options.push(this.#sequence(depth));
    const [only] = options;
    return options.length === 1 && only !== undefined ? only : { kind: "choice", options };
  }

  #sequence(depth: number): Pattern {
    const parts: Pattern[] = [];
    while (!this.atEnd() && this.#peek() !== "|" && this.#peek() !== ")") {
      const part = this.#atom(depth);
      if (part !== undefined) parts.push(this.#repeated(part));
    }
    return { kind: "sequence", parts };
  }

  #repeated(part: Pattern): Pattern {
    let result = part;
    for (;;) {
      const bounds = this.#quantifier();
      if (bounds === undefined) return result;
      this.#take("?");
      result = { kind: "repeat", part: result, ...bounds };
    }
  }

  #quantifier(): { readonly minimum: number; readonly maximum?: number } | undefined {
    if (this.#take("*")) return { minimum: 0 };
    if (this.#take("+")) return { minimum: 1 };
    if (this.#take("?")) return { minimum: 0, maximum: 1 };
    const [whole, least, comma, most] = /^\{([0-9]+)(,?)([0-9]*)\}/.exec(this.#rest(20)) ?? [];
    if (whole === undefined) return undefined;
    this.#next += whole.length;
    const minimum = Number(least);
    const maximum = comma === "" ? minimum : most === "" ? undefined : Number(most);
    if (minimum > MAXIMUM_REPEAT || (maximum ?? 0) > MAXIMUM_REPEAT || (maximum ?? minimum) < minimum) {
      throw this.fault("a bad count of repetitions");
    }
    return maximum === undefined ? { minimum } : { minimum, maximum };
  }

  #atom(depth: number): Pattern | undefined {
    const character = this.#read();
    switch (character) {
      case "(":
        return this.#group(depth);
      case "[":
        return { kind: "character", accepts: this.#folded(this.#characterClass()) };
      case ".": {
        const newline = this.#dotMatchesNewline;
        return { kind: "character", accepts: (codePoint) => newline || codePoint !== 10 };
      }
      case "^":
        return { kind: "assertion", at: "start" };
      case "$":
        return { kind: "assertion", at: "end" };
      case "\\":
        return this.#escape();
      case "*":
      case "+":
      case "?":
        throw this.fault(`nothing to repeat before ${character}`);
      default:
        return this.#literal(character);
    }
  }

  #group(depth: number): Pattern | undefined {
    const ignoreCase = this.#ignoreCase;
    const dotMatchesNewline = this.#dotMatchesNewline;
    const [whole, name, flags, end] = /^\?(?:P?<([A-Za-z_][A-Za-z0-9_]*)>|([ims-]*)([:)]))/.exec(this.#rest(80)) ?? [];
    if (whole === undefined && this.#peek() === "?") throw this.fault("an unknown kind of group");
    this.#next += whole?.length ?? 0;
    if (name === undefined && flags !== undefined) this.#setFlags(flags);
    if (end === ")") return undefined;
    const pattern = this.choice(depth + 1);
    if (!this.#take(")")) throw this.fault("an unclosed group");
    this.#ignoreCase = ignoreCase;
    this.#dotMatchesNewline = dotMatchesNewline;
    return pattern;
  }

  #setFlags(flags: string): void {
    const [on = "", off = ""] = flags.split("-");
    if (flags.includes("m")) throw this.fault("the flag m is not supported");
    if (on.includes("i")) this.#ignoreCase = true;
    if (off.includes("i")) this.#ignoreCase = false;
    if (on.includes("s")) this.#dotMatchesNewline = true;
    if (off.includes("s")) this.#dotMatchesNewline = false;
  }

  #escape(): Pattern {
    const character = this.#read();
    switch (character) {
      case "A":
        return { kind: "assertion", at: "start" };
      case "z":
        return { kind: "assertion", at: "end" };
      case "b":
        return { kind: "assertion", at: "boundary" };
      case "B":
        return { kind: "assertion", at: "notBoundary" };
      case "Q":
        return this.#quoted();
      default: {
        const set = this.#namedSet(character);
        if (set !== undefined) return { kind: "character", accepts: set };
        return this.#literal(String.fromCodePoint(this.#escapedCodePoint(character)));
      }
    }
  }

  #quoted(): Pattern {
    const parts: Pattern[] = [];
    while (!this.atEnd() && !this.#rest(2).startsWith("\\E")) parts.push(this.#literal(this.#read()));
    this.#next = Math.min(this.#next + 2, this.#characters.length);
    return { kind: "sequence", parts };
  }

  #namedSet(character: string): CharacterSet | undefined {
    const name = character.toLowerCase();
    if (name !== "p") return letterClass(name, character !== name);
    const [whole, long, short] = /^(?:\{\^?(\w+)\}|([A-Z]))/.exec(this.#rest(40)) ?? [];
    const property = long ?? short;
    if (whole === undefined || property === undefined) throw this.fault("a bad \\p");
    this.#next += whole.length;
    return (
      unicodeProperty(property, (character === "P") !== whole.startsWith("{^")) ?? this.#unknown(`property ${property}`)
    );
  }

  #unknown(what: string): never {
    throw this.fault(`an unknown ${what}`);
  }

  #escapedCodePoint(character: string): number {
    if (Object.hasOwn(controls, character)) return controls[character] ?? 0;
    if (character === "x") {
      const [whole, braced, plain] = /^(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{2}))/.exec(this.#rest(8)) ?? [];
      const codePoint = Number.parseInt(braced ?? plain ?? "", 16);
      if (whole === undefined || codePoint > 0x10ffff) throw this.fault("a bad \\x");
      this.#next += whole.length;
      return codePoint;
    }
    if (character === "" || /[A-Za-z0-9]/.test(character)) throw this.fault(`a bad escape \\${character}`);
    return character.codePointAt(0) ?? 0;
  }

  #characterClass(): CharacterSet {
    const negated = this.#take("^");
    const sets: CharacterSet[] = [];
    for (let first = true; first || this.#peek() !== "]"; first = false) {
      if (this.atEnd()) throw this.fault("an unclosed [");
      sets.push(this.#classItem());
    }
    this.#next += 1;
    return (codePoint) => sets.some((accepts) => accepts(codePoint)) !== negated;
  }

  #classItem(): CharacterSet {
    const [posix, caret, name = ""] = /^\[:(\^?)([a-z]+):\]/.exec(this.#rest(16)) ?? [];
    if (posix !== undefined) {
      this.#next += posix.length;
      return posixClass(name, caret === "^") ?? this.#unknown(`class ${posix}`);
    }
    const low = this.#classCharacter();
    if (typeof low === "function") return low;
    if (this.#peek() !== "-" || this.#characters[this.#next + 1] === "]") return (codePoint) => codePoint === low;
    this.#next += 1;
    const high = this.#classCharacter();
    if (typeof high === "function" || high < low) throw this.fault("a bad range");
    return (codePoint) => codePoint >= low && codePoint <= high;
  }

  #classCharacter(): number | CharacterSet {
    const character = this.#read();
    if (character !== "\\") return character.codePointAt(0) ?? 0;
    const escaped = this.#read();
    return this.#namedSet(escaped) ?? this.#escapedCodePoint(escaped);
  }

  #literal(character: string): Pattern {
    const wanted = character.codePointAt(0) ?? 0;
    return { kind: "character", accepts: this.#folded((codePoint) => codePoint === wanted) };
  }

  #folded(accepts: CharacterSet): CharacterSet {
    if (!this.#ignoreCase) return accepts;
    return (codePoint) => {
      const character = String.fromCodePoint(codePoint);
      return [character, character.toLowerCase(), character.toUpperCase()].some((form) =>
        accepts(form.codePointAt(0) ?? 0),
      );
    };
  }

  #peek(): string | undefined {
    return this.#characters[this.#next];
  }

  #read(): string {
    const character = this.#characters[this.#next];
    if (character === undefined) throw this.fault("it ends too early");
    this.#next += 1;
    return character;
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#next += 1;
    return true;
  }

  #rest(length: number): string {
    return this.#characters.slice(this.#next, this.#next + length).join("");
  }
}
