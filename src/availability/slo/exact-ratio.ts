/** A ratio without rounding, in lowest terms; the denominator is positive. */
export interface ExactRatio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** `numerator / denominator` in lowest terms; `denominator` must not be 0. */
export function exactRatio(numerator: bigint, denominator: bigint): ExactRatio {
  const sign = denominator < 0n ? -1n : 1n;
  const divisor = greatestCommonDivisor(numerator, denominator) * sign;
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/**
 * The ratio that the shortest decimal text of a number says: 0.1 is 1/10, not the double beside it.
 * @param value finite
 */
export function ratioOfNumber(value: number): ExactRatio {
  const [mantissa = "0", exponent = "0"] = String(value).split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const power = Number(exponent) - fraction.length;
  const digits = BigInt(whole + fraction);
  return power >= 0 ? exactRatio(digits * 10n ** BigInt(power), 1n) : exactRatio(digits, 10n ** BigInt(-power));
}

export function times(left: ExactRatio, right: ExactRatio): ExactRatio {
  return exactRatio(left.numerator * right.numerator, left.denominator * right.denominator);
}

/** `right` must not be 0. */
export function dividedBy(left: ExactRatio, right: ExactRatio): ExactRatio {
  return exactRatio(left.numerator * right.denominator, left.denominator * right.numerator);
}

/** 1 - ratio. */
export function complement({ numerator, denominator }: ExactRatio): ExactRatio {
  return exactRatio(denominator - numerator, denominator);
}

/** Negative, zero or positive, as left is below, equal to or above right. */
export function compareRatios(left: ExactRatio, right: ExactRatio): number {
  const difference = left.numerator * right.denominator - right.numerator * left.denominator;
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

/** The double nearest to the ratio, up to the rounding of one division of doubles. */
export function numberOf(ratio: ExactRatio): number {
  const decimal = decimalText(ratio);
  return decimal === undefined ? Number(ratio.numerator) / Number(ratio.denominator) : Number(decimal);
}

/** The ratio as decimals without exponent; undefined where decimals never end. */
export function decimalText({ numerator, denominator }: ExactRatio): string | undefined {
  const places = decimalPlaces(denominator);
  if (places === undefined) return undefined;
  const scaled = (numerator * 10n ** BigInt(places)) / denominator;
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(places + 1, "0");
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return scaled < 0n ? `-${text}` : text;
}

/** The ratio in PromQL: decimals where they end, otherwise a division, which is as exact. */
export function promqlNumber(ratio: ExactRatio): string {
  return decimalText(ratio) ?? `${ratio.numerator} / ${ratio.denominator}`;
}

/** Decimals for people: as they are where they end, otherwise rounded to four digits. */
export function shownRatio(ratio: ExactRatio): string {
  return decimalText(ratio) ?? String(Number(numberOf(ratio).toPrecision(4)));
}

/** Digits behind the point; undefined where the denominator has a prime factor besides 2 and 5. */
function decimalPlaces(denominator: bigint): number | undefined {
  let rest = denominator;
  let twos = 0;
  let fives = 0;
  for (; rest % 2n === 0n; rest /= 2n) twos += 1;
  for (; rest % 5n === 0n; rest /= 5n) fives += 1;
  return rest === 1n ? Math.max(twos, fives) : undefined;
}

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  let [one, other] = [left < 0n ? -left : left, right < 0n ? -right : right];
  while (other !== 0n) [one, other] = [other, one % other];
  return one;
}
