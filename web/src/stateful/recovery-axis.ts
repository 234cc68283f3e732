import type { ReportedTimeline } from "../../../src/operations/stateful/recovery-timelines-report.ts";

interface DrawnStep {
  readonly label: string;
  /** Seconds at which it begins, and that it lasts as a rule. */
  readonly start: number;
  readonly seconds: number;
}

/** The scale of one timeline, in seconds. */
interface RecoveryAxis {
  /** Right end: the worst case or the objective, whichever is later. */
  readonly end: number;
  readonly worst: number;
  readonly steps: readonly DrawnStep[];
  readonly ticks: readonly number[];
}

/** Steps that a person can read off, in seconds. */
const tickSteps = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 43_200, 86_400, 172_800,
];
const mostTicks = 6;

/** Steps one after another as they take as a rule, scaled so that their sum is the median of the whole. */
export function axisOf({ steps, rtoSeconds, rtoObjectiveSeconds = 0 }: ReportedTimeline): RecoveryAxis {
  const { result } = rtoSeconds;
  const range = result.kind === "range" ? result : { likely: 0, high: 0 };
  const sum = steps.reduce((total, { seconds }) => total + seconds.likely, 0);
  // The median of a sum is not the sum of the medians; the drawing ends where the figure says.
  const scale = sum === 0 ? 0 : range.likely / sum;
  let start = 0;
  const drawn = steps.map(({ label, seconds }): DrawnStep => {
    const step = { label, start, seconds: seconds.likely * scale };
    start += step.seconds;
    return step;
  });
  const end = Math.max(1, range.high, rtoObjectiveSeconds) * 1.04;
  const apart = tickSteps.find((step) => end / step <= mostTicks) ?? end / mostTicks;
  const ticks = Array.from({ length: Math.floor(end / apart) + 1 }, (_, index) => index * apart);
  return { end, worst: range.high, steps: drawn, ticks };
}
