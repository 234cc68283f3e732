/** The form that a quantity was written in; it decides the suffix of its canonical text. */
type QuantityFormat = "binary" | "decimal" | "exponent";

/** A Kubernetes `resource.Quantity`, exact: a whole number of billionths. */
export interface Quantity {
  readonly nanos: bigint;
  readonly format: QuantityFormat;
}

const NANOS = 1_000_000_000n;
const MAXIMUM = (2n ** 63n - 1n) * NANOS;

const DECIMAL_EXPONENTS: ReadonlyMap<string, number> = new Map([
  ["n", -9],
  ["u", -6],
  ["m", -3],
  ["", 0],
  ["k", 3],
  ["M", 6],
  ["G", 9],
  ["T", 12],
  ["P", 15],
  ["E", 18],
]);
const BINARY_SUFFIXES = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

const PATTERN = /^([+-]?)([0-9]*)(?:\.([0-9]*))?([eE][+-]?[0-9]+|[KMGTPE]i|[numkMGTPE]?)$/;

/** Digits left of the point beyond which every quantity is over the maximum, and right of it beyond which none counts. */
const DIGITS_KEPT = 60;

/**
 * Parses a quantity as `resource.ParseQuantity` of Kubernetes does: suffixes `n u m k M G T P E`, `Ki` to `Ei`, exponents
 * `e3`; more precise than a billionth is rounded up (away from zero); beyond 2^63 - 1 is capped, as the API documents.
 * Like there, an amount without digits (`Mi`, `-`) is zero. Undefined for text that is no quantity: white space, `1K`,
 * `1mi`, `1e`, the empty text. A number is read by its decimal form.
 */
export function parseQuantity(text: string | number): Quantity | undefined {
  const written = typeof text === "number" ? String(text) : text;
  const match = PATTERN.exec(written);
  if (match === null || written === "") return undefined;
  const [, sign, whole = "", fraction = "", suffix = ""] = match;
  const power = BINARY_SUFFIXES.indexOf(suffix);
  const binary = power > 0;
  const magnitude = binary
    ? scale(whole, fraction, 0, 1024n ** BigInt(power))
    : scale(whole, fraction, decimalExponent(suffix), 1n);
  const format = binary ? (magnitude > 0n && magnitude < NANOS ? "decimal" : "binary") : decimalFormat(suffix);
  return { nanos: sign === "-" ? -magnitude : magnitude, format };
}

function decimalFormat(suffix: string): QuantityFormat {
  return suffix.length > 1 ? "exponent" : "decimal";
}

function decimalExponent(suffix: string): number {
  return DECIMAL_EXPONENTS.get(suffix) ?? Number(suffix.slice(1));
}

/** `whole.fraction * 10^exponent * factor` in billionths, rounded up and capped. */
function scale(whole: string, fraction: string, exponent: number, factor: bigint): bigint {
  const significant = whole.replace(/^0+/, "");
  if (significant === "" && /^0*$/.test(fraction)) return 0n;
  if (significant.length + exponent > DIGITS_KEPT) return MAXIMUM;
  if (significant.length + exponent < -DIGITS_KEPT) return 1n;
  // One digit stands for all that are cut: they matter only in that they round up.
  const kept = fraction.slice(0, DIGITS_KEPT) + (/[1-9]/.test(fraction.slice(DIGITS_KEPT)) ? "1" : "");
  const digits = BigInt(`0${significant}${kept}`) * factor;
  const shift = exponent - kept.length + 9;
  const nanos = shift >= 0 ? digits * 10n ** BigInt(shift) : divideUp(digits, 10n ** BigInt(-shift));
  return nanos > MAXIMUM ? MAXIMUM : nanos;
}

function divideUp(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor === 0n ? quotient : quotient + (dividend < 0n ? -1n : 1n);
}

/** Thousandths, rounded up (away from zero) as `Quantity.MilliValue`: the unit of CPU. */
export function cpuMillicores(quantity: Quantity): number {
  return Number(divideUp(quantity.nanos, 1_000_000n));
}

/** Whole units, rounded up (away from zero) as `Quantity.Value`: the unit of memory, storage and counts. */
export function bytes(quantity: Quantity): number {
  return Number(divideUp(quantity.nanos, NANOS));
}

/** Negative, zero or positive as `left` is less than, equal to or greater than `right`, whatever their forms. */
export function compareQuantities(left: Quantity, right: Quantity): number {
  return left.nanos < right.nanos ? -1 : left.nanos > right.nanos ? 1 : 0;
}

/** The canonical text, as the Kubernetes API server writes it: no fraction, the largest suffix that allows that. */
export function formatQuantity(quantity: Quantity): string {
  const { nanos } = quantity;
  if (nanos === 0n) return "0";
  const units = nanos / NANOS;
  const whole = nanos % NANOS === 0n;
  if (quantity.format === "binary" && whole && (units >= 1024n || units <= -1024n)) return binaryText(units);
  return decimalText(nanos, quantity.format === "exponent");
}

function binaryText(units: bigint): string {
  let amount = units;
  let power = 0;
  while (amount % 1024n === 0n && power < BINARY_SUFFIXES.length - 1) {
    amount /= 1024n;
    power += 1;
  }
  return `${amount}${BINARY_SUFFIXES[power] ?? ""}`;
}

function decimalText(nanos: bigint, exponentForm: boolean): string {
  let amount = nanos;
  let exponent = -9;
  while (amount % 1000n === 0n && exponent < 18) {
    amount /= 1000n;
    exponent += 3;
  }
  if (exponentForm) return exponent === 0 ? `${amount}` : `${amount}e${exponent}`;
  const suffix = [...DECIMAL_EXPONENTS].find(([, power]) => power === exponent)?.[0] ?? "";
  return `${amount}${suffix}`;
}
