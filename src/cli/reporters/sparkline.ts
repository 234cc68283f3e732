const blocks = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/** A series as small bars: each is the highest value of its stretch, as a share of the highest of all; zero is a dot. */
export function sparkline(values: readonly number[], width = 48): string {
  const bars = Math.min(width, values.length);
  const highest = values.reduce((top, value) => Math.max(top, value), 0);
  return Array.from({ length: bars }, (_, bar) => {
    const from = Math.floor((bar * values.length) / bars);
    const until = Math.max(from + 1, Math.floor(((bar + 1) * values.length) / bars));
    const value = values.slice(from, until).reduce((top, each) => Math.max(top, each), 0);
    if (!(value > 0) || !(highest > 0)) return "·";
    return blocks[Math.min(blocks.length - 1, Math.floor((value / highest) * blocks.length))] ?? "█";
  }).join("");
}
