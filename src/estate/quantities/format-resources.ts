const BINARY_UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

/** Bytes for people: `1.5 GiB`, at most three significant digits beyond the point's left side. */
export function formatBytes(bytes: number): string {
  let amount = Math.abs(bytes);
  let unit = 0;
  while (amount >= 1024 && unit < BINARY_UNITS.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  const text = `${shortDecimal(amount)} ${BINARY_UNITS[unit] ?? "B"}`;
  return bytes < 0 ? `-${text}` : text;
}

/** Processor time for people: millicores below one core (`250m`), cores above (`1.5`). */
export function formatCores(millicores: number): string {
  return Math.abs(millicores) < 1000 ? `${shortDecimal(millicores)}m` : shortDecimal(millicores / 1000);
}

function shortDecimal(value: number): string {
  const magnitude = Math.abs(value);
  return String(Number(value.toFixed(magnitude >= 100 ? 0 : magnitude >= 10 ? 1 : 2)));
}
