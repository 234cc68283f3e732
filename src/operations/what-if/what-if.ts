import type { Catalog } from "../../catalog/catalog.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import { type AppliedChanges, applyChanges } from "./apply-changes.ts";
import { compareAvailability, type SolvedSide, solveSide, type WhatIfAvailability } from "./compare-availability.ts";
import { compareCost, type PricedSide, priceSide, type WhatIfCost } from "./compare-cost.ts";
import { compareIsolation, type ShortPairs, shortPairs, type WhatIfIsolation } from "./compare-isolation.ts";
import type { WhatIfChange } from "./what-if-change.ts";

/** What could not be done of what was asked, and what the figures do not see. */
export type WhatIfNotes = Pick<AppliedChanges, "refused" | "caveats">;

/** Cost and isolation with changes made: what is known at once. */
export interface QuickWhatIf extends WhatIfNotes {
  readonly cost: WhatIfCost;
  readonly isolation: WhatIfIsolation;
}

/** One estate against which any number of lists of changes is compared; its own side is computed once. */
export interface WhatIfStudy {
  readonly quick: (changes: readonly WhatIfChange[]) => QuickWhatIf;
  /** Takes several times as long. */
  readonly availability: (changes: readonly WhatIfChange[]) => WhatIfAvailability;
  readonly apply: (changes: readonly WhatIfChange[]) => AppliedChanges;
}

/** `today`: `YYYY-MM-DD` in UTC. */
export function studyWhatIf(estate: Estate, catalog: Catalog, today: string): WhatIfStudy {
  let priced: PricedSide | undefined;
  let pairs: ShortPairs | undefined;
  let solved: SolvedSide | undefined;
  const pricedBefore = () => (priced ??= priceSide(estate, catalog, today));
  const pairsBefore = () => (pairs ??= shortPairs(estate, catalog));
  const solvedBefore = () => (solved ??= solveSide(estate, pricedBefore().placement, catalog));
  const apply = (changes: readonly WhatIfChange[]) => applyChanges(estate, catalog, changes);
  return {
    apply,
    quick: (changes) => {
      const { estate: changed, refused, caveats } = apply(changes);
      const isSame = changed === estate;
      const after = isSame ? pricedBefore() : priceSide(changed, catalog, today);
      const pairsAfter = isSame ? pairsBefore() : shortPairs(changed, catalog);
      return {
        refused,
        caveats,
        cost: compareCost(pricedBefore(), after),
        isolation: compareIsolation(pairsBefore(), pairsAfter),
      };
    },
    availability: (changes) => {
      const { estate: changed } = apply(changes);
      const after = changed === estate ? solvedBefore() : solveSide(changed, placeWorkloads(changed, catalog), catalog);
      return compareAvailability(estate, solvedBefore(), after);
    },
  };
}

/** Everything that a list of changes does to an estate. */
export interface WhatIf extends QuickWhatIf {
  readonly availability: WhatIfAvailability;
}

/** The estate with the changes made against the estate as it is. */
export function whatIf(estate: Estate, catalog: Catalog, today: string, changes: readonly WhatIfChange[]): WhatIf {
  const study = studyWhatIf(estate, catalog, today);
  return { ...study.quick(changes), availability: study.availability(changes) };
}
