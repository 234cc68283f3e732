import type { Catalog } from "../../../catalog/catalog.ts";
import type { SavingKind } from "../../../estate/assumptions/saving-rules.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import type { Progress } from "../../ports.ts";
import { type CommitmentInput, committedBill } from "./commitments-for.ts";
import { savedEstate } from "./saved-estate.ts";
import type { SavingCandidate, SavingState } from "./saving-candidate.ts";

/** They save on hours or sizes that a commitment may cover for less. */
const rivals: ReadonlySet<SavingKind> = new Set<SavingKind>(["nodeSize", "spot", "schedule"]);

const oneCent = 0.01;

/**
 * Measures that save by themselves and make the whole dearer: without them the cheapest commitments take more off than
 * they do, say since a size has a lower price and no reservation. The measures are tried one after another, the last
 * first; a way that only leaving out two at once would find is not looked for.
 */
export function dearBesideCommitments(
  estate: Estate,
  taken: readonly SavingCandidate[],
  catalog: Catalog,
  options: CommitmentInput & { readonly onProgress?: Progress },
): ReadonlySet<string> {
  const billOf = (kept: readonly SavingCandidate[]): number => {
    options.signal?.throwIfAborted();
    const state = kept.reduce<SavingState>((now, { take }) => take(now) ?? now, { estate, stopped: new Set() });
    return committedBill(
      savedEstate(state.estate, catalog, options.today, state.stopped),
      state.stopped,
      catalog,
      options,
    );
  };
  const tried = taken.filter(({ kind }) => rivals.has(kind)).toReversed();
  let kept = taken;
  let lowest = billOf(kept);
  for (const [index, candidate] of tried.entries()) {
    options.onProgress?.(`measure ${index + 1} of ${tried.length} against commitments`);
    const without = kept.filter((each) => each !== candidate);
    const bill = billOf(without);
    if (bill > lowest - oneCent) continue;
    kept = without;
    lowest = bill;
  }
  return new Set(taken.filter((each) => !kept.includes(each)).map(({ id }) => id));
}
