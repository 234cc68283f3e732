import type { AssumptionRule } from "./assumption-rule.ts";

/** Hours of people's work a month for one store. */
interface OperatorHours extends AssumptionRule<{ readonly stores: number }> {
  readonly hours: number;
}

/** Work on a store that runs as pods. */
export const selfManagedStoreHours: OperatorHours = {
  id: "ASM-229",
  name: "self-managed-store-hours",
  hours: 8,
  text: () =>
    "A store that runs as pods takes eight hours of work a month: versions, backups and their restore, failover, tuning; a guess until it is measured.",
  value: () => "8 h a month for each store",
  replaceBy: "hours booked on each store, set against Estate.spec.commercial.operatorHourCost",
};

/** Work on a platform service. */
export const platformServiceHours: OperatorHours = {
  id: "ASM-230",
  name: "platform-service-hours",
  hours: 1,
  text: () =>
    "A platform service takes one hour of work a month: sizes, versions and access; a guess until it is measured.",
  value: () => "1 h a month for each service",
  replaceBy: "hours booked on each service, set against Estate.spec.commercial.operatorHourCost",
};

export const improvementRules: readonly OperatorHours[] = [selfManagedStoreHours, platformServiceHours];
