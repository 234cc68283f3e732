import type { Catalog } from "../../../catalog/catalog.ts";
import type { Assumption } from "../../../estate/assumptions/assumption.ts";
import { savingEfforts } from "../../../estate/assumptions/saving-rules.ts";
import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { likelyValue } from "../../../estate/figures/figure.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { chooseCommitments } from "../cost-commit.ts";
import type { CommitmentPurchase, CostCommitments } from "../cost-commit-report.ts";
import type { CommitmentOptions } from "../cost-commit-study.ts";
import { type SavedEstate, withStops } from "./saved-estate.ts";
import { document } from "./saving-candidate.ts";
import type { SavingMeasure } from "./savings-report.ts";

export interface Commitments {
  /** Undefined where none pays. */
  readonly measure: SavingMeasure | undefined;
  /** Beside the measures before, a month to the cent. */
  readonly saved: number;
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

export type CommitmentInput = Pick<CommitmentOptions, "today" | "solver" | "signal">;

/** The cheapest commitments for the nodes that the other measures leave, in the hours in which they run. */
export function commitmentsFor(
  {
    declared,
    left,
    stopped,
  }: { readonly declared: SavedEstate; readonly left: SavedEstate; readonly stopped: ReadonlySet<string> },
  catalog: Catalog,
  options: CommitmentInput,
): Commitments {
  const chosen = cheapestCommitments(withStops(left.estate, stopped), catalog, options);
  const { purchases, assumptions, diagnostics } = chosen;
  const saved = savedBy(chosen);
  if (purchases.length === 0) return { measure: undefined, saved: 0, assumptions, diagnostics };
  const terms = [...new Set(purchases.map(({ termYears }) => termYears))].toSorted((left, right) => left - right);
  const measure: SavingMeasure = {
    id: "commitments",
    kind: "commitment",
    what: `commit to what is left for ${terms.join(" and ")} ${terms.length === 1 && terms[0] === 1 ? "year" : "years"}`,
    because: purchases.map(({ label }) => label).join("; "),
    caveat: `paid until ${
      purchases
        .map(({ lockedUntil }) => lockedUntil)
        .toSorted()
        .at(-1) ?? ""
    }, used or not`,
    place: undefined,
    alone: savedBy(cheapestCommitments(declared.estate, catalog, options)),
    asks: savingEfforts.commitment,
    realise: document(`Estate: spec.commercial, once bought: ${purchases.map(termOf).join(", ")}`),
    journeys: [],
  };
  return { measure, saved, assumptions, diagnostics };
}

/** The bill of a month with the cheapest commitments for it, to the cent. */
export function committedBill(
  { estate, bill }: SavedEstate,
  stopped: ReadonlySet<string>,
  catalog: Catalog,
  options: CommitmentInput,
): number {
  return bill - Math.max(0, savedBy(cheapestCommitments(withStops(estate, stopped), catalog, options)));
}

function cheapestCommitments(
  estate: Estate,
  catalog: Catalog,
  { today, solver, signal }: CommitmentInput,
): CostCommitments {
  return chooseCommitments(estate, catalog, {
    today,
    solver,
    terms: [1, 3],
    reservations: true,
    savingsPlans: true,
    // Spot is a measure of its own.
    spot: false,
    growthPercent: 0,
    mostFallPercent: 30,
    stopOutsideHours: false,
    ...(signal === undefined ? {} : { signal }),
  });
}

function savedBy({ saving }: CostCommitments): number {
  return Math.round((likelyValue(saving) ?? 0) * 100) / 100;
}

function termOf({ kind, instances, vmSize, region, termYears, unitPrice }: CommitmentPurchase): string {
  return kind === "reservation"
    ? `reservations {vmSize: ${vmSize ?? ""}, region: ${region ?? ""}, quantity: ${instances ?? 0}, termYears: ${termYears}}`
    : `savingsPlans {hourlyCommitment: ${Number(unitPrice.toPrecision(6))}, termYears: ${termYears}}`;
}
