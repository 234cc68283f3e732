/** Sum with Neumaier's compensation: the error does not grow with the number of terms. */
export function compensatedSum(values: Iterable<number>): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** Whole cents of an amount, half a cent away from zero. */
export function toCents(amount: number): number {
  const cents = Math.round(Math.abs(amount) * 100);
  return amount < 0 && cents !== 0 ? -cents : cents;
}

/**
 * Whole cents for each amount so that they add up to the rounded sum of all: every amount is cut to the cent, and the
 * cents that are then missing go to the largest remainders, the earlier of equal ones first.
 */
export function roundByLargestRemainder(amounts: readonly number[]): readonly number[] {
  const total = toCents(compensatedSum(amounts));
  const floors = amounts.map((amount) => Math.floor(amount * 100));
  let missing = total - floors.reduce((sum, cents) => sum + cents, 0);
  const order = amounts
    .map((amount, index) => ({ index, remainder: amount * 100 - (floors[index] ?? 0) }))
    .sort((left, right) => right.remainder - left.remainder || left.index - right.index);
  const cents = [...floors];
  for (const { index } of order) {
    if (missing <= 0) break;
    cents[index] = (cents[index] ?? 0) + 1;
    missing -= 1;
  }
  return cents;
}
