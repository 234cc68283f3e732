const PATTERN = /^([0-9]+)(?:\.([0-9]+))?%$/;
const DIGITS_ALLOWED = 40;

/** Whole hundredths of a percent and so on: `digits * 10^-places` percent. */
interface ExactPercentage {
  readonly digits: bigint;
  readonly places: number;
}

/** Parses `12.5%` to the ratio 0.125, by the decimal text and not by floating point. Undefined for anything else. */
export function parsePercentage(text: string): number | undefined {
  const percentage = parseExact(text);
  return percentage === undefined ? undefined : decimal(percentage.digits, percentage.places + 2);
}

/**
 * Parses an availability such as `99.95%` to the share of time that it may be missed, exactly 5e-4: the difference is
 * taken in decimals, before anything becomes floating point. Undefined for other text and above 100 %.
 */
export function parseUnavailability(text: string): number | undefined {
  const percentage = parseExact(text);
  if (percentage === undefined) return undefined;
  const missed = 100n * 10n ** BigInt(percentage.places) - percentage.digits;
  return missed < 0n ? undefined : decimal(missed, percentage.places + 2);
}

function parseExact(text: string): ExactPercentage | undefined {
  const match = PATTERN.exec(text);
  if (match === null || text.length > DIGITS_ALLOWED) return undefined;
  const [, whole = "", fraction = ""] = match;
  return { digits: BigInt(whole + fraction), places: fraction.length };
}

/** The double nearest to `digits * 10^-places`. */
function decimal(digits: bigint, places: number): number {
  return Number(`${digits}e-${places}`);
}
