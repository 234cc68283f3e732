/** Whole numbers by index, zero where nothing was counted; grows as indices come. */
export class Tally {
  values = new Int32Array(8);

  at(index: number): number {
    return this.values[index] ?? 0;
  }

  add(index: number, amount: number): void {
    if (index >= this.values.length) this.growTo(index);
    this.values[index] = (this.values[index] ?? 0) + amount;
  }

  private growTo(index: number): void {
    const grown = new Int32Array(Math.max(index + 1, this.values.length * 2));
    grown.set(this.values);
    this.values = grown;
  }
}
