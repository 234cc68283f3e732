import { monthOf } from "./calendar.ts";
import { leastSquares } from "./models/least-squares.ts";

/** From so many days on the months of the year are told apart. */
export const daysForYearlySeason = 730;

/**
 * What each month of the year adds, January first: by least squares together with a line and the days of the week, so
 * that neither is taken for the other. The twelve sum to 0.
 */
export function monthEffects(values: readonly number[], startDay: number): readonly number[] {
  const length = values.length;
  const monthAt = (index: number) => ((monthOf(startDay + index) % 12) + 12) % 12;
  const rows = values.map((_, index) => {
    const month = monthAt(index);
    return [
      1,
      (index - length / 2) / length,
      ...Array.from({ length: 6 }, (__, day) => (index % 7 === day + 1 ? 1 : 0)),
      ...Array.from({ length: 11 }, (__, each) => (month === each + 1 ? 1 : 0)),
    ];
  });
  const { coefficients } = leastSquares(rows, values);
  const effects = [0, ...coefficients.slice(8)];
  const mean = effects.reduce((sum, effect) => sum + effect, 0) / 12;
  return effects.map((effect) => effect - mean);
}
