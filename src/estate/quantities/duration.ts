/** Nanoseconds of each unit of `time.ParseDuration`; both micro signs count. */
const UNIT_NANOSECONDS: ReadonlyMap<string, number> = new Map([
  ["ns", 1],
  ["us", 1e3],
  ["\u00b5s", 1e3],
  ["\u03bcs", 1e3],
  ["ms", 1e6],
  ["s", 1e9],
  ["m", 60e9],
  ["h", 3600e9],
]);

const PART = /([0-9]*)(?:\.([0-9]*))?(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/y;
const INT64_LIMIT = 2n ** 63n;

/**
 * Parses a Go duration (`time.ParseDuration`), such as `1h30m`, `1.5h`, `100ms` or `-2s`; `0` needs no unit, every other
 * number does. Seconds, exact to the nanosecond; fractions of a nanosecond are cut as in Go. Undefined for text that is
 * none, and beyond the range of Go's int64 nanoseconds (about 292 years).
 */
export function parseDuration(text: string): number | undefined {
  const signed = text.startsWith("+") || text.startsWith("-");
  const body = signed ? text.slice(1) : text;
  const negative = text.startsWith("-");
  if (body === "0") return 0;
  if (body === "") return undefined;
  let total = 0n;
  let position = 0;
  while (position < body.length) {
    PART.lastIndex = position;
    const match = PART.exec(body);
    if (match === null) return undefined;
    const [part, whole = "", fraction = "", unit = ""] = match;
    if (whole === "" && fraction === "") return undefined;
    if (whole.length > 19 && /[1-9]/.test(whole.slice(0, -19))) return undefined;
    const nanoseconds = UNIT_NANOSECONDS.get(unit) ?? 0;
    total += BigInt(whole === "" ? "0" : whole) * BigInt(nanoseconds) + fractionNanoseconds(fraction, nanoseconds);
    position += part.length;
  }
  if (total > INT64_LIMIT || (total === INT64_LIMIT && !negative)) return undefined;
  const seconds = Number(total) / 1e9;
  return negative && seconds !== 0 ? -seconds : seconds;
}

/** As Go: digits beyond int64 are dropped, the product is taken in floating point and cut to whole nanoseconds. */
function fractionNanoseconds(fraction: string, unitNanoseconds: number): bigint {
  let value = 0n;
  let scale = 1;
  for (const digit of fraction) {
    if (value > (INT64_LIMIT - 1n) / 10n) break;
    const next = value * 10n + BigInt(digit);
    if (next > INT64_LIMIT) break;
    value = next;
    scale *= 10;
  }
  return value === 0n ? 0n : BigInt(Math.trunc(Number(value) * (unitNanoseconds / scale)));
}
