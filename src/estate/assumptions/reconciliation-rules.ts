import type { AssumptionRule } from "./assumption-rule.ts";

export const allocationCurrency: AssumptionRule<{ readonly currency: string }> = {
  id: "ASM-202",
  name: "allocation-currency",
  text: ({ currency }) => `The answer of /allocation names no currency; its money is taken for ${currency}.`,
  value: ({ currency }) => currency,
  replaceBy: "cost reconcile --currency",
};

export const billedMonth: AssumptionRule<{ readonly months: number; readonly hours: number }> = {
  id: "ASM-203",
  name: "billed-month",
  text: ({ months, hours }) =>
    `The bill is of ${months === 1 ? "a calendar month" : `${months} calendar months`} of ${hours} hours, and is compared with ${months === 1 ? "a month" : `${months} months`} of 730 hours.`,
  value: ({ months }) => `${months * 730} h`,
  replaceBy: "nothing: a bill of other days is compared hour by hour",
};

export const reconciliationRules = [allocationCurrency, billedMonth] as const;
