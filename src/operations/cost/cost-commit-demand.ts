import type { Catalog } from "../../catalog/catalog.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { simulatedWindowRepeats } from "../../estate/assumptions/commitment-rules.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import type { Estate, LoadProfile } from "../../estate/model/estate.ts";
import type { DeclaredDemand } from "../../finops/commitments/demand/declared-demand.ts";
import type { DemandState } from "../../finops/commitments/demand/node-demand.ts";
import { readNodeHours } from "../../finops/commitments/demand/read-node-hours.ts";
import type { Placement } from "../../scheduling/placement.ts";
import type { Progress } from "../ports.ts";
import { simulateEstateLoad } from "../simulation/simulate-load.ts";
import { findLoadTarget } from "../simulation/simulate-load-target.ts";

/** Where the hours come from, other than from what is declared. */
export type DemandInput =
  | { readonly kind: "measured"; readonly source: string; readonly text: string }
  | {
      readonly kind: "simulated";
      readonly days: number;
      readonly seed: number;
      /** Text of a file that a load profile names. */
      readonly textOf: (profile: LoadProfile, file: string) => string | undefined;
    };

/** Hours with the nodes of each pool, and in words what they are. */
export interface DemandPattern {
  readonly source: "declared" | "simulated" | "measured";
  readonly description: string;
  readonly pattern: readonly DemandState[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface DemandSurroundings {
  readonly estate: Estate;
  readonly catalog: Catalog;
  readonly placement: Placement;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly onProgress?: Progress;
  readonly signal?: AbortSignal;
}

/** The hours that commitments are chosen for: measured, simulated where load is declared, or declared. */
export function demandPattern(
  declared: DeclaredDemand,
  input: DemandInput | undefined,
  surroundings: DemandSurroundings,
): DemandPattern {
  if (input?.kind === "measured") return measuredPattern(declared, input.source, input.text);
  if (input?.kind === "simulated") return simulatedPattern(declared, input, surroundings);
  return declaredPattern(declared, [], []);
}

function declaredPattern(
  { nodes, pattern, stopped }: DeclaredDemand,
  assumptions: readonly Assumption[],
  diagnostics: readonly Diagnostic[],
): DemandPattern {
  const count = nodes.reduce((sum, each) => sum + each, 0);
  const stops =
    stopped.length === 0 ? ", day and night" : `; ${stopped.join(", ")} only in the hours of their environments`;
  const description = `${count} declared nodes${stops}`;
  return { source: "declared", description, pattern, assumptions, diagnostics };
}

function measuredPattern(declared: DeclaredDemand, source: string, text: string): DemandPattern {
  const { pattern, measured, from, until, diagnostics } = readNodeHours(text, source, declared);
  if (pattern === undefined) return declaredPattern(declared, [], diagnostics);
  const others = declared.pools.length - measured;
  const rest = others === 0 ? "" : `, the other ${others} as declared`;
  return {
    source: "measured",
    description: `${measured} of ${declared.pools.length} pools as measured in ${source} from ${day(from)} to ${day(until)}${rest}`,
    pattern,
    assumptions: [],
    diagnostics,
  };
}

/** Hourly node counts of a cluster beside those declared; all of a difference is that of one pool. */
interface SimulatedCluster {
  readonly pool: number;
  readonly baseline: number;
  readonly hourly: readonly number[];
}

const hoursPerWeek = 168;
/** 5 January 1970. */
const firstMondayHours = 96;

function simulatedPattern(
  declared: DeclaredDemand,
  input: Extract<DemandInput, { kind: "simulated" }>,
  surroundings: DemandSurroundings,
): DemandPattern {
  const assumptions: Assumption[] = [];
  const diagnostics: Diagnostic[] = [];
  const clusters: SimulatedCluster[] = [];
  const names: string[] = [];
  for (const { name } of surroundings.estate.clusters) {
    const outcome = simulateCluster(declared, name, input, surroundings);
    if (outcome === undefined) continue;
    clusters.push(outcome.simulated);
    assumptions.push(...outcome.assumptions);
    diagnostics.push(...outcome.diagnostics);
    names.push(name);
  }
  if (clusters.length === 0) return declaredPattern(declared, assumptions, diagnostics);
  const hours = Math.max(...clusters.map(({ hourly }) => hourly.length));
  const week = declared.pattern.map(({ nodes }) => nodes);
  const fromMonday = (Date.parse(surroundings.today) / 3_600_000 - firstMondayHours) % hoursPerWeek;
  const pattern = Array.from({ length: hours }, (_, hour): DemandState => {
    const nodes = [...(week[(hour + fromMonday) % week.length] ?? declared.nodes)];
    for (const { pool, baseline, hourly } of clusters) {
      const simulated = hourly[hour % hourly.length] ?? baseline;
      nodes[pool] = Math.max(0, (declared.nodes[pool] ?? 0) + simulated - baseline);
    }
    return { hours: 1, nodes };
  });
  return {
    source: "simulated",
    description: `Nodes of ${names.join(", ")} as simulated over ${input.days} days of declared load, the rest as declared`,
    pattern,
    assumptions,
    diagnostics,
  };
}

function simulateCluster(
  declared: DeclaredDemand,
  cluster: string,
  { days, seed, textOf }: Extract<DemandInput, { kind: "simulated" }>,
  { estate, catalog, placement, today, onProgress, signal }: DemandSurroundings,
):
  | {
      readonly simulated: SimulatedCluster;
      readonly assumptions: readonly Assumption[];
      readonly diagnostics: readonly Diagnostic[];
    }
  | undefined {
  const target = findLoadTarget(estate, { cluster });
  if ("problem" in target || target.profile === undefined) return undefined;
  const pool = poolOfWorkload(declared, placement, cluster, target.workload.id);
  if (pool === undefined) return undefined;
  onProgress?.(`simulating the load of ${cluster}`);
  const report = simulateEstateLoad(estate, catalog, {
    cluster,
    entryPoint: target.entryPoint.name,
    environment: target.workload.environment,
    textOf,
    days,
    // From today on: a window around the largest event would count it as if it came every month.
    startSeconds: Date.parse(today) / 1000,
    strategies: ["reactive"],
    seed,
    today,
    ...(signal === undefined ? {} : { signal }),
  });
  const [strategy] = "problem" in report ? [] : report.strategies;
  if ("problem" in report || strategy === undefined) return undefined;
  const baseline = placement.pools
    .filter((each) => each.cluster === cluster)
    .reduce((sum, { nodes }) => sum + nodes.length, 0);
  const perPoint = Math.max(1, Math.round(report.pointSeconds / 3600));
  const hourly = strategy.series.flatMap(({ nodes }) => Array.from({ length: perPoint }, () => nodes));
  if (hourly.length === 0) return undefined;
  const parameters = {
    cluster,
    profile: report.demand.source,
    days: report.demand.days,
    pool: declared.pools[pool]?.pool ?? "",
  };
  return {
    simulated: { pool, baseline, hourly },
    assumptions: [assume(simulatedWindowRepeats, `Cluster/${cluster}`, parameters)],
    diagnostics: report.diagnostics,
  };
}

/** The pool with most of a workload's pods. */
function poolOfWorkload(
  declared: DeclaredDemand,
  placement: Placement,
  cluster: string,
  workload: string,
): number | undefined {
  const podsOn = (index: number) => {
    const pool = declared.pools[index];
    const placed = placement.pools.find((each) => each.cluster === cluster && each.pool === pool?.pool);
    if (pool?.cluster !== cluster) return 0;
    return (placed?.nodes ?? []).reduce(
      (sum, { pods }) => sum + pods.filter((pod) => pod.workload === workload).length,
      0,
    );
  };
  const [best] = [...declared.pools.keys()]
    .map((index) => ({ index, pods: podsOn(index) }))
    .filter(({ pods }) => pods > 0)
    .toSorted((left, right) => right.pods - left.pods);
  return best?.index;
}

function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
