import type { StringMap } from "../../../estate/kubernetes/json-value.ts";
import type { OwnedTerm } from "./owned-terms.ts";
import type { SelectionCount } from "./selection-count.ts";

/** Pods that no selector can tell apart: same namespace, same labels, terminating or not. */
export interface LabelClass {
  readonly namespace: string;
  readonly labels: StringMap;
  readonly isTerminating: boolean;
  /** Number of its pods by slot. */
  readonly podsOn: Map<number, number>;
  /** Counts whose selection holds these pods. */
  readonly counts: SelectionCount[];
  /** Terms of placed pods that select these pods; `termsSeen` of all terms have been asked. */
  readonly terms: OwnedTerm[];
  termsSeen: number;
}
