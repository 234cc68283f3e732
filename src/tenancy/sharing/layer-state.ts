import type { TenancyLayer } from "../../estate/model/tenancy-layer.ts";
import type { Sharing } from "../../estate/model/tenant.ts";
import type { Measure } from "./measures.ts";

/** A layer before it is set against what the tenants accept. */
export interface LayerState {
  readonly sharing: Sharing | "unknown";
  /** What makes it so, in words, with names. */
  readonly because: string;
  /** The cheapest measure that lifts the layer to what is wanted. */
  readonly lift?: (wanted: Sharing) => Measure;
}

/** Layers by name, as one file of comparisons gives them. */
export type LayerStates<Layer extends TenancyLayer> = { readonly [name in Layer]: LayerState };

export function separate(because: string): LayerState {
  return { sharing: "separate", because };
}

export function unknown(because: string): LayerState {
  return { sharing: "unknown", because };
}

export function bounded(because: string, measure: Measure): LayerState {
  return { sharing: "bounded", because, lift: () => measure };
}

/** `bound` is the measure where it is enough to bound the layer; left out where only the one that separates helps. */
export function shared(because: string, separating: Measure, bound?: Measure): LayerState {
  return {
    sharing: "shared",
    because,
    lift: (wanted) => (wanted === "bounded" && bound !== undefined ? bound : separating),
  };
}

/** What is shared most decides; what is not known counts as worse than bounded. */
export function weakest(states: readonly LayerState[]): LayerState | undefined {
  const order: readonly LayerState["sharing"][] = ["shared", "unknown", "bounded", "separate"];
  return states.toSorted((left, right) => order.indexOf(left.sharing) - order.indexOf(right.sharing))[0];
}

/** The entries of `left` that are in `right` too, in the order of `left`. */
export function common<Value>(left: Iterable<Value>, right: Iterable<Value>): readonly Value[] {
  const others = new Set(right);
  return [...left].filter((value) => others.has(value));
}

/** `a`, `a and b`, `a, b and c`, and no more than three by name. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3);
  return inWords(names.length > 3 ? [...shown, `${names.length - 3} more`] : shown);
}

/** `a`, `a and b`, `a, b and c`. */
export function inWords(names: readonly string[]): string {
  const [last, ...before] = names.toReversed();
  return before.length === 0 ? (last ?? "") : `${before.toReversed().join(", ")} and ${last}`;
}
