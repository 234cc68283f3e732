import type { AssumptionRule } from "./assumption-rule.ts";

/** How long new nodes take in a simulation of failures, in seconds. */
export const newNodeSeconds = { medianSeconds: 190, p95Seconds: 300 } as const;

/** A node that must be added before pods fit. */
export const simulatedNodeStart: AssumptionRule<{ readonly medianSeconds: number; readonly p95Seconds: number }> = {
  id: "ASM-241",
  name: "simulated-node-start",
  text: () =>
    "A node that must be added takes a lognormal time: AKS documents 2 to 5 minutes for the provisioning of a virtual machine.",
  value: ({ medianSeconds, p95Seconds }) => `median ${medianSeconds} s, 95 % within ${p95Seconds} s`,
  replaceBy: "nothing yet: the answer shows how it was counted",
};

/** How repair times vary round their mean. */
export const repairSpread: AssumptionRule<{ readonly shape: string }> = {
  id: "ASM-242",
  name: "repair-spread",
  text: () =>
    "Nothing says how the lengths of outages vary round their mean. Exponential ones are what the fault tree's formulas stand on; lognormal ones have their 95th percentile at five times the median.",
  value: ({ shape }) => shape,
  replaceBy: "--repair exponential|lognormal",
};

export const availabilitySimulationRules = [simulatedNodeStart, repairSpread] as const;
