/** A binary heap: the item with the largest priority first, equal ones in the order in which they came. */
export class PriorityQueue<Item> {
  readonly #priority: (item: Item) => number;
  readonly #heap: { readonly item: Item; readonly priority: number; readonly arrival: number }[] = [];
  #arrivals = 0;

  constructor(priority: (item: Item) => number) {
    this.#priority = priority;
  }

  push(item: Item): void {
    this.#heap.push({ item, priority: this.#priority(item), arrival: this.#arrivals });
    this.#arrivals += 1;
    let index = this.#heap.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#precedes(index, parent)) break;
      this.#swap(index, parent);
      index = parent;
    }
  }

  pop(): Item | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (first === undefined || last === undefined) return undefined;
    if (this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#sink();
    }
    return first.item;
  }

  #sink(): void {
    let index = 0;
    for (;;) {
      let largest = index;
      for (const child of [2 * index + 1, 2 * index + 2]) {
        if (child < this.#heap.length && this.#precedes(child, largest)) largest = child;
      }
      if (largest === index) return;
      this.#swap(index, largest);
      index = largest;
    }
  }

  #precedes(left: number, right: number): boolean {
    const first = this.#heap[left];
    const second = this.#heap[right];
    if (first === undefined || second === undefined) return false;
    return first.priority > second.priority || (first.priority === second.priority && first.arrival < second.arrival);
  }

  #swap(left: number, right: number): void {
    const first = this.#heap[left];
    const second = this.#heap[right];
    if (first === undefined || second === undefined) return;
    this.#heap[left] = second;
    this.#heap[right] = first;
  }
}
