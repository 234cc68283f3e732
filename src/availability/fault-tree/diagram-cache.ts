import type { Diagram } from "./diagram.ts";
import type { Formula } from "./formula.ts";

/** Some 100 MB. */
const MOST_NODES = 4_000_000;

/** Diagrams by the structure of their formulas, which alone decides them. The oldest go when there are too many nodes. */
export class DiagramCache {
  readonly #diagrams = new Map<string, Diagram | undefined>();
  readonly #mostNodes: number;
  #nodes = 0;

  constructor(mostNodes = MOST_NODES) {
    this.#mostNodes = mostNodes;
  }

  /** The diagram of a formula, compiled where it is not known; undefined where it does not compile. */
  of(formula: Formula, compile: () => Diagram | undefined): Diagram | undefined {
    const known = this.#diagrams.get(formula.signature);
    if (known !== undefined || this.#diagrams.has(formula.signature)) return known;
    const diagram = compile();
    this.#diagrams.set(formula.signature, diagram);
    this.#nodes += sizeOf(diagram);
    this.#forgetOldest();
    return diagram;
  }

  #forgetOldest(): void {
    for (const [signature, diagram] of this.#diagrams) {
      if (this.#nodes <= this.#mostNodes) return;
      this.#diagrams.delete(signature);
      this.#nodes -= sizeOf(diagram);
    }
  }
}

function sizeOf(diagram: Diagram | undefined): number {
  return 1 + (diagram?.size ?? 0);
}
