import { type BuiltFaultTree, buildFaultTree } from "../../availability/open-psa/build-fault-tree.ts";
import { readOpenPsa } from "../../availability/open-psa/read-open-psa.ts";
import {
  type CutSetReport,
  type EventImportance,
  solveTopEvent,
  type TopEventSolution,
} from "../../availability/open-psa/solve-top-event.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { noTopEvent } from "../../estate/diagnostics/open-psa-diagnostics.ts";

export interface SolveFaultTreeOptions {
  /** Gate to solve; every gate that no gate refers to when undefined. */
  readonly top: string | undefined;
  readonly missionTimeHours: number;
  /** Cut sets and importances that are listed. */
  readonly listed: number;
  /** Cut sets of a higher order are counted, but not listed. */
  readonly maximumOrder: number;
}

/** What is known of one top event; `missing` names what keeps it from being evaluated. */
export interface TopEventReport {
  readonly topEvent: string;
  readonly probability?: number;
  readonly bounds?: { readonly lower: number; readonly upper: number; readonly method: string };
  readonly missing?: readonly string[];
  readonly coherent?: boolean;
  readonly basicEvents?: number;
  readonly cutSets?: {
    /** A text where it is above the largest exact number of JSON readers. */
    readonly total: number | string;
    readonly byOrder: { readonly [order: string]: number | string };
    readonly listed: readonly { readonly events: readonly string[]; readonly probability: number }[];
  };
  readonly importance?: readonly EventImportance[];
  readonly frequency?: {
    readonly perHour?: number;
    /** Why there is none. */
    readonly missing?: string;
  };
}

/** The first top event, and the others where the model has several. */
export interface FaultTreeReport extends TopEventReport {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "FaultTreeSolution";
  readonly missionTimeHours: number;
  readonly others: readonly TopEventReport[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface SolvedFaultTree {
  readonly report: FaultTreeReport | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Solves fault trees in the Open-PSA Model Exchange Format: probability (or certified bounds), minimal cut sets,
 * importance and frequency of its top events. Undefined where there is no top event to solve.
 * @param texts by path; together they are one model
 */
export function solveFaultTree(
  texts: ReadonlyMap<string, string>,
  { top, missionTimeHours, ...query }: SolveFaultTreeOptions,
): SolvedFaultTree {
  const reading = readOpenPsa(texts);
  const built = buildFaultTree(reading, missionTimeHours);
  const diagnostics = [...reading.diagnostics, ...built.diagnostics];
  const names = top === undefined ? built.topNames : [top];
  const reports = names.flatMap((name) => reportTop(built, name, query) ?? []);
  const [first, ...others] = reports;
  if (first === undefined) {
    const tops = built.topNames.length === 0 ? undefined : built.topNames.slice(0, 5).join(", ");
    return { report: undefined, diagnostics: [...diagnostics, diagnose(noTopEvent, { name: top, tops })] };
  }
  const report: FaultTreeReport = {
    apiVersion: "scantling/v1alpha1",
    kind: "FaultTreeSolution",
    missionTimeHours,
    ...first,
    others,
    diagnostics,
  };
  return { report, diagnostics };
}

function reportTop(
  built: BuiltFaultTree,
  name: string,
  query: Pick<SolveFaultTreeOptions, "listed" | "maximumOrder">,
): TopEventReport | undefined {
  const gate = built.gateOf(name);
  if (gate === undefined) return undefined;
  if ("missing" in gate) return { topEvent: name, missing: gate.missing };
  const solved = solveTopEvent(built, gate.node, query);
  const { coherent, basicEvents, importance, cutSets } = solved;
  return {
    topEvent: name,
    ...probabilityOf(solved),
    coherent,
    basicEvents,
    ...(cutSets === undefined ? {} : { cutSets: reportCutSets(cutSets) }),
    importance,
    frequency: solved.frequency,
  };
}

function probabilityOf({ solution }: TopEventSolution): Pick<TopEventReport, "probability" | "bounds"> {
  if (solution.kind === "exact") return { probability: solution.probability };
  const { lower, upper, method } = solution;
  return { bounds: { lower, upper, method } };
}

function reportCutSets({ total, byOrder, listed }: CutSetReport): NonNullable<TopEventReport["cutSets"]> {
  const counts = byOrder.flatMap((count, index): readonly (readonly [string, number | string])[] =>
    count === 0n ? [] : [[String(index + 1), exactCount(count)]],
  );
  return { total: exactCount(total), byOrder: Object.fromEntries(counts), listed };
}

function exactCount(count: bigint): number | string {
  return count <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(count) : String(count);
}
