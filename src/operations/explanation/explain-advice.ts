import type { Catalog } from "../../catalog/catalog.ts";
import type { Figure } from "../../estate/figures/figure.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { MixedIntegerSolver } from "../../finops/commitments/mix/mixed-integer-solver.ts";
import { chooseCommitments } from "../cost/cost-commit.ts";
import { rightSize } from "../cost/rightsize.ts";
import { payLess } from "../cost/saving/pay-less.ts";
import { addFigure } from "./explain-figure.ts";

/** Advice on the bill whose figures an assessment does not hold, by how their ids begin. */
const prefixes = { commit: "commit/", rightsize: "cost/rightsize/", save: "cost/save/" } as const;

type Advice = keyof typeof prefixes;

/** Which advice a figure is of, by its id; undefined for other ids. */
export function adviceThatHolds(id: string): Advice | undefined {
  const all: readonly Advice[] = ["commit", "rightsize", "save"];
  return all.find((advice) => id.startsWith(prefixes[advice]));
}

/** The figures by id of what one of the commands advises without options; `today`: `YYYY-MM-DD`. */
export async function adviceFigures(
  advice: Advice,
  estate: Estate,
  catalog: Catalog,
  options: { readonly today: string; readonly solver: MixedIntegerSolver; readonly signal?: AbortSignal },
): Promise<ReadonlyMap<string, Figure>> {
  const figures = new Map<string, Figure>();
  for (const figure of await outermost(advice, estate, catalog, options)) addFigure(figure, figures);
  return figures;
}

async function outermost(
  advice: Advice,
  estate: Estate,
  catalog: Catalog,
  options: Parameters<typeof adviceFigures>[3],
): Promise<readonly Figure[]> {
  switch (advice) {
    case "commit": {
      const { now, best, saving, purchases, later } = chooseCommitments(estate, catalog, {
        ...options,
        terms: [1, 3],
        reservations: true,
        savingsPlans: true,
        spot: true,
        growthPercent: 0,
        mostFallPercent: 30,
        stopOutsideHours: false,
      });
      return [now, best, saving, ...[...purchases, ...later].flatMap(({ monthly, saves }) => [monthly, saves])];
    }
    case "rightsize":
      return [(await rightSize(estate, catalog, options)).saving];
    case "save":
      return [(await payLess(estate, catalog, options)).saving];
  }
}
