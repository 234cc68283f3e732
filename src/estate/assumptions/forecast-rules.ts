import type { AssumptionRule } from "./assumption-rule.ts";

export const costFollowsDemand: AssumptionRule<{ readonly targetPercent: number; readonly tenants: number }> = {
  id: "ASM-206",
  name: "cost-follows-demand",
  text: ({ targetPercent }) =>
    `Between the bill with every autoscaler at its minimum and the one with all at their maximum, the cost of a tenant follows the replicas that its declared demand needs when each is held to ${targetPercent} % of what it serves.`,
  value: ({ tenants }) => `${tenants} ${tenants === 1 ? "tenant" : "tenants"} with declared load`,
  replaceBy: "a cost history: cost forecast --history",
};

export const demandGrowth: AssumptionRule<{ readonly percent: number }> = {
  id: "ASM-207",
  name: "demand-growth",
  text: () => "Declared load says nothing of growth: demand stays as it is unless --growth says otherwise.",
  value: ({ percent }) => `${percent} % a month`,
  replaceBy: "the option --growth",
};

export const demandInLastEnvironment: AssumptionRule<{ readonly environment: string }> = {
  id: "ASM-208",
  name: "demand-in-last-environment",
  text: ({ environment }) =>
    `Users come to ${environment}, the last environment of promotion, in the primary region of the application; other environments and regions run at their minimum, and what all of them cost is counted on these users.`,
  value: ({ environment }) => environment,
  replaceBy: "nothing yet: a LoadProfile cannot name its environment",
};

export const pastGoesOn: AssumptionRule<{ readonly periods: number; readonly step: "day" | "month" }> = {
  id: "ASM-209",
  name: "past-goes-on",
  text: () =>
    "What moved costs in the history goes on moving them in the same way; only what is declared or given as an option changes on a known day.",
  value: ({ periods, step }) => `${periods} ${step}s of history`,
  replaceBy: "the option --price-change, or a longer history",
};

export const knownStepsByBill: AssumptionRule<{ readonly steps: number }> = {
  id: "ASM-210",
  name: "known-steps-by-bill",
  text: () =>
    "When a commitment ends, costs step by as much as the bill of the declared estate does on that day; nobody renews it.",
  value: ({ steps }) => `${steps} ${steps === 1 ? "step" : "steps"}`,
  replaceBy: "Estate.spec.commercial, with a later until",
};

export const dutyCycleInBursts: AssumptionRule<{ readonly burstsPerDay: number }> = {
  id: "ASM-211",
  name: "duty-cycle-in-bursts",
  text: () =>
    "A duty cycle is the share of time in which demand is at its peak, with none in between; it comes in equally long bursts.",
  value: ({ burstsPerDay }) => `${burstsPerDay} ${burstsPerDay === 1 ? "burst" : "bursts"} a day`,
  replaceBy: "the option --bursts-per-day",
};

export const roomOnNodes: AssumptionRule<{ readonly vmSize: string; readonly percentOfNode: number }> = {
  id: "ASM-212",
  name: "room-on-nodes",
  text: ({ vmSize }) =>
    `A replica on shared nodes costs its room: the price of a ${vmSize} times the larger of its shares of allocatable CPU and memory. That is what it costs in a pool that is full; in one that is not, taking it away saves nothing yet.`,
  value: ({ percentOfNode }) => `${Number(percentOfNode.toFixed(1))} % of a node`,
  replaceBy: "nothing: the other line prices whole nodes",
};

export const forecastRules = [
  costFollowsDemand,
  demandGrowth,
  demandInLastEnvironment,
  pastGoesOn,
  knownStepsByBill,
  dutyCycleInBursts,
  roomOnNodes,
] as const;
