import {
  type ApplicationClass,
  applicationClasses,
  type Capability,
  capabilities,
} from "../../catalog/platform-product.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { platformClusterHours, rawClusterHours } from "../../estate/assumptions/planning-rules.ts";
import { capabilityHours } from "../../estate/assumptions/product-rules.ts";
import type { Estate } from "../../estate/model/estate.ts";

/** Who owns what on raw AKS and on a platform product, and what that takes. Hours are a month's, for all clusters. */
export interface ResponsibilitySplit {
  readonly clusters: number;
  readonly capabilities: readonly Capability[];
  /** Every cluster run by a team of its own; every cluster on the platform product. */
  readonly hours: { readonly raw: number; readonly product: number };
  /** In the estate's currency; undefined where nobody says what an hour costs. */
  readonly monthly: { readonly raw: number; readonly product: number } | undefined;
  /** What each application class carries, with the applications of that class. */
  readonly classes: readonly (ApplicationClass & { readonly applications: readonly string[] })[];
  readonly assumptions: readonly Assumption[];
}

/** The split for so many clusters, at the declared cost of an hour of people's work. */
export function responsibilitySplit(
  clusters: number,
  { commercial: { operatorHourCost }, applications }: Pick<Estate, "commercial" | "applications">,
): ResponsibilitySplit {
  const rows = capabilities.map(({ value }) => value);
  const total = (hours: (row: Capability) => number) => rows.reduce((sum, row) => sum + hours(row), 0) * clusters;
  const raw = total(({ rawHours }) => rawHours);
  const product = total(({ productHours }) => productHours);
  return {
    clusters,
    capabilities: rows,
    hours: { raw, product },
    monthly:
      operatorHourCost === undefined ? undefined : { raw: raw * operatorHourCost, product: product * operatorHourCost },
    classes: applicationClasses.map(({ value }) => ({
      ...value,
      applications: applications.filter((each) => each.class === value.name).map(({ name }) => name),
    })),
    assumptions: [
      assume(capabilityHours, "Estate", { raw: rawClusterHours.hours, product: platformClusterHours.hours }),
    ],
  };
}
