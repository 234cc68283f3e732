/** One request of a register, as its client saw it. Writes carry values that no other write has. */
export interface RegisterOperation {
  readonly kind: "read" | "write";
  /** What was read or written. */
  readonly value: number;
  readonly call: number;
  /** Infinite where no answer came: it may have happened at any time, or not at all. */
  readonly end: number;
}

export type LinearizabilityVerdict = "linearizable" | "notLinearizable" | "undecided";

/**
 * Whether one order of the operations, each between its call and its end, explains every read. Search of Wing and Gong
 * with the memory of Lowe: a set of operations done and a value are tried once. Undecided after `mostSteps` states.
 */
export function checkLinearizable(
  history: readonly RegisterOperation[],
  initial: number,
  mostSteps = 20_000,
): LinearizabilityVerdict {
  const operations = history
    .filter(({ kind, end }) => kind === "write" || Number.isFinite(end))
    .toSorted((left, right) => left.call - right.call || left.end - right.end);
  const done = new Uint8Array(operations.length);
  const seen = new Set<string>();
  let steps = 0;

  function search(first: number, value: number): LinearizabilityVerdict {
    let from = first;
    while (from < operations.length && done[from] === 1) from++;
    if (onlyUnanswered(from)) return "linearizable";
    const key = stateKey(from, value);
    if (seen.has(key)) return "notLinearizable";
    seen.add(key);
    if (++steps > mostSteps) return "undecided";
    const deadline = earliestEnd(from);
    for (let index = from; index < operations.length; index++) {
      const operation = operations[index];
      if (operation === undefined || operation.call > deadline) break;
      if (done[index] === 1 || (operation.kind === "read" && operation.value !== value)) continue;
      done[index] = 1;
      const verdict = search(from, operation.kind === "write" ? operation.value : value);
      done[index] = 0;
      if (verdict !== "notLinearizable") return verdict;
      // A read that fits changes nothing: to put it first never closes a way.
      if (operation.kind === "read") return "notLinearizable";
    }
    return "notLinearizable";
  }

  function onlyUnanswered(from: number): boolean {
    for (let index = from; index < operations.length; index++) {
      if (done[index] === 0 && Number.isFinite(operations[index]?.end)) return false;
    }
    return true;
  }

  function earliestEnd(from: number): number {
    let earliest = Number.POSITIVE_INFINITY;
    for (let index = from; index < operations.length; index++) {
      const operation = operations[index];
      if (operation === undefined || operation.call > earliest) break;
      if (done[index] === 0) earliest = Math.min(earliest, operation.end);
    }
    return earliest;
  }

  function stateKey(from: number, value: number): string {
    let ahead = "";
    for (let index = from; index < operations.length; index++) if (done[index] === 1) ahead += `,${index}`;
    return `${from}:${value}${ahead}`;
  }

  return search(0, initial);
}
