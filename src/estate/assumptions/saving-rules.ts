import type { AssumptionRule } from "./assumption-rule.ts";

/** Sorts of measures by which an estate costs less. */
export const savingKinds = [
  "unused",
  "requests",
  "nodeCount",
  "nodeSize",
  "schedule",
  "spot",
  "tier",
  "redundancy",
  "replicas",
  "commitment",
] as const;

export type SavingKind = (typeof savingKinds)[number];

/** What a measure asks of people. */
export interface SavingEffort {
  readonly risk: "low" | "medium" | "high";
  /** Hours of people's work, once. */
  readonly workHours: number;
  /** Until it shows on the bill. */
  readonly leadTime: string;
}

/** Hours of a trained engineer for one measure with its review; an order of magnitude, to rank by. */
export const savingEfforts: { readonly [kind in SavingKind]: SavingEffort } = {
  unused: { risk: "low", workHours: 1, leadTime: "at once" },
  requests: { risk: "medium", workHours: 8, leadTime: "next rollout" },
  nodeCount: { risk: "medium", workHours: 1, leadTime: "at once" },
  nodeSize: { risk: "medium", workHours: 6, leadTime: "a new pool" },
  schedule: { risk: "low", workHours: 4, leadTime: "at once" },
  spot: { risk: "high", workHours: 6, leadTime: "a new pool" },
  tier: { risk: "high", workHours: 1, leadTime: "at once" },
  redundancy: { risk: "high", workHours: 4, leadTime: "a window" },
  replicas: { risk: "medium", workHours: 1, leadTime: "next rollout" },
  commitment: { risk: "medium", workHours: 2, leadTime: "at once, for the term" },
};

export const savingEffort: AssumptionRule<undefined> = {
  id: "ASM-213",
  name: "saving-effort",
  text: () =>
    "What a measure asks is taken by its sort: the hours are those of one change with its review, an order of magnitude.",
  value: () => savingKinds.map((kind) => `${kind} ${savingEfforts[kind].workHours} h`).join(", "),
  replaceBy: "nothing: it orders no row and enters no sum",
};

export const savingRules = [savingEffort] as const;
