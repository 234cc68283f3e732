import type { AssumptionRule } from "./assumption-rule.ts";

/** How the hours of a cluster fall to what has to be done on it. */
export const capabilityHours: AssumptionRule<{ readonly raw: number; readonly product: number }> = {
  id: "ASM-292",
  name: "capability-hours",
  text: ({ raw, product }) =>
    `Of the ${raw} hours of work a month on a cluster that its own team runs, and the ${product} on one of a platform product, each capability takes the part that the table gives it; guesses until they are measured.`,
  value: ({ raw, product }) => `${raw} and ${product} h a month for each cluster`,
  replaceBy: "hours booked on each capability",
};

export const productRules = [capabilityHours] as const;
