/** Seconds in at most two units: `52 s`, `2 min 10 s`, `3 d 4 h`. */
export function shortDuration(seconds: number): string {
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const units = [
    ["d", 86_400],
    ["h", 3600],
    ["min", 60],
    ["s", 1],
  ] as const;
  const index = units.findIndex(([, length]) => Math.round(seconds) >= length);
  const [unit, length] = units[index] ?? ["s", 1];
  const [nextUnit, nextLength] = units[index + 1] ?? ["s", 1];
  const rest = Math.round((Math.round(seconds) % length) / nextLength);
  const whole = Math.floor(Math.round(seconds) / length);
  if (rest * nextLength === length) return `${whole + 1} ${unit}`;
  return rest === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${nextUnit}`;
}

/** A share as a percentage with at most three significant digits. */
export function sharePercent(share: number): string {
  const percent = share * 100;
  if (percent < 1e-6) return percent === 0 ? "0 %" : "~0 %";
  if (percent >= 99.95) return `${Math.round(percent).toLocaleString("en-US")} %`;
  return percent < 1e-4 ? `${percent.toExponential(1)} %` : `${Number(percent.toPrecision(3))} %`;
}
