/** Seconds of each unit, largest first; years and weeks are written only where nothing is left over. */
const units: readonly (readonly [unit: string, seconds: number, wholeOnly: boolean])[] = [
  ["y", 31_536_000, true],
  ["w", 604_800, true],
  ["d", 86_400, false],
  ["h", 3600, false],
  ["m", 60, false],
  ["s", 1, false],
];

/** A duration as Prometheus writes it: `5m`, `1d`, `4w` for 28 days. @param seconds whole, above 0 */
export function prometheusDuration(seconds: number): string {
  let rest = seconds;
  let text = "";
  for (const [unit, length, wholeOnly] of units) {
    if (wholeOnly && rest % length !== 0) continue;
    const count = Math.floor(rest / length);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * length;
  }
  return text === "" ? "0s" : text;
}

/** Whole seconds of a Prometheus duration such as `5m`, `1d12h` or `4w`; undefined for other text and for 0. */
export function parsePrometheusDuration(text: string): number | undefined {
  const match = /^(?:(\d{1,6})y)?(?:(\d{1,6})w)?(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,9})s)?$/.exec(
    text,
  );
  if (match === null) return undefined;
  const seconds = units.reduce((sum, [, length], index) => sum + Number(match[index + 1] ?? 0) * length, 0);
  return seconds > 0 ? seconds : undefined;
}
