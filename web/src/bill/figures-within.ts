import type { Figure } from "../../../src/estate/figures/figure.ts";

/** Every figure of a report by its id, at any depth; the outermost wins where one id stands twice. */
export function figuresWithin(report: unknown): ReadonlyMap<string, Figure> {
  const found = new Map<string, Figure>();
  let level: readonly unknown[] = [report];
  while (level.length > 0) {
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== "object" || value === null) continue;
      if (isFigure(value) && !found.has(value.id)) found.set(value.id, value);
      next.push(...Object.values(value));
    }
    level = next;
  }
  return found;
}

function isFigure(value: object): value is Figure {
  return "id" in value && "label" in value && "unit" in value && "result" in value && "reasons" in value;
}
