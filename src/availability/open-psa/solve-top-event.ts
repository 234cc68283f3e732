import { decisionProbabilities } from "../fault-tree/boolean-difference.ts";
import { CutSets } from "../fault-tree/cut-sets.ts";
import type { NodeId } from "../fault-tree/fault-tree.ts";
import { importanceOf } from "../fault-tree/importance.ts";
import { type CompiledTree, FaultTreeSolver, type Solution, topFrequency } from "../fault-tree/solver.ts";
import type { BuiltEvent, BuiltFaultTree } from "./build-fault-tree.ts";

/** How a certain top event comes about, from what its tree says. */
export interface TopEventSolution {
  readonly solution: Solution;
  /** No gate below negates. */
  readonly coherent: boolean;
  readonly basicEvents: number;
  readonly cutSets: CutSetReport | undefined;
  readonly importance: readonly EventImportance[];
  /** Expected occurrences per hour; undefined where it cannot be said, for the reason given. */
  readonly frequency: { readonly perHour: number } | { readonly missing: string };
}

/**
 * Minimal cut sets; of a tree with negations those of its coherent hull, in which an event that must not happen counts as
 * one that does not.
 */
export interface CutSetReport {
  /** All of them, whatever their order. */
  readonly total: bigint;
  /** Index 0 is order 1. */
  readonly byOrder: readonly bigint[];
  /** The most probable, from the top. */
  readonly listed: readonly { readonly events: readonly string[]; readonly probability: number }[];
}

export interface EventImportance {
  readonly event: string;
  readonly probability: number;
  readonly birnbaum: number;
  /** q B / P: share of the probability that goes when the event never happens. */
  readonly criticality: number;
  /** P(event | top event). */
  readonly diagnostic: number;
  readonly riskAchievementWorth: number;
  readonly riskReductionWorth: number;
}

export interface TopEventQuery {
  /** Cut sets and importances that are listed. */
  readonly listed: number;
  /** Cut sets of a higher order are counted, but not listed. */
  readonly maximumOrder: number;
}

/** Nodes that the cut sets of one module may take. */
const SET_NODE_LIMIT = 20_000_000;
/** Partial cut sets that one listing may look at. */
const MAXIMUM_STEPS = 500_000;

/** Solves one gate of a built tree. */
export function solveTopEvent(built: BuiltFaultTree, top: NodeId, query: TopEventQuery): TopEventSolution {
  const solver = new FaultTreeSolver(built.tree);
  const compiled = solver.compile(top);
  const probabilities = Float64Array.from(built.events, ({ probability }) => probability);
  const solution = solver.evaluate(compiled, probabilities);
  const coherent = compiled.modules.every(({ formula }) => formula.coherent);
  return {
    solution,
    coherent,
    basicEvents: eventsBelow(compiled),
    cutSets: reportCutSets(built.events, compiled, probabilities, query),
    importance: reportImportance(built.events, solution, query),
    frequency: frequencyOf(built.events, compiled, solution, coherent, probabilities),
  };
}

function eventsBelow({ modules, trivial }: CompiledTree): number {
  if (trivial !== undefined) return "event" in trivial ? 1 : 0;
  return modules.reduce((sum, { leaves }) => sum + leaves.filter((leaf) => "event" in leaf).length, 0);
}

function reportCutSets(
  events: readonly BuiltEvent[],
  compiled: CompiledTree,
  probabilities: Float64Array,
  { listed, maximumOrder }: TopEventQuery,
): CutSetReport | undefined {
  const { trivial } = compiled;
  if (trivial !== undefined && "constant" in trivial) {
    const always = trivial.constant === 1;
    return { total: always ? 1n : 0n, byOrder: [], listed: always ? [{ events: [], probability: 1 }] : [] };
  }
  const sets = CutSets.of(compiled, new Map(), SET_NODE_LIMIT);
  if (sets === undefined) return undefined;
  const orderOf = () => 1;
  const counts = sets.countsByOrder(orderOf);
  const found = sets.mostProbable({
    probabilities,
    orderOf,
    maximumOrder,
    maximumSets: listed,
    maximumSteps: MAXIMUM_STEPS,
  });
  return {
    total: counts.reduce((sum, count) => sum + count, 0n),
    byOrder: counts.slice(1),
    listed: found.map((set) => ({
      events: set.events.map((event) => events[event]?.name ?? ""),
      probability: set.probability,
    })),
  };
}

function reportImportance(
  events: readonly BuiltEvent[],
  solution: Solution,
  { listed }: TopEventQuery,
): readonly EventImportance[] {
  if (solution.kind !== "exact") return [];
  const { probability: top, birnbaum } = solution;
  return [...birnbaum]
    .flatMap(([index, derivative]): readonly EventImportance[] => {
      const event = events[index];
      const importance = event && importanceOf(top, event.probability, derivative);
      if (event === undefined || importance === undefined) return [];
      const { riskAchievementWorth, riskReductionWorth, share } = importance;
      return [
        {
          event: event.name,
          probability: event.probability,
          birnbaum: derivative,
          criticality: share,
          diagnostic: event.probability * riskAchievementWorth,
          riskAchievementWorth,
          riskReductionWorth,
        },
      ];
    })
    .sort(
      (left, right) => Math.abs(right.criticality) - Math.abs(left.criticality) || (left.event < right.event ? -1 : 1),
    )
    .slice(0, listed);
}

function frequencyOf(
  events: readonly BuiltEvent[],
  compiled: CompiledTree,
  solution: Solution,
  coherent: boolean,
  probabilities: Float64Array,
): TopEventSolution["frequency"] {
  if (solution.kind !== "exact") return { missing: "only bounds of the probability are known" };
  const without = [...solution.birnbaum.keys()].filter((index) => events[index]?.frequencyPerHour === undefined);
  if (without.length > 0) {
    const [first = 0] = without;
    const others = without.length > 1 ? ` and ${without.length - 1} more` : "";
    return { missing: `no failure rate is given for ${events[first]?.name ?? ""}${others}` };
  }
  const decides = coherent ? solution.birnbaum : decisionProbabilities(compiled, probabilities);
  if (decides === undefined) return { missing: "the tree is too large to follow its negations" };
  const frequencies = Float64Array.from(events, ({ frequencyPerHour }) => frequencyPerHour ?? 0);
  return { perHour: topFrequency(decides, frequencies) };
}
