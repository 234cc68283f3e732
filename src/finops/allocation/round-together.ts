/**
 * Rounds non-negative amounts to `decimals` so that they add up to `total` exactly: each is cut, and what is then missing
 * goes to the largest remainders, the earlier of equal ones first. `total` is the rounded sum of the amounts, so that
 * parts of one bill, however they are grouped, add up to the same printed total.
 */
export function roundTogether(amounts: readonly number[], total: number, decimals: number): readonly number[] {
  const scale = 10 ** decimals;
  const wanted = Math.round(total * scale);
  const units = amounts.map((amount) => Math.floor(amount * scale));
  const order = amounts
    .map((amount, index) => ({ index, remainder: amount * scale - (units[index] ?? 0) }))
    .sort((left, right) => right.remainder - left.remainder || left.index - right.index);
  let missing = wanted - units.reduce((sum, unit) => sum + unit, 0);
  for (const { index } of order) {
    if (missing <= 0) break;
    units[index] = (units[index] ?? 0) + 1;
    missing -= 1;
  }
  // The sum of the cut amounts can pass the total by what the arithmetic of many terms loses.
  for (const { index } of order.toReversed()) {
    if (missing >= 0) break;
    if ((units[index] ?? 0) === 0) continue;
    units[index] = (units[index] ?? 0) - 1;
    missing += 1;
  }
  return units.map((unit) => unit / scale);
}
