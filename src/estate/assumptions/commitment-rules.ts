import type { AssumptionRule } from "./assumption-rule.ts";

export const demandStaysAsNow: AssumptionRule<{ readonly months: number; readonly growthPercent: number }> = {
  id: "ASM-190",
  name: "demand-over-the-term",
  text: ({ months, growthPercent }) =>
    growthPercent === 0
      ? `Nothing says how the number of nodes goes on: it stays as it is for ${months} months, at the prices of now.`
      : `Every pool ${growthPercent > 0 ? "grows" : "shrinks"} by ${Math.abs(growthPercent)} % a month for ${months} months, in whole nodes, at the prices of now.`,
  value: ({ months, growthPercent }) => `${growthPercent} % a month over ${months} months`,
  replaceBy: "--growth and --months",
};

export const simulatedWindowRepeats: AssumptionRule<{
  readonly cluster: string;
  readonly profile: string;
  readonly days: number;
  readonly pool: string;
}> = {
  id: "ASM-191",
  name: "simulated-window-repeats",
  text: ({ cluster, profile, days, pool }) =>
    `The ${days} simulated days of ${profile} repeat all through the time; nodes that cluster ${cluster} then has more or fewer than declared are those of pool ${pool}, which carries the workload.`,
  value: ({ days }) => `${days} days`,
  replaceBy: "--node-hours with measured nodes, or --days",
};

export const ownedCommitmentsGoOn: AssumptionRule<{ readonly owned: number }> = {
  id: "ASM-192",
  name: "owned-commitments-go-on",
  text: ({ owned }) =>
    `The ${owned === 1 ? "commitment" : `${owned} commitments`} owned now ${owned === 1 ? "counts" : "count"} first and all the time: when one ends is the time to decide on it again, with prices of then.`,
  value: () => "renewed as they are",
  replaceBy: "Estate.spec.commercial, when one has ended",
};

export const demandMayFall: AssumptionRule<{ readonly mostPercent: number }> = {
  id: "ASM-193",
  name: "demand-may-fall",
  text: ({ mostPercent }) =>
    `Nothing says how likely a fall of demand is: every fall from 0 to ${mostPercent} % of all nodes, from the first day on, counts as equally likely.`,
  value: ({ mostPercent }) => `0 to ${mostPercent} %`,
  replaceBy: "--fall",
};

export const unusedSharedByUse: AssumptionRule<undefined> = {
  id: "ASM-194",
  name: "unused-shared-by-use",
  text: () =>
    "What a commitment leaves unused is laid on those who use nodes that it may cover, in proportion; where nobody does, it is nobody's.",
  value: () => "by use, at pay-as-you-go prices",
  replaceBy: "nothing: it is a rule of this report",
};

export const stopsOutsideHoursAssumed: AssumptionRule<{ readonly clusters: readonly string[] }> = {
  id: "ASM-195",
  name: "stops-outside-hours",
  text: ({ clusters }) =>
    `As asked, ${clusters.join(", ")} ${clusters.length === 1 ? "counts" : "count"} as stopped outside the hours of ${clusters.length === 1 ? "its" : "their"} environments, as if declared so; a stopped cluster pays for no nodes.`,
  value: () => "no nodes outside the hours",
  replaceBy: "Cluster.spec.stopsOutsideHours",
};

export const commitmentRules = [
  demandStaysAsNow,
  simulatedWindowRepeats,
  ownedCommitmentsGoOn,
  demandMayFall,
  unusedSharedByUse,
  stopsOutsideHoursAssumed,
] as const;
