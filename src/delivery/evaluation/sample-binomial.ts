import type { SeededRandom } from "../../scheduling/packing/heuristics/seeded-random.ts";
import { binomialTerm } from "../judging/binomial.ts";

/** A number of successes out of `count`, by inversion outwards from the most likely one. */
export function sampleBinomial(count: number, chance: number, random: SeededRandom): number {
  if (count <= 0 || chance <= 0) return 0;
  if (chance >= 1) return count;
  const mode = Math.min(count, Math.floor((count + 1) * chance));
  const odds = chance / (1 - chance);
  let rest = random();
  let above = mode;
  let below = mode;
  let aboveTerm = binomialTerm(count, chance, mode);
  let belowTerm = aboveTerm;
  rest -= aboveTerm;
  while (rest > 0 && (above < count || below > 0)) {
    if (above < count) {
      aboveTerm *= ((count - above) / (above + 1)) * odds;
      above += 1;
      rest -= aboveTerm;
      if (rest <= 0) return above;
    }
    if (below > 0) {
      belowTerm *= below / (count - below + 1) / odds;
      below -= 1;
      rest -= belowTerm;
      if (rest <= 0) return below;
    }
    if (aboveTerm + belowTerm < 1e-300) return mode;
  }
  return mode;
}
