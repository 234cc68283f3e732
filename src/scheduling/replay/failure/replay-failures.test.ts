import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ReplayCluster } from "../replay-cluster.ts";
import { type GivenPods, givenReplayCluster, stateText } from "../testing/given-replay-cluster.ts";
import type { FailureOutcome } from "./failure-outcome.ts";
import { replayFailures } from "./replay-failures.ts";
import { failureOf, singleFailures, unknownTargets } from "./scenarios.ts";

function lose(cluster: ReplayCluster, ...nodes: readonly string[]): FailureOutcome {
  const scenario = failureOf(cluster.nodes, { nodes, pools: [], zones: [] });
  const [outcome] = scenario === undefined ? [] : replayFailures(cluster, [scenario]);
  if (outcome === undefined) throw new Error("the nodes are there");
  return outcome;
}

describe("known outcomes", () => {
  test("pods move where there is room, and the sums are right", () => {
    const cluster = givenReplayCluster(3, 3, [{ name: "web", replicas: 3, cpu: 1000 }]);
    expect(lose(cluster, "node-0")).toMatchObject({
      displaced: 1,
      moved: 1,
      pending: 0,
      capacityLeft: { nodes: 2, cpuMillicores: { allocatable: 8000, free: 5000 } },
      workloads: [{ workload: "web", upAtOnce: 2, upAfter: 3, effect: "moved", outageSecondsAtLeast: 0 }],
      words: "Losing node node-0 of main moves 1 pod, all of which fit elsewhere",
    });
  });

  test("pods without room are pending, with the reason", () => {
    const cluster = givenReplayCluster(2, 2, [{ name: "web", replicas: 2, cpu: 3000 }]);
    expect(lose(cluster, "node-1")).toMatchObject({
      pending: 1,
      pendingGroups: [{ workload: "web", pods: 1, plugin: "NodeResourcesFit", reason: "no node has 3 CPU left" }],
      words: "Losing node node-1 of main leaves 1 pod of web pending: no node has 3 CPU left",
    });
  });

  test("a single pod is interrupted for detection, toleration and start", () => {
    const cluster = givenReplayCluster(2, 1, [{ name: "db", replicas: 1, cpu: 100, readySeconds: 20 }]);
    const [only] = lose(cluster, "node-0").workloads;
    expect(only).toMatchObject({ effect: "interrupted", outageSecondsAtLeast: 50 + 300 + 5 + 20 });
  });

  test("a set's pods wait for the repair of their node, one with a disk for its forced release", () => {
    const seconds = (more: Partial<GivenPods>) =>
      lose(givenReplayCluster(2, 1, [{ name: "db", replicas: 1, cpu: 100, ...more }]), "node-0").workloads[0]
        ?.outageSecondsAtLeast;
    expect(seconds({ replacement: "ordered" })).toBe(50 + 600 + 5);
    expect(seconds({ movesDisk: true })).toBe(50 + 300 + 360 + 5);
  });

  test("a naked pod is gone; a DaemonSet's pod goes with its node", () => {
    const cluster = givenReplayCluster(1, 1, [
      { name: "naked", replicas: 1, cpu: 100, replacement: "alone" },
      { name: "agent", replicas: 1, cpu: 100, replacement: "perNode" },
    ]);
    expect(lose(cluster, "node-0")).toMatchObject({ displaced: 0, gone: 1, perNodePods: 1, pending: 0 });
  });

  test("more important pods drive out others, which are then the pending ones", () => {
    const cluster = givenReplayCluster(2, 2, [
      { name: "pay", replicas: 1, cpu: 3000, spec: { priority: 100 } },
      { name: "batch", replicas: 1, cpu: 3000, spec: { priority: 1 } },
    ]);
    const node = cluster.scheduler.cluster.nodeOf("shop/pay-0") ?? "";
    expect(lose(cluster, node)).toMatchObject({
      displaced: 1,
      moved: 1,
      preempted: 1,
      pending: 1,
      pendingGroups: [{ workload: "batch" }],
    });
  });

  test("a zonal disk keeps its pod pending until the zone is back", () => {
    const cluster = givenReplayCluster(
      3,
      3,
      [
        {
          name: "db",
          replicas: 1,
          cpu: 100,
          spec: { volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }] },
        },
      ],
      {
        objects: [
          {
            kind: "StorageClass",
            metadata: { name: "managed-csi" },
            provisioner: "disk.csi.azure.com",
            parameters: { skuName: "Premium_LRS" },
            volumeBindingMode: "WaitForFirstConsumer",
          },
          {
            kind: "PersistentVolumeClaim",
            metadata: { name: "data", namespace: "shop" },
            spec: { storageClassName: "managed-csi", resources: { requests: { storage: "8Gi" } } },
          },
        ],
      },
    );
    const zone = failureOf(cluster.nodes, { nodes: [], pools: [], zones: ["region-1"] });
    expect(zone).toMatchObject({ kind: "zone", name: "1", nodes: ["node-0"] });
    expect(replayFailures(cluster, zone === undefined ? [] : [zone])).toMatchObject([
      {
        pendingGroups: [{ plugin: "VolumeBinding", reason: "no node that is left and admits it reaches its volume" }],
        lostData: [{ kind: "zonalDisk", volume: "data", loss: "outOfReach", pods: 1 }],
      },
    ]);
  });

  test("a pool that grows takes the pending pods, within its maximum and outside the lost zone", () => {
    const kind = (zone: string) => ({
      node: {
        metadata: { name: "kind", labels: { agentpool: "main", "topology.kubernetes.io/zone": `region-${zone}` } },
        status: { allocatable: { cpu: "4", memory: "16Gi", pods: 110 } },
      },
      daemonPods: [],
    });
    const grown = (maximumNodes: number, zones: readonly string[]) => {
      const cluster = givenReplayCluster(2, 2, [{ name: "web", replicas: 2, cpu: 3000 }], {
        growingPools: [{ name: "main", maximumNodes, kinds: zones.map(kind) }],
      });
      const zone = failureOf(cluster.nodes, { nodes: [], pools: [], zones: ["1"] });
      return replayFailures(cluster, zone === undefined ? [] : [zone])[0];
    };
    expect(grown(2, ["1", "2"])).toMatchObject({
      refill: { nodes: [{ pool: "main", added: 1 }], pendingAfter: 0 },
      pendingGroups: [{ secondsAtLeast: 50 + 300 + 5 + 190 }],
    });
    expect(grown(1, ["1", "2"])?.refill).toBeUndefined();
    expect(grown(5, ["1"])?.refill).toBeUndefined();
  });

  test("with no node left everything is pending", () => {
    const cluster = givenReplayCluster(1, 1, [{ name: "web", replicas: 2, cpu: 100 }]);
    expect(lose(cluster, "node-0")).toMatchObject({ pending: 2, pendingGroups: [{ reason: "no node is left" }] });
  });
});

test("names that are not there get the nearest one", () => {
  const { nodes } = givenReplayCluster(2, 2, []);
  const [node, zone] = unknownTargets(nodes, { nodes: ["nod-1"], pools: ["main"], zones: ["9"] });
  expect(node).toMatchObject({ code: "EST-682", hint: "Did you mean node-1?" });
  expect(zone?.message).toContain('no zone called "9"');
});

test("aborting throws the reason and leaves the cluster as it was", () => {
  const cluster = givenReplayCluster(3, 3, [{ name: "web", replicas: 5, cpu: 500 }]);
  const before = stateText(cluster);
  const reason = new Error("enough");
  const abort = new AbortController();
  const onProgress = () => abort.abort(reason);
  const run = () => replayFailures(cluster, singleFailures(cluster.nodes), { signal: abort.signal, onProgress });
  expect(run).toThrow(reason);
  expect(stateText(cluster)).toBe(before);
});

describe("laws", () => {
  const spreads = fc.constantFrom(undefined, "DoNotSchedule", "ScheduleAnyway");
  const workload = fc.record({
    replicas: fc.integer({ min: 1, max: 5 }),
    cpu: fc.constantFrom(250, 900, 1700, 3100),
    priority: fc.constantFrom(0, 0, 0, 10),
    spread: spreads,
  });
  const clusters = fc
    .record({
      nodes: fc.integer({ min: 1, max: 6 }),
      zones: fc.integer({ min: 1, max: 3 }),
      workloads: fc.array(workload, { minLength: 1, maxLength: 5 }),
    })
    .map(({ nodes, zones, workloads }) =>
      givenReplayCluster(
        nodes,
        zones,
        workloads.map(({ replicas, cpu, priority, spread }, index) => ({
          name: `app-${index}`,
          replicas,
          cpu,
          spec: {
            priority,
            ...(spread === undefined
              ? {}
              : {
                  topologySpreadConstraints: [
                    {
                      topologyKey: "topology.kubernetes.io/zone",
                      maxSkew: 1,
                      whenUnsatisfiable: spread,
                      labelSelector: { matchLabels: { app: `app-${index}` } },
                    },
                  ],
                }),
          },
        })),
      ),
    );

  test("a replay leaves the cluster as it was, gives the same answer again, and accounts for every pod", () => {
    fc.assert(
      fc.property(clusters, (cluster) => {
        const before = stateText(cluster);
        const placed = cluster.scheduler.cluster.pods().length;
        const outcomes = replayFailures(cluster, singleFailures(cluster.nodes));
        expect(stateText(cluster)).toBe(before);
        expect(replayFailures(cluster, singleFailures(cluster.nodes))).toEqual(outcomes);
        for (const outcome of outcomes) {
          const { displaced, moved, pending, preempted, pendingGroups, capacityLeft } = outcome;
          expect(moved).toBeLessThanOrEqual(displaced);
          expect(displaced - moved).toBeLessThanOrEqual(pending);
          expect(pending).toBeLessThanOrEqual(displaced - moved + preempted);
          expect(pendingGroups.reduce((sum, { pods }) => sum + pods, 0)).toBe(pending);
          // Nothing that waited before may have come in here, so what runs is what ran less what is pending.
          if (cluster.pending.length === 0) {
            expect(capacityLeft.pods.allocatable - capacityLeft.pods.free).toBe(placed - pending);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test("losing more never leaves fewer pods without a place, where pods are alike and bound by nothing", () => {
    const uniform = fc.record({
      nodes: fc.integer({ min: 2, max: 6 }),
      replicas: fc.integer({ min: 0, max: 24 }),
      cpu: fc.constantFrom(700, 1000, 1500, 2500),
    });
    fc.assert(
      fc.property(uniform, fc.infiniteStream(fc.nat(5)), ({ nodes, replicas, cpu }, draws) => {
        const cluster = givenReplayCluster(nodes, 1, [{ name: "web", replicas, cpu }]);
        const names = cluster.nodes.map(({ name }) => name);
        const first = names[(draws.next().value ?? 0) % nodes] ?? "";
        const other = names.find((name) => name !== first) ?? "";
        expect(lose(cluster, first, other).pending).toBeGreaterThanOrEqual(lose(cluster, first).pending);
      }),
      { numRuns: 60 },
    );
  });
});
