import type { TenancyLayer } from "../../../src/estate/model/tenancy-layer.ts";
import { layerWords } from "../../../src/tenancy/sharing/layer-words.ts";
import { weakestFirst } from "../../../src/tenancy/sharing/pair-verdict.ts";
import { gapOf } from "../../../src/tenancy/sharing/shared-layers.ts";
import type { SharedLayer } from "../../../src/tenancy/structure-report.ts";

/** How a pair of tenants stands. */
export interface PairState {
  readonly kind: "met" | "unmet" | "notEvaluable";
  /** Steps that the weakest layer falls short by, `separate` to `shared` being two. */
  readonly gap: number;
  /** The weakest link, or the first layer that cannot be told. */
  readonly weakest: SharedLayer | undefined;
  /** Layers that fall short, or cannot be told. */
  readonly layers: number;
}

export function pairState(layers: readonly SharedLayer[]): PairState {
  const unmet = weakestFirst(layers);
  const [weakest] = unmet;
  if (weakest !== undefined) return { kind: "unmet", gap: gapOf(weakest), weakest, layers: unmet.length };
  const open = layers.filter(({ met }) => met === "notEvaluable");
  if (open.length > 0) return { kind: "notEvaluable", gap: 0, weakest: open[0], layers: open.length };
  return { kind: "met", gap: 0, weakest: undefined, layers: 0 };
}

const kindRank = { unmet: 0, notEvaluable: 1, met: 2 } as const;

/** Worst first: what falls short, by how far and in how many layers; then what cannot be told. */
export function compareStates(left: PairState, right: PairState): number {
  return kindRank[left.kind] - kindRank[right.kind] || right.gap - left.gap || right.layers - left.layers;
}

export function worstState(left: PairState, right: PairState): PairState {
  return compareStates(left, right) <= 0 ? left : right;
}

/** Class of the palette. */
export function gapTone({ kind, gap }: PairState): string {
  switch (kind) {
    case "met":
      return "gap-0";
    case "notEvaluable":
      return "gap-unknown";
    case "unmet":
      return gap > 1 ? "gap-2" : "gap-1";
  }
}

/** Layers in the order to read them: what falls short, what cannot be told, what is in common, what is apart. */
export function layersToRead(layers: readonly SharedLayer[]): readonly SharedLayer[] {
  const unmet = weakestFirst(layers);
  const others = layers.filter((layer) => !unmet.includes(layer));
  return [...unmet, ...others.toSorted((left, right) => readRank(left) - readRank(right))];
}

function readRank({ met, sharing }: SharedLayer): number {
  if (met === "notEvaluable") return 0;
  return sharing === "separate" ? 2 : 1;
}

/** A layer in a word or two, for a cell or a box: `kernel`, `way out`. */
export function linkName(layer: TenancyLayer): string {
  return layerWords(layer)
    .one.replace(/^(the|a) /, "")
    .replace(/ of (a|the) nodes?$/, "");
}
