/** Fields that say where something was read, not what it is. */
const places = new Set(["place", "regionPlace", "vmSizePlace", "declared"]);

/** JSON with sorted keys, without places in the input: the same for the same part of a model. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(canonical(value)) ?? "null";
}

function canonical(value: unknown): unknown {
  if (value instanceof Map) return canonical([...value]);
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, entry]) => !places.has(key) && typeof entry !== "function")
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, entry]) => [key, canonical(entry)]),
  );
}
