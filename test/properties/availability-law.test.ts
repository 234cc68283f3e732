import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assessAvailability } from "../../src/availability/assess-availability.ts";
import { defaultCatalog } from "../../src/catalog/default-catalog.ts";
import type { SpreadRule } from "../../src/estate/kubernetes/workload.ts";
import type { Estate } from "../../src/estate/model/estate.ts";
import { placeWorkloads } from "../../src/scheduling/place-workloads.ts";
import type { PlacedNode, Placement } from "../../src/scheduling/placement.ts";
import {
  givenCluster,
  givenEstate,
  givenPlace,
  givenPool,
  givenSpread,
  givenWorkload,
} from "../../src/scheduling/testing/given-estate.ts";

/** A journey over a chain of workloads on one pool. */
interface Plan {
  readonly workloads: readonly {
    readonly replicas: number;
    readonly stateful: boolean;
    readonly cpu: number;
    readonly spread: readonly SpreadRule[];
    /** Replicas that its load needs, at most so many as it has; 0: no load is declared. */
    readonly needed: number;
  }[];
  readonly nodes: number;
  readonly zones: number;
  readonly autoscaling: boolean;
  /** Where replicas go when the placement is made by hand: node of each, by number. */
  readonly seats: readonly number[];
}

const spreadRules: fc.Arbitrary<readonly SpreadRule[]> = fc.constantFrom(
  [],
  [givenSpread("topology.kubernetes.io/zone", "preferred")],
  [givenSpread("topology.kubernetes.io/zone", "required")],
  [givenSpread("kubernetes.io/hostname", "required")],
);

function planOf(load: boolean): fc.Arbitrary<Plan> {
  return fc.record({
    workloads: fc.array(
      fc.record({
        replicas: fc.integer({ min: 1, max: 4 }),
        stateful: fc.boolean(),
        cpu: fc.constantFrom(100, 300),
        spread: spreadRules,
        needed: load ? fc.integer({ min: 0, max: 3 }) : fc.constant(0),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    nodes: fc.integer({ min: 1, max: 6 }),
    zones: fc.integer({ min: 1, max: 3 }),
    autoscaling: fc.boolean(),
    seats: fc.array(fc.nat(1000), { minLength: 20, maxLength: 20 }),
  });
}

function nameOf(index: number): string {
  return `service-${index}`;
}

function idOf(plan: Plan, index: number): string {
  return `prod/main/shop/${plan.workloads[index]?.stateful ? "StatefulSet" : "Deployment"}/${nameOf(index)}`;
}

function estateOf(plan: Plan): Estate {
  const workloads = plan.workloads.map(({ replicas, stateful, cpu, spread }, index) =>
    givenWorkload({
      name: nameOf(index),
      kind: stateful ? "StatefulSet" : "Deployment",
      application: "shop",
      replicas,
      cpu,
      memoryMiB: 128,
      spread,
    }),
  );
  const pool = givenPool({
    zones: ["1", "2", "3"].slice(0, plan.zones),
    minimumNodes: plan.nodes,
    maximumNodes: plan.autoscaling ? plan.nodes + 2 : plan.nodes,
    autoscaling: plan.autoscaling,
  });
  const front = idOf(plan, 0);
  const entryPoint = {
    name: "web",
    workloads: [front],
    environment: "prod",
    hostname: undefined,
    exposure: "public" as const,
    through: [],
    origin: "loadBalancer",
  };
  return givenEstate({
    clusters: [givenCluster({ nodePools: [pool] })],
    workloads,
    applications: [
      {
        name: "shop",
        tenant: "retail",
        class: undefined,
        environments: ["prod"],
        clusters: new Map([["prod", ["main"]]]),
        namespace: "shop",
        regions: { mode: "single", primary: undefined, switchSeconds: undefined, detectSeconds: undefined },
        load: plan.workloads.flatMap(({ needed, replicas }, index) =>
          needed === 0
            ? []
            : [
                {
                  profile: "LoadProfile/day",
                  workload: idOf(plan, index).slice("prod/main/".length),
                  perReplica: 60 / Math.min(needed, replicas),
                },
              ],
        ),
        recovery: {},
        delivery: {},
        requires: {},
        broken: [],
      },
    ],
    loadProfiles: [{ name: "day", unit: "requestsPerSecond", spec: { shape: { base: 60 } } }],
    dependencies: plan.workloads.slice(1).map((_, index) => ({
      from: idOf(plan, index),
      to: { kind: "workload" as const, id: idOf(plan, index + 1) },
      type: "hard" as const,
      evidence: [],
    })),
    entryPoints: [entryPoint],
    journeys: [
      {
        id: "prod/shop/checkout",
        name: "checkout",
        application: "shop",
        environment: "prod",
        entryPoint,
        through: [],
        downtimeCostPerMinute: undefined,
        objectiveUnavailability: undefined,
        objective: undefined,
        place: givenPlace,
      },
    ],
  });
}

/** Replicas seated by hand: node `seats[i] mod nodes` for the i-th replica of the estate. */
function seat(plan: Plan, nodes: readonly { readonly zone: string }[]): Placement {
  const pods: { workload: string; replica: number }[][] = nodes.map(() => []);
  let next = 0;
  for (const [index, { replicas }] of plan.workloads.entries()) {
    for (let replica = 0; replica < replicas; replica += 1) {
      pods[(plan.seats[next] ?? 0) % plan.nodes]?.push({ workload: idOf(plan, index), replica });
      next += 1;
    }
  }
  return placementOf(nodes.map(({ zone }, index) => ({ zone, pods: pods[index] ?? [] })));
}

function placementOf(nodes: readonly { readonly zone: string; readonly pods: PlacedNode["pods"] }[]): Placement {
  const allocatable = { cpuMillicores: 3860, memoryBytes: 12e9, pods: 110 };
  return {
    pools: [
      {
        cluster: "main",
        pool: "user",
        vmSize: "Standard_D4s_v5",
        allocatable,
        overheadPerNode: { cpuMillicores: 0, memoryBytes: 0 },
        nodes: nodes.map((node, index) => ({ ...node, name: `main/user/${index}`, requested: allocatable })),
        nodeCount: { id: "", label: "", unit: "nodes", result: { kind: "exact", value: nodes.length }, reasons: [] },
      },
    ],
    unplaced: [],
    assumptions: [],
  };
}

function zonesFor(plan: Plan): readonly { readonly zone: string }[] {
  return Array.from({ length: plan.nodes }, (_, index) => ({ zone: String((index % plan.zones) + 1) }));
}

function unavailability(estate: Estate, placement: Placement): number {
  const result = assessAvailability(estate, placement, defaultCatalog).journeys[0]?.unavailability.result;
  if (result?.kind !== "exact") throw new Error(`expected an exact figure, not ${JSON.stringify(result)}`);
  return result.value;
}

function expectNotWorse(before: number, after: number) {
  expect(after).toBeLessThanOrEqual(before * (1 + 1e-9));
}

describe("adding with everything else fixed never lowers availability: pods stay where they are", () => {
  test("a replica, on any node", () => {
    fc.assert(
      fc.property(planOf(true), fc.nat(), fc.nat(), (plan, pick, node) => {
        const chosen = pick % plan.workloads.length;
        const before = seat(plan, zonesFor(plan));
        const nodes = (before.pools[0]?.nodes ?? []).map(({ zone, pods }, index) => ({
          zone: zone ?? "1",
          pods: index === node % plan.nodes ? [...pods, { workload: idOf(plan, chosen), replica: 99 }] : pods,
        }));
        const more = {
          ...plan,
          workloads: plan.workloads.map((workload, index) =>
            index === chosen
              ? { ...workload, needed: Math.min(workload.needed, workload.replicas), replicas: workload.replicas + 1 }
              : workload,
          ),
        };
        expectNotWorse(unavailability(estateOf(plan), before), unavailability(estateOf(more), placementOf(nodes)));
      }),
      { numRuns: 200 },
    );
  });

  test("an empty node, in any zone, also a new one", () => {
    fc.assert(
      fc.property(planOf(true), fc.integer({ min: 1, max: 4 }), (plan, zone) => {
        const before = seat(plan, zonesFor(plan));
        const nodes = [
          ...(before.pools[0]?.nodes ?? []).map((node) => ({ zone: node.zone ?? "1", pods: node.pods })),
          { zone: String(zone), pods: [] },
        ];
        const more = { ...plan, nodes: plan.nodes + 1, zones: Math.max(plan.zones, Math.min(zone, 3)) };
        expectNotWorse(unavailability(estateOf(plan), before), unavailability(estateOf(more), placementOf(nodes)));
      }),
      { numRuns: 200 },
    );
  });
});

describe("adding never lowers availability when the scheduler places everything anew", () => {
  function placedUnavailability(plan: Plan): number | undefined {
    const estate = estateOf(plan);
    const placement = placeWorkloads(estate, defaultCatalog);
    return placement.unplaced.length > 0 ? undefined : unavailability(estate, placement);
  }

  function expectLaw(plan: Plan, more: Plan) {
    const before = placedUnavailability(plan);
    const after = placedUnavailability(more);
    fc.pre(before !== undefined && after !== undefined);
    expectNotWorse(before, after);
  }

  test("a replica", () => {
    fc.assert(
      fc.property(planOf(false), fc.nat(), (plan, pick) => {
        const chosen = pick % plan.workloads.length;
        const workloads = plan.workloads.map((workload, index) =>
          index === chosen ? { ...workload, replicas: workload.replicas + 1 } : workload,
        );
        expectLaw(plan, { ...plan, workloads });
      }),
      { numRuns: 200 },
    );
  });

  test("a node", () => {
    fc.assert(
      fc.property(planOf(false), (plan) => expectLaw(plan, { ...plan, nodes: plan.nodes + 1 })),
      { numRuns: 200 },
    );
  });

  test("a zone", () => {
    fc.assert(
      fc.property(planOf(false), (plan) => expectLaw(plan, { ...plan, zones: plan.zones + 1 })),
      { numRuns: 200 },
    );
  });
});
