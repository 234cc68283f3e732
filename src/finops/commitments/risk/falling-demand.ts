import { type NodeDemand, scaleDemand } from "../demand/node-demand.ts";
import { billMix } from "../mix/bill-mix.ts";
import { type CommitmentMix, emptyMix, type OwnedCommitments } from "../mix/commitment-mix.ts";

/** What a mix costs when demand falls by a share, beside buying nothing; a month, unrounded. */
interface FallenDemand {
  readonly fall: number;
  readonly withMix: number;
  readonly without: number;
  /** Paid for nothing, of what is bought and of what is owned. */
  readonly unused: number;
}

/** The risk of not using a mix. */
export interface FallRisk {
  readonly mostFall: number;
  readonly points: readonly FallenDemand[];
  /** Smallest fall at which buying nothing would have been cheaper; undefined when no fall is. */
  readonly breakEvenFall: number | undefined;
  /** Chance that buying nothing would have been cheaper, every fall up to `mostFall` equally likely. */
  readonly chanceOfLoss: number;
  /** A month, averaged over the falls up to `mostFall`. */
  readonly expectedUnused: number;
  /** Against buying nothing, a month, averaged over the falls up to `mostFall`; negative is a loss. */
  readonly expectedSaving: number;
}

const steps = 20;
/** As exact as a tenth of a percent is printed. */
const fallPrecision = 0.0005;

/** Plays falls of all pools from the first day on, the pattern of the hours as it is. */
export function fallRisk(demand: NodeDemand, owned: OwnedCommitments, mix: CommitmentMix, mostFall: number): FallRisk {
  const at = (fall: number): FallenDemand => {
    const fallen = scaleDemand(demand, 1 - fall);
    const bought = billMix(fallen, owned, mix);
    const { months } = demand;
    return {
      fall,
      withMix: bought.total / months,
      without: billMix(fallen, owned, emptyMix).total / months,
      unused: bought.unused / months,
    };
  };
  const points = Array.from({ length: steps + 1 }, (_, index) => at((mostFall * index) / steps));
  const breakEvenFall = fallThatBreaksEven(at);
  const chanceOfLoss =
    breakEvenFall === undefined || mostFall <= 0 ? 0 : Math.max(0, (mostFall - breakEvenFall) / mostFall);
  return {
    mostFall,
    points,
    breakEvenFall,
    chanceOfLoss,
    expectedUnused: meanOf(points.map(({ unused }) => unused)),
    expectedSaving: meanOf(points.map(({ withMix, without }) => without - withMix)),
  };
}

/** The saving of a mix only shrinks as demand falls, so halving finds where it is gone. */
function fallThatBreaksEven(at: (fall: number) => FallenDemand): number | undefined {
  const saves = (fall: number) => {
    const { withMix, without } = at(fall);
    return without - withMix > -1e-9;
  };
  if (saves(1)) return undefined;
  let [low, high] = [0, 1];
  while (high - low > fallPrecision) {
    const middle = (low + high) / 2;
    if (saves(middle)) low = middle;
    else high = middle;
  }
  return high;
}

/** Of a curve at equal distances, by trapezoids. */
function meanOf(values: readonly number[]): number {
  if (values.length < 2) return values[0] ?? 0;
  const inner = values.slice(1, -1).reduce((sum, value) => sum + value, 0);
  return (((values[0] ?? 0) + (values.at(-1) ?? 0)) / 2 + inner) / (values.length - 1);
}
