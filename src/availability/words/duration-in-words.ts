/** A duration without loss, as people write it: `345 s`, `20 min`, `4 h`. */
export function durationInWords(hours: number): string {
  const seconds = Number((hours * 3600).toPrecision(9));
  if (seconds < 600 && seconds % 60 !== 0) return `${trimmed(seconds)} s`;
  if (seconds < 7200 && seconds !== 3600) return `${trimmed(seconds / 60)} min`;
  if (seconds < 72 * 3600) return `${trimmed(seconds / 3600)} h`;
  return `${trimmed(seconds / 86_400)} days`;
}

/** A duration as people say it: `1 min`, `6 min`, `4 h`. */
export function roughDuration(hours: number): string {
  const minutes = hours * 60;
  if (minutes < 0.95) return `${Math.max(1, Math.round(hours * 3600))} s`;
  if (minutes < 119.5) return `${Math.round(minutes)} min`;
  if (hours < 71.5) return `${Math.round(hours)} h`;
  return `${Math.round(hours / 24)} days`;
}

function trimmed(value: number): string {
  return String(Number(value.toPrecision(4)));
}
