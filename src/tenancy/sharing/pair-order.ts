import type { Tenant, Trust } from "../../estate/model/tenant.ts";
import type { SharedLayer } from "../structure-report.ts";
import { gapOf } from "./shared-layers.ts";

const distrust: { readonly [trust in Trust]: number } = { team: 0, internal: 1, external: 2, hostile: 3 };

/**
 * How bad a pair is, to be compared place by place, greatest first: falls short before cannot be told, the largest gap, the less trusted of
 * the two, the highest classification of the two, layers not met, and the sum of their gaps.
 */
export function pairSeverity(
  tenants: readonly [Tenant, Tenant],
  layers: readonly SharedLayer[],
  classifications: readonly string[],
): readonly number[] {
  const unmet = layers.filter(({ met }) => met === false);
  const ranks = tenants.map(({ classification }) =>
    classification === undefined ? -1 : classifications.indexOf(classification),
  );
  return [
    unmet.length > 0 ? 2 : layers.some(({ met }) => met === "notEvaluable") ? 1 : 0,
    Math.max(0, ...unmet.map(gapOf)),
    Math.max(...tenants.map(({ trust }) => distrust[trust])),
    Math.max(...ranks),
    unmet.length,
    unmet.reduce((sum, layer) => sum + gapOf(layer), 0),
  ];
}

/** Sorts the most severe first; 0 when two are equally severe. */
export function bySeverity(left: readonly number[], right: readonly number[]): number {
  for (const [place, value] of left.entries()) {
    const difference = (right[place] ?? 0) - value;
    if (difference !== 0) return difference;
  }
  return 0;
}
