/** Coefficients of Acklam's rational approximation. */
const central = {
  above: [
    -39.6968302866538, 220.946098424521, -275.928510446969, 138.357751867269, -30.6647980661472, 2.50662827745924,
  ],
  below: [-54.4760987982241, 161.585836858041, -155.698979859887, 66.8013118877197, -13.2806815528857, 1],
};
const tail = {
  above: [
    -0.00778489400243029, -0.322396458041136, -2.40075827716184, -2.54973253934373, 4.37466414146497, 2.93816398269878,
  ],
  below: [0.00778469570904146, 0.32246712907004, 2.445134137143, 3.75440866190742, 1],
};
const tailBelow = 0.02425;

/**
 * The value below which a standard normal variable lies with a probability; relative error below 1.2e-9 (Acklam).
 * @param probability above 0 and below 1
 */
export function normalQuantile(probability: number): number {
  if (probability > 0.5) return -normalQuantile(1 - probability);
  if (probability < tailBelow) {
    const scale = Math.sqrt(-2 * Math.log(probability));
    return polynomial(tail.above, scale) / polynomial(tail.below, scale);
  }
  const distance = probability - 0.5;
  const square = distance * distance;
  return (polynomial(central.above, square) * distance) / polynomial(central.below, square);
}

/** Coefficients from the highest power down. */
function polynomial(coefficients: readonly number[], at: number): number {
  return coefficients.reduce((sum, coefficient) => sum * at + coefficient, 0);
}
