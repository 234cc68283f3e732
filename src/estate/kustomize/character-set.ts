/** Tells whether a character belongs to a set. */
export type CharacterSet = (codePoint: number) => boolean;

const letterClasses: { readonly [name: string]: string } = {
  d: "0-9",
  w: "0-9A-Za-z_",
  s: "\\t\\n\\f\\r ",
};
const posixClasses: { readonly [name: string]: string } = {
  alnum: "0-9A-Za-z",
  alpha: "A-Za-z",
  ascii: "\\x00-\\x7F",
  blank: "\\t ",
  cntrl: "\\x00-\\x1F\\x7F",
  digit: "0-9",
  graph: "!-~",
  lower: "a-z",
  print: " -~",
  punct: "!-\\/:-@\\[-`{-~",
  space: "\\t\\n\\v\\f\\r ",
  upper: "A-Z",
  word: "0-9A-Za-z_",
  xdigit: "0-9A-Fa-f",
};

/** Single characters only, so the engine of the platform cannot backtrack here. */
function characterSet(ranges: string, negated: boolean): CharacterSet {
  const expression = new RegExp(`^[${negated ? "^" : ""}${ranges}]$`, "u");
  return (codePoint) => expression.test(String.fromCodePoint(codePoint));
}

/** `\d`, `\w` and `\s` by their letter; undefined for any other. */
export function letterClass(letter: string, negated: boolean): CharacterSet | undefined {
  const ranges = Object.hasOwn(letterClasses, letter) ? letterClasses[letter] : undefined;
  return ranges === undefined ? undefined : characterSet(ranges, negated);
}

/** The class between `[:` and `:]`; undefined when there is none of that name. */
export function posixClass(name: string, negated: boolean): CharacterSet | undefined {
  const ranges = Object.hasOwn(posixClasses, name) ? posixClasses[name] : undefined;
  return ranges === undefined ? undefined : characterSet(ranges, negated);
}

/** A Unicode category or script; undefined when there is none of that name. */
export function unicodeProperty(property: string, negated: boolean): CharacterSet | undefined {
  for (const name of [property, `Script=${property}`]) {
    try {
      const expression = new RegExp(`^\\p{${name}}$`, "u");
      return (codePoint) => expression.test(String.fromCodePoint(codePoint)) !== negated;
    } catch {
      // Neither a category nor a script of that name.
    }
  }
  return undefined;
}
