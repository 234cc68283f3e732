/** `1 cluster`, `2 clusters`, `no clusters`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  if (count === 0) return `no ${plural}`;
  return `${count.toLocaleString("en-US")} ${count === 1 ? noun : plural}`;
}

/** `a`, `a and b`, `a, b and c`; above `most`, the rest is counted. */
export function listed(items: readonly string[], most = 4): string {
  if (items.length > most) return `${items.slice(0, most - 1).join(", ")} and ${items.length - most + 1} more`;
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
