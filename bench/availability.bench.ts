import { assessAvailability } from "../src/availability/assess-availability.ts";
import { FaultTree, type NodeId } from "../src/availability/fault-tree/fault-tree.ts";
import { defaultSolverOptions, FaultTreeSolver } from "../src/availability/fault-tree/solver.ts";
import { defaultCatalog } from "../src/catalog/default-catalog.ts";
import type { Dependency } from "../src/estate/dependencies/dependency.ts";
import type { Workload } from "../src/estate/kubernetes/workload.ts";
import type { Journey } from "../src/estate/model/application.ts";
import type { Estate } from "../src/estate/model/estate.ts";
import { simulateAvailability } from "../src/operations/simulation/simulate-availability.ts";
import type { Placement } from "../src/scheduling/placement.ts";
import { givenCluster, givenEstate, givenPool, givenWorkload } from "../src/scheduling/testing/given-estate.ts";
import { type BenchResult, median } from "./bench-result.ts";
import { run as runFaultTrees } from "./fault-tree.bench.ts";

const REPEATS = 5;

/**
 * Sizes and times of the availability engine: whole estates, single trees that grow, published and generated fault trees
 * with SCRAM's time beside ours (see fault-tree.bench.ts), and simulated years.
 */
export async function run(): Promise<BenchResult[]> {
  return [
    ...runFaultTrees(),
    ...[20, 200, 2_000].flatMap((workloads) => benchEstate(workloads, 10)),
    ...benchEstate(2_000, 100),
    ...benchCrowd(200, 500, 1),
    ...benchCrowd(200, 500, 400),
    ...[100, 1_000].flatMap(benchGrid),
    ...[20, 200].flatMap(benchYears),
  ];
}

function measure(work: () => void): number {
  const times: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    const start = performance.now();
    work();
    times.push(performance.now() - start);
  }
  return median(times);
}

/** Applications of equal size, each a tree of calls with one journey, three replicas a workload over three zones. */
function benchEstate(workloads: number, perApplication: number): readonly BenchResult[] {
  const { estate, placement } = estateOf(workloads, perApplication);
  const time = measure(() => assessAvailability(estate, placement, defaultCatalog));
  const name = `${workloads} workloads, ${estate.journeys.length} journeys`;
  return [{ bench: "availability", case: name, metric: "time", value: time, unit: "ms" }];
}

/** Years of failures, repairs and pods that move, all journeys beside one another. */
function benchYears(workloads: number): readonly BenchResult[] {
  const years = 50;
  const { estate } = estateOf(workloads, 10);
  let events = 0;
  const time = measure(() => {
    events = simulateAvailability(estate, defaultCatalog, { years, seed: 1, repair: "exponential" }).events;
  });
  const name = `${workloads} workloads, ${estate.journeys.length} journeys, ${years} years simulated`;
  return [
    { bench: "availability", case: name, metric: "time", value: time, unit: "ms" },
    { bench: "availability", case: name, metric: "throughput", value: (events / time) * 1_000, unit: "events/s" },
  ];
}

function estateOf(count: number, perApplication: number): { estate: Estate; placement: Placement } {
  const replicas = 3;
  const workloads: Workload[] = [];
  const dependencies: Dependency[] = [];
  const journeys: Journey[] = [];
  for (let index = 0; index < count; index += 1) {
    const application = `app-${Math.floor(index / perApplication)}`;
    const position = index % perApplication;
    const workload = givenWorkload({
      name: `service-${index}`,
      namespace: application,
      replicas: position % 3 === 2 ? 1 : replicas,
    });
    workloads.push(workload);
    const caller = workloads[index - position + Math.floor((position - 1) / 2)];
    if (position > 0 && caller !== undefined) {
      dependencies.push({ from: caller.id, to: { kind: "workload", id: workload.id }, type: "hard", evidence: [] });
    } else {
      journeys.push(journeyOf(application, workload.id));
    }
  }
  const estate = givenEstate({
    workloads,
    dependencies,
    journeys,
    entryPoints: journeys.map(({ entryPoint }) => entryPoint),
  });
  return { estate, placement: spreadOut(workloads, Math.max(3, Math.ceil(count / 10))) };
}

function journeyOf(application: string, workload: string): Journey {
  return {
    id: `prod/${application}/main`,
    name: "main",
    application,
    environment: "prod",
    entryPoint: {
      name: application,
      workloads: [workload],
      environment: "prod",
      hostname: undefined,
      exposure: "public",
      through: [],
      origin: "loadBalancer",
    },
    through: [],
    downtimeCostPerMinute: undefined,
    objectiveUnavailability: undefined,
    objective: undefined,
  };
}

/** Replicas one after the other over nodes that go round three zones. */
function spreadOut(workloads: readonly Workload[], nodes: number): Placement {
  const pods: { workload: string; replica: number }[][] = Array.from({ length: nodes }, () => []);
  let next = 0;
  for (const { id, replicas } of workloads) {
    for (let replica = 0; replica < replicas.declared; replica += 1) {
      pods[next % nodes]?.push({ workload: id, replica });
      next += 1;
    }
  }
  const allocatable = { cpuMillicores: 3860, memoryBytes: 12e9, pods: 110 };
  return {
    pools: [
      {
        cluster: "main",
        pool: "user",
        vmSize: "Standard_D4s_v5",
        allocatable,
        overheadPerNode: { cpuMillicores: 0, memoryBytes: 0 },
        nodes: pods.map((onNode, index) => ({
          name: `main/user/${index}`,
          zone: String((index % 3) + 1),
          pods: onNode,
          requested: allocatable,
        })),
        nodeCount: { id: "", label: "", unit: "nodes", result: { kind: "exact", value: nodes }, reasons: [] },
      },
    ],
    unplaced: [],
    assumptions: [],
  };
}

/** One workload of many replicas on many nodes, `needed` of which must run. */
function benchCrowd(nodes: number, replicas: number, needed: number): readonly BenchResult[] {
  const workload = givenWorkload({ name: "crowd", application: "crowd", replicas });
  const estate = givenEstate({
    workloads: [workload],
    journeys: [journeyOf("crowd", workload.id)],
    clusters: [
      givenCluster({ nodePools: [givenPool({ minimumNodes: nodes, maximumNodes: nodes, autoscaling: false })] }),
    ],
    applications: [
      {
        name: "crowd",
        tenant: "retail",
        class: undefined,
        environments: ["prod"],
        clusters: new Map(),
        namespace: "shop",
        regions: { mode: "single", primary: undefined, switchSeconds: undefined, detectSeconds: undefined },
        load: needed === 1 ? [] : [{ profile: "LoadProfile/day", workload: "shop/Deployment/crowd", perReplica: 1 }],
        recovery: {},
        delivery: {},
        requires: {},
        broken: [],
      },
    ],
    loadProfiles: [{ name: "day", unit: "requestsPerSecond", spec: { shape: { base: needed } } }],
  });
  const placement = spreadOut([workload], nodes);
  let kind = "";
  const time = measure(() => {
    kind = assessAvailability(estate, placement, defaultCatalog).journeys[0]?.unavailability.result.kind ?? "";
  });
  const name = `${replicas} replicas on ${nodes} nodes, ${needed} needed: ${kind}`;
  return [{ bench: "availability", case: name, metric: "time", value: time, unit: "ms" }];
}

/** A chain of 2-of-3 gates over neighbouring events with one shared cause each: decision diagram size and time. */
function benchGrid(length: number): readonly BenchResult[] {
  const tree = new FaultTree();
  const shared = Array.from({ length: 5 }, () => tree.event());
  const events = Array.from({ length: length + 2 }, () => tree.event());
  const gates = Array.from({ length }, (_, index): NodeId => {
    const members = events.slice(index, index + 3).map((event) => tree.or([event, shared[index % 5] ?? event]));
    return tree.atLeast(2, members);
  });
  const probabilities = new Float64Array(tree.eventCount).fill(1e-3);
  let nodes = 0;
  const time = measure(() => {
    const solver = new FaultTreeSolver(tree, defaultSolverOptions);
    const compiled = solver.compile(tree.or(gates));
    solver.evaluate(compiled, probabilities);
    nodes = compiled.modules.reduce((sum, { diagram }) => sum + (diagram?.size ?? Number.NaN), 0);
  });
  const name = `overlapping 2-of-3 gates, ${length}`;
  return [
    { bench: "availability", case: name, metric: "time", value: time, unit: "ms" },
    { bench: "availability", case: name, metric: "decision diagram", value: nodes, unit: "nodes" },
  ];
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await run(), undefined, 2)}\n`);
