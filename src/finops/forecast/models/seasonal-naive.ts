import { deviationByWeights, type FittedModel } from "./series-model.ts";

/**
 * The last season once more, moved by the mean change from one season to the next. Exact on a straight line with a
 * season. The benchmark that every other model has to beat.
 */
export function fitSeasonalNaive(values: readonly number[], season: number): FittedModel {
  const length = values.length;
  const changes = values.slice(season).map((value, index) => value - (values[index] ?? 0));
  const drift = changes.reduce((sum, change) => sum + change, 0) / Math.max(1, changes.length);
  const errors = changes.map((change) => change - drift);
  const freedom = Math.max(1, changes.length - 1);
  const sigma = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / freedom);
  const seasonsBefore = Math.max(1, changes.length / season);
  return {
    name: "seasonal-naive",
    parameters: `change ${Number(drift.toPrecision(3))} a ${season > 1 ? "season" : "period"}`,
    forecast: (lead) => {
      const seasons = Math.ceil(lead / season);
      return (values[length + lead - 1 - seasons * season] ?? 0) + seasons * drift;
    },
    deviationOfSum: (from, to) => {
      const innovations = deviationByWeights(sigma, (age) => (age % season === 0 ? 1 : 0), from, to);
      let drifts = 0;
      for (let lead = from; lead <= to; lead += 1) drifts += Math.ceil(lead / season);
      // The drift is a mean of overlapping changes: as sure as one change for each season seen.
      return Math.hypot(innovations, (drifts * sigma) / Math.sqrt(season * seasonsBefore));
    },
  };
}
