import type { Catalog } from "../../catalog/catalog.ts";
import { exactFigure, type Figure, type Reason } from "../../estate/figures/figure.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { describeSharing, type SharingVerdict } from "../../tenancy/tenancy-report.ts";

/** Two tenants that share more than one of them accepts. */
interface ShortPair {
  readonly tenants: readonly [string, string];
  /** The layer where it hurts most, and why it is shared. */
  readonly because: string;
  /** Layers that are shared beyond what is accepted. */
  readonly layers: number;
}

/** What changes do to isolation: pairs of tenants that share more than one of them accepts. */
export interface WhatIfIsolation {
  readonly before: Figure;
  readonly after: Figure;
  /** Pairs that fall short only with the changes. */
  readonly added: readonly ShortPair[];
  /** Pairs that fall short only without them. */
  readonly removed: readonly ShortPair[];
  /** Layers shared beyond what is accepted, summed over the pairs: a pair may come nearer and still fall short. */
  readonly layers: { readonly before: number; readonly after: number };
}

/** Pairs that fall short, by `one/other`. */
export type ShortPairs = ReadonlyMap<string, ShortPair>;

export function shortPairs(estate: Estate, catalog: Catalog): ShortPairs {
  return new Map(
    describeSharing(estate, catalog)
      .pairs.filter(({ verdictKind }) => verdictKind === "unmet")
      .map((pair) => [pair.tenants.join("/"), shortPair(pair)]),
  );
}

export function compareIsolation(before: ShortPairs, after: ShortPairs): WhatIfIsolation {
  const missing = (these: ShortPairs, those: ShortPairs) =>
    [...these].filter(([key]) => !those.has(key)).map(([, pair]) => pair);
  return {
    before: countFigure("before", "as declared", before),
    after: countFigure("after", "with the changes", after),
    added: missing(after, before),
    removed: missing(before, after),
    layers: { before: layersOf(before), after: layersOf(after) },
  };
}

function shortPair({ tenants, weakest, verdict, layers }: SharingVerdict): ShortPair {
  return {
    tenants,
    because: weakest === undefined ? verdict : `${weakest.layer}: ${weakest.because}`,
    layers: layers.filter(({ met }) => met === false).length,
  };
}

function layersOf(pairs: ShortPairs): number {
  return [...pairs.values()].reduce((sum, { layers }) => sum + layers, 0);
}

function countFigure(side: string, words: string, pairs: ShortPairs): Figure {
  const id = `what-if/isolation/${side}`;
  const reasons = [...pairs].map(([key, { tenants, because }]): Reason => {
    const figure = exactFigure(`${id}/${key}`, `${tenants.join(" and ")}: ${because}`, "pairs", 1, []);
    return { kind: "figure", figure };
  });
  const formula: Reason = {
    kind: "formula",
    text: "pairs of tenants with a layer that is shared more than the stricter of the two accepts",
  };
  return exactFigure(id, `pairs that share more than accepted, ${words}`, "pairs", pairs.size, [formula, ...reasons]);
}
