import type { Figure } from "../../estate/figures/figure.ts";

/** The cost of an outcome as its field; nothing where none is known. */
export function costing(monthlyCost: Figure | undefined): { readonly monthlyCost?: Figure } {
  return monthlyCost === undefined ? {} : { monthlyCost };
}

/** The downtime of an outcome as its field; nothing where none is known. */
export function lasting(downtimeMinutesPerYear: Figure | undefined): { readonly downtimeMinutesPerYear?: Figure } {
  return downtimeMinutesPerYear === undefined ? {} : { downtimeMinutesPerYear };
}
