import type { NodeFiller } from "../heuristics/node-filler.ts";
import { isBetter, type Solution, solutionOf } from "../heuristics/solution.ts";
import type { PackingInstance } from "../packing-instance.ts";
import { ColumnGenerator } from "./column-generation.ts";
import { type DiveOptions, dive, nodesOf } from "./dive.ts";
import { type DualBound, priceStep, roundUp } from "./dual-bound.ts";
import { enumeratePatterns } from "./enumerate-patterns.ts";
import type { LinearSolver } from "./linear-solver.ts";
import type { PricingMethod } from "./price-patterns.ts";
import { RestrictedMaster } from "./restricted-master.ts";

/** How much the exact search may do; all by number, so that runs repeat. */
export interface ExactEffort {
  /** Rounds of column generation for the bound. */
  readonly rounds: number;
  /** Share of the price that the bound may lack, where prices are finer than that. */
  readonly tolerance: number;
  /** How patterns are searched for, from the quickest way to the most thorough. */
  readonly pricing: readonly PricingMethod[];
  /** Branch-and-bound nodes of each integer program. */
  readonly branchNodes: number;
  /** Most patterns over which the last step searches for a cheaper plan, or shows that there is none. */
  readonly enumeratedPatterns: number;
}

export interface ExactSearch {
  readonly solution: Solution;
  readonly lowerBound: number;
  readonly method: "linear" | "enumeration" | undefined;
  /** Undefined when the relaxation gave no bound. */
  readonly dual: DualBound | undefined;
  readonly ended: "complete" | "aborted";
}

export interface ExactOptions {
  readonly solver: LinearSolver;
  readonly effort: ExactEffort;
  /** Plans to start the patterns from. */
  readonly plans: readonly Solution[];
  readonly onStep: (stage: "bound" | "dive" | "branch", price: number, bound: number) => "continue" | "stop";
}

/**
 * Raises the lower bound by column generation and lowers the price by diving and branch and bound over the patterns
 * generated, until they meet or the effort is spent. As a last step all patterns that a cheaper plan could use are listed,
 * when they are few enough, and searched completely.
 */
export function searchExactly(filler: NodeFiller, start: Solution, bound: number, options: ExactOptions): ExactSearch {
  const master = new RestrictedMaster(filler.instance, options.solver);
  try {
    for (const { nodes } of options.plans) master.add(nodes);
    return new ExactRun(filler, master, start, bound, options).run();
  } finally {
    master.close();
  }
}

class ExactRun {
  readonly #filler: NodeFiller;
  readonly #instance: PackingInstance;
  readonly #master: RestrictedMaster;
  readonly #generator: ColumnGenerator;
  readonly #options: ExactOptions;
  readonly #step: number;
  #solution: Solution;
  #lowerBound: number;
  #method: ExactSearch["method"];
  #dual: DualBound | undefined;
  #aborted = false;

  constructor(filler: NodeFiller, master: RestrictedMaster, start: Solution, bound: number, options: ExactOptions) {
    this.#filler = filler;
    this.#instance = filler.instance;
    this.#master = master;
    this.#generator = new ColumnGenerator(filler.instance, master);
    this.#options = options;
    this.#step = priceStep(filler.instance);
    this.#solution = start;
    this.#lowerBound = bound;
  }

  run(): ExactSearch {
    this.#raiseBound();
    const { pricing, branchNodes } = this.#options.effort;
    const dives = [
      { roundFrom: 0.8, pricing: pricing.slice(0, 1), roundsPerLevel: 6 },
      { roundFrom: 1, pricing: pricing.slice(0, 2), roundsPerLevel: 20 },
    ];
    for (const each of dives) {
      if (this.#finished()) break;
      this.#dive({ ...each, tailNodes: 15, tailEffort: branchNodes });
    }
    if (!this.#finished()) this.#enumerate();
    return {
      solution: this.#solution,
      lowerBound: this.#lowerBound,
      method: this.#method,
      dual: this.#dual,
      ended: this.#aborted ? "aborted" : "complete",
    };
  }

  #finished(): boolean {
    return this.#aborted || (this.#solution.unplacedPods === 0 && this.#solution.price <= this.#lowerBound);
  }

  #report(stage: "bound" | "dive" | "branch"): "continue" | "stop" {
    if (this.#options.onStep(stage, this.#solution.price, this.#lowerBound) === "continue") return "continue";
    this.#aborted = true;
    return "stop";
  }

  #raiseBound(): void {
    const { effort } = this.#options;
    const { bound } = this.#generator.generate(
      { demand: this.#instance.demand, nodesLeft: this.#instance.limits },
      {
        pricing: effort.pricing,
        maximumRounds: effort.rounds,
        priceStep: this.#step,
        tolerance: effort.tolerance,
        onRound: (_round, _relaxation, current) => {
          this.#lift(current);
          return this.#report("bound");
        },
      },
    );
    this.#dual = bound;
    this.#lift(bound?.bound ?? 0);
  }

  #lift(bound: number): void {
    const rounded = roundUp(bound, this.#step);
    if (rounded <= this.#lowerBound) return;
    this.#lowerBound = rounded;
    this.#method = "linear";
  }

  #dive(options: Omit<DiveOptions, "priceStep" | "target" | "onLevel">): void {
    this.#solution = dive(this.#filler, this.#master, this.#generator, this.#solution, {
      ...options,
      priceStep: this.#step,
      target: this.#lowerBound,
      onLevel: () => this.#report("dive"),
    });
  }

  /** Branch and bound over all patterns that a cheaper plan could use. */
  #enumerate(): void {
    const { effort } = this.#options;
    const cheaper = this.#solution.price - this.#step;
    if (this.#dual === undefined || this.#solution.unplacedPods > 0 || this.#report("branch") === "stop") return;
    const patterns = enumeratePatterns(this.#instance, this.#dual, cheaper, effort.enumeratedPatterns);
    this.#master.setRemainder(this.#instance.demand, this.#instance.limits);
    // Without the whole list the patterns known so far may still hold a better plan.
    if (patterns !== undefined) this.#master.add(patterns);
    const complete = patterns !== undefined && this.#master.patterns.length <= effort.enumeratedPatterns;
    const { nodes, complete: searched } = this.#master.solveInteger(() => true, effort.branchNodes * 4);
    if (nodes !== undefined) {
      const { demand, limits } = this.#instance;
      const found = nodesOf(this.#filler, this.#master.patterns, nodes, demand.slice(), limits.slice());
      const solution = solutionOf(this.#instance, found);
      if (isBetter(solution, this.#solution)) this.#solution = solution;
    }
    if (!complete || !searched) return;
    this.#lowerBound = this.#solution.price;
    this.#method = "enumeration";
  }
}
