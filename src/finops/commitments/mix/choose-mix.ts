import type { NodeDemand } from "../demand/node-demand.ts";
import { billMix, type MixBill } from "./bill-mix.ts";
import { type CommitmentMix, type CommitmentOffers, emptyMix, type OwnedCommitments } from "./commitment-mix.ts";
import { type HeldInstances, mixProgram, tieBreak } from "./mix-program.ts";
import type { MixedIntegerSolver } from "./mixed-integer-solver.ts";

/** A mix with its bill, and the bound below which no mix of the same offers can cost. */
export interface ChosenMix {
  readonly mix: CommitmentMix;
  readonly bill: MixBill;
  readonly bound: number;
}

/**
 * The mix of least cost over a demand, beside what is owned. It is chosen by a mixed-integer program and billed in Azure's
 * order; where the two agree it is proven, otherwise the bound says how much it could be at most.
 */
export function chooseMix(
  demand: NodeDemand,
  owned: OwnedCommitments,
  offers: CommitmentOffers,
  solver: MixedIntegerSolver,
  held: readonly HeldInstances[] = [],
): ChosenMix {
  const without = billMix(demand, owned, emptyMix);
  const { program, fixedCost, read } = mixProgram(demand, owned, offers, held);
  const solution = program.columns.length === 0 ? undefined : solver(program);
  if (solution === undefined) return { mix: emptyMix, bill: without, bound: fixedCost };
  const bound = fixedCost + solution.bound / (1 + tieBreak);
  const rounded = [Math.floor, Math.ceil].map((round) => {
    const mix = read(solution.values, round);
    return { mix, bill: billMix(demand, owned, mix), bound };
  });
  const nothing = held.length === 0 ? [{ mix: emptyMix, bill: without, bound }] : [];
  const [best] = [...nothing, ...rounded].toSorted((left, right) => left.bill.total - right.bill.total);
  return best ?? { mix: emptyMix, bill: without, bound };
}
