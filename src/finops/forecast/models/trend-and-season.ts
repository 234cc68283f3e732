import { leastSquares } from "./least-squares.ts";
import type { FittedModel } from "./series-model.ts";

/**
 * A straight line and a value for each position of the season, by least squares. Exact on every series that is one. The
 * deviation of a sum holds that of its periods and that of the coefficients: s2 * (n + x'(X'X)^-1 x), x the sum of rows.
 */
export function fitTrendAndSeason(values: readonly number[], season: number): FittedModel {
  const length = values.length;
  const width = season + 1;
  const row = (index: number): readonly number[] =>
    Array.from({ length: width }, (_, column) => {
      if (column === 0) return 1;
      if (column === 1) return (index - (length - 1) / 2) / Math.max(1, length);
      return index % season === column - 1 ? 1 : 0;
    });
  const fit = leastSquares(
    values.map((_, index) => row(index)),
    values,
  );
  const at = (index: number) => dot(row(index), fit.coefficients);
  const fitted = values.map((_, index) => at(index));
  const freedom = Math.max(1, length - width);
  const sigma = Math.sqrt(values.reduce((sum, value, index) => sum + (value - (fitted[index] ?? 0)) ** 2, 0) / freedom);
  const perPeriod = (fit.coefficients[1] ?? 0) / Math.max(1, length);
  return {
    name: "trend-and-season",
    parameters: `trend ${Number(perPeriod.toPrecision(3))} a period${season > 1 ? `, ${season} values of the season` : ""}`,
    forecast: (lead) => at(length - 1 + lead),
    deviationOfSum: (from, to) => {
      const sum = Array.from({ length: width }, () => 0);
      for (let lead = from; lead <= to; lead += 1) {
        for (const [column, cell] of row(length - 1 + lead).entries()) sum[column] = (sum[column] ?? 0) + cell;
      }
      const ofCoefficients = fit.inverse.reduce((total, line, index) => total + (sum[index] ?? 0) * dot(line, sum), 0);
      return sigma * Math.sqrt(to - from + 1 + Math.max(0, ofCoefficients));
    },
  };
}

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}
