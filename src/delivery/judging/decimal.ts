/** `digits * 10^-places`, without rounding. */
export interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

const mostPlaces = 40;

/** The exact value of a decimal text such as `99.9`, `-1` or `1e-3`; undefined for anything else. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = /^([+-]?)(\d+)(?:\.(\d*))?(?:e([+-]?\d{1,2}))?$/i.exec(text.trim()) ?? undefined;
  if (match === undefined || text.length > mostPlaces) return undefined;
  const [, sign, whole = "0", fraction = "", exponent = "0"] = match;
  const digits = BigInt(whole + fraction) * (sign === "-" ? -1n : 1n);
  const places = fraction.length - Number(exponent);
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 };
}

/** The decimal text of a number, as short as it is written: 0.1 is 1/10. */
export function decimalOfNumber(value: number): string {
  return String(value);
}
