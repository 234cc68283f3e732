import { type CompiledTree, FaultTreeSolver } from "../fault-tree/solver.ts";
import type { EventBook } from "../from-estate/event-book.ts";
import type { JourneyStructure } from "./journey-structure.ts";

/** What the fault tree knows exactly of one journey, as shares of time. */
export interface ExactPart {
  /** The whole tree; undefined where it has bounds only. */
  readonly whole: number | undefined;
  /** What fails whatever recovers: every condition taken as never true. Undefined where it has bounds only. */
  readonly hard: number | undefined;
}

/**
 * Solves journeys whole, and without the conditions that the simulation decides by its clock. The second figure is what
 * the simulation does not have to sample: its expectation is known.
 */
export class ExactParts {
  readonly #solver: FaultTreeSolver;
  readonly #whole: Float64Array;

  constructor(book: EventBook) {
    this.#solver = new FaultTreeSolver(book.tree);
    this.#whole = book.unavailabilities();
  }

  of({ top, conditions }: JourneyStructure): ExactPart {
    const compiled = this.#solver.compile(top);
    const hard = this.#whole.slice();
    for (const index of conditions) hard[index] = 0;
    return { whole: this.#probability(compiled, this.#whole), hard: this.#probability(compiled, hard) };
  }

  #probability(compiled: CompiledTree, unavailabilities: Float64Array): number | undefined {
    const solution = this.#solver.evaluate(compiled, unavailabilities);
    return solution.kind === "exact" ? solution.probability : undefined;
  }
}
