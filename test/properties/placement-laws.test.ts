import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../src/catalog/default-catalog.ts";
import type { JsonObject } from "../../src/estate/kubernetes/kubernetes-object.ts";
import { placeWorkloads } from "../../src/scheduling/place-workloads.ts";
import {
  type GivenWorkload,
  givenCluster,
  givenEstate,
  givenPool,
  givenSpread,
  givenWorkload,
} from "../../src/scheduling/testing/given-estate.ts";

const zoneKey = "topology.kubernetes.io/zone";
const hostKey = "kubernetes.io/hostname";

const arbitraryWorkload = fc.record({
  cpu: fc.option(fc.integer({ min: 0, max: 5000 }), { nil: undefined }),
  memoryMiB: fc.option(fc.integer({ min: 0, max: 20_000 }), { nil: undefined }),
  replicas: fc.integer({ min: 0, max: 6 }),
  kind: fc.constantFrom("Deployment", "StatefulSet", "DaemonSet", "CronJob"),
  spread: fc.subarray([
    givenSpread(zoneKey, "required"),
    givenSpread(zoneKey, "preferred"),
    givenSpread(hostKey, "required", "podAntiAffinity"),
    givenSpread(hostKey, "required", "topologySpreadConstraint", 2),
  ]),
  nodeSelector: fc.constantFrom<{ readonly [key: string]: string }>(
    {},
    {},
    { agentpool: "batch" },
    { [zoneKey]: "westeurope-2" },
    { nowhere: "x" },
  ),
  tolerations: fc.constantFrom<JsonObject[]>([], [{ key: "dedicated", operator: "Exists" }]),
});

function named(workloads: readonly Omit<GivenWorkload, "name">[]): GivenWorkload[] {
  return workloads.map((workload, index) => ({
    ...workload,
    name: `w${index}`,
    run: workload.kind === "DaemonSet" ? "perNode" : workload.kind === "CronJob" ? "task" : "serving",
  }));
}

const arbitraryPool = fc.record({
  vmSize: fc.constantFrom("Standard_D2s_v5", "Standard_D4s_v5", "Standard_E4s_v5", "Standard_D8s_v5"),
  zones: fc.constantFrom([], ["1", "2", "3"]),
  maximumNodes: fc.integer({ min: 0, max: 12 }),
  maxPods: fc.integer({ min: 10, max: 110 }),
});

describe("any estate", () => {
  test("places each pod once, no node beyond its allocatable, and accounts for every pod", () => {
    fc.assert(
      fc.property(fc.array(arbitraryWorkload, { maxLength: 8 }), arbitraryPool, arbitraryPool, (given, user, batch) => {
        const workloads = named(given).map((each) => givenWorkload(each));
        const pools = [
          givenPool({ ...user, minimumNodes: 0 }),
          givenPool({ ...batch, name: "batch", minimumNodes: 0, taints: [{ key: "dedicated", effect: "NoSchedule" }] }),
        ];
        const estate = givenEstate({ workloads, clusters: [givenCluster({ nodePools: pools })] });
        const placement = placeWorkloads(estate, defaultCatalog);
        const placed = placement.pools.flatMap(({ nodes }) => nodes.flatMap(({ pods }) => pods));
        const keys = placed.map(({ workload, replica }, index) =>
          workload.includes("/DaemonSet/") ? index : `${workload}#${replica}`,
        );
        expect(new Set(keys).size).toBe(keys.length);
        for (const pool of placement.pools) {
          expect(pool.nodes.length).toBeLessThanOrEqual(pool.pool === "batch" ? batch.maximumNodes : user.maximumNodes);
          for (const { requested } of pool.nodes) {
            expect(requested.cpuMillicores).toBeLessThanOrEqual(pool.allocatable.cpuMillicores);
            expect(requested.memoryBytes).toBeLessThanOrEqual(pool.allocatable.memoryBytes);
            expect(requested.pods).toBeLessThanOrEqual(pool.allocatable.pods);
          }
        }
        for (const workload of workloads.filter(({ run }) => run === "serving")) {
          const running = placed.filter((pod) => pod.workload === workload.id).length;
          const missing = placement.unplaced.find((entry) => entry.workload === workload.id)?.pods ?? 0;
          expect(running + missing).toBe(workload.replicas.minimum);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("is placed alike whatever the order of its workloads", () => {
    fc.assert(
      fc.property(fc.array(arbitraryWorkload, { maxLength: 6 }), (given) => {
        const workloads = named(given).map((each) => givenWorkload(each));
        const forwards = placeWorkloads(givenEstate({ workloads }), defaultCatalog);
        const backwards = placeWorkloads(givenEstate({ workloads: workloads.toReversed() }), defaultCatalog);
        expect(JSON.stringify(backwards)).toBe(JSON.stringify(forwards));
      }),
      { numRuns: 50 },
    );
  });
});

// Any-fit packings are monotone only as far as the search behind them reaches the optimum; it does at this size.
test("one more replica never lowers the number of nodes", () => {
  const shape = fc.record({
    cpu: fc.integer({ min: 1, max: 30 }).map((steps) => steps * 100),
    memoryMiB: fc.integer({ min: 1, max: 40 }).map((steps) => steps * 256),
    replicas: fc.integer({ min: 1, max: 4 }),
  });
  const nodes = (workloads: readonly GivenWorkload[]) =>
    placeWorkloads(
      givenEstate({ workloads: workloads.map((each) => givenWorkload(each)) }),
      defaultCatalog,
    ).pools.flatMap((pool) => pool.nodes).length;
  fc.assert(
    fc.property(fc.array(shape, { minLength: 1, maxLength: 4 }), fc.nat(), (given, choice) => {
      const workloads = given.map((each, index) => ({ ...each, name: `w${index}` }));
      const grown = workloads.map((each, index) =>
        index === choice % workloads.length ? { ...each, replicas: each.replicas + 1 } : each,
      );
      expect(nodes(grown)).toBeGreaterThanOrEqual(nodes(workloads));
    }),
    { numRuns: 200 },
  );
});
