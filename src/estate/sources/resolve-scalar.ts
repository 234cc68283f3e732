const TRUE_WORDS = ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"];
const FALSE_WORDS = ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"];
const NULL_WORDS = ["~", "null", "Null", "NULL"];

const WORDS: ReadonlyMap<string, boolean | null | number> = new Map<string, boolean | null | number>([
  ...TRUE_WORDS.map((word) => [word, true] as const),
  ...FALSE_WORDS.map((word) => [word, false] as const),
  ...NULL_WORDS.map((word) => [word, null] as const),
  ...[".nan", ".NaN", ".NAN"].map((word) => [word, Number.NaN] as const),
  ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...["-.inf", "-.Inf", "-.INF"].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
]);
const LONGEST_WORD = 5;

/** First characters that a word or a number can start with; everything else is text at once. */
const STARTS = new Set(Array.from("yYnNtTfFoO~.+-0123456789", (character) => character.charCodeAt(0)));

const INTEGER = /^([+-]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]([0-7]+)|0[bB]([01]+)|0([0-7]+)|(0|[1-9][0-9]*))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const POINT_FLOAT = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;
const SMALL_DECIMAL = /^(?:0|[1-9][0-9]{0,14})$/;

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);
const UINT64_MAX = 2n ** 64n - 1n;

/**
 * The value of a plain (unquoted, untagged) scalar as `sigs.k8s.io/yaml` resolves it before it becomes JSON: YAML 1.1
 * booleans including `y` and `n`, `0644` octal, `0x`, `0o`, `0b`, underscores in numbers, no sexagesimals, timestamps
 * as text. Integers beyond 2^53 become the nearest double (their exact text stays available by
 * `YamlDocument.scalarText`); those beyond 64 bits are floats, as in Go. Infinities and NaN come back as such: JSON has
 * none, so the caller reports them.
 */
export function resolvePlainScalar(text: string): string | number | boolean | null {
  if (text === "") return null;
  const first = text.charCodeAt(0);
  if (!STARTS.has(first)) return text;
  if (text.length <= LONGEST_WORD) {
    const word = WORDS.get(text);
    if (word !== undefined) return word;
  }
  if (first === 0x2e) return POINT_FLOAT.test(text) ? finiteOrText(text.replaceAll("_", ""), text) : text;
  if (first > 0x39) return text;
  if (SMALL_DECIMAL.test(text)) return Number(text);
  return resolveNumber(text);
}

function resolveNumber(text: string): string | number {
  const digits = text.includes("_") ? text.replaceAll("_", "") : text;
  const integer = INTEGER.exec(digits);
  if (integer !== null) {
    const value = integerValue(integer);
    if (value >= INT64_MIN && value <= INT64_MAX) return Number(value);
    if (integer[1] === "" && value <= UINT64_MAX) return Number(value);
  }
  return FLOAT.test(digits) ? finiteOrText(digits, text) : text;
}

function integerValue(match: RegExpExecArray): bigint {
  const [, sign, hexadecimal, octal, binary, leadingZero, decimal] = match;
  const magnitude =
    hexadecimal !== undefined
      ? BigInt(`0x${hexadecimal}`)
      : octal !== undefined || leadingZero !== undefined
        ? BigInt(`0o${octal ?? leadingZero}`)
        : binary !== undefined
          ? BigInt(`0b${binary}`)
          : BigInt(decimal ?? "0");
  return sign === "-" ? -magnitude : magnitude;
}

/** Go refuses what overflows a double, and the scalar then stays text. Minus zero has no place in JSON data. */
function finiteOrText(digits: string, text: string): string | number {
  const value = Number(digits);
  if (!Number.isFinite(value)) return text;
  return value === 0 ? 0 : value;
}

/**
 * The key that a plain scalar becomes in JSON, as `sigs.k8s.io/yaml` makes it: booleans in words, integers in decimal,
 * floats in Go's shortest single-precision form (`1.30` is "1.3"). Undefined for null, which cannot be a key.
 */
export function resolvePlainKey(text: string): string | undefined {
  const value = resolvePlainScalar(text);
  if (typeof value === "string") return value;
  if (value === null) return undefined;
  if (typeof value === "boolean") return value ? "true" : "false";
  const integer = INTEGER.exec(text.replaceAll("_", ""));
  if (integer !== null) {
    const exact = integerValue(integer);
    if (exact >= INT64_MIN && exact <= UINT64_MAX) return exact.toString();
  }
  return value === 0 && text.startsWith("-") ? "-0" : shortestSingle(value);
}

/** `strconv.FormatFloat(value, 'g', -1, 32)`. */
function shortestSingle(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return ".nan";
  if (!Number.isFinite(single)) return single > 0 ? ".inf" : "-.inf";
  if (single === 0) return "0";
  let digits = 1;
  while (digits < 9 && Math.fround(Number(single.toExponential(digits - 1))) !== single) digits += 1;
  const [mantissa = "", exponentText = "0"] = single.toExponential(digits - 1).split("e");
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6) return plainDecimal(mantissa, exponent);
  const magnitude = String(Math.abs(exponent)).padStart(2, "0");
  return `${mantissa}e${exponent < 0 ? "-" : "+"}${magnitude}`;
}

function plainDecimal(mantissa: string, exponent: number): string {
  const negative = mantissa.startsWith("-");
  const digits = mantissa.replace(/[-.]/g, "");
  const text =
    exponent < 0
      ? `0.${"0".repeat(-exponent - 1)}${digits}`
      : digits.length <= exponent + 1
        ? digits.padEnd(exponent + 1, "0")
        : `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
  return negative ? `-${text}` : text;
}
