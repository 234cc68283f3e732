import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../catalog/default-catalog.ts";
import { likelyValue } from "../estate/figures/figure.ts";
import type { Workload } from "../estate/kubernetes/workload.ts";
import { placeWorkloads } from "./place-workloads.ts";
import {
  type GivenWorkload,
  givenCluster,
  givenContainer,
  givenEstate,
  givenPool,
  givenSpread,
  givenWorkload,
} from "./testing/given-estate.ts";
import { addonsOnly, nodesOf, place, podsOf, systemPool, zoneKey } from "./testing/given-placement.ts";

describe("capacity of a node", () => {
  test("is the size less AKS reservations and the platform's daemons", () => {
    const [pool] = place([], [givenPool({ maxPods: 110 })]).pools;
    // D4s_v5: 140m kube-reserved + 350m daemons; 2,250 MiB kube-reserved + 100 MiB eviction + 470 MiB daemons; 6 daemons.
    expect(pool?.allocatable).toEqual({
      cpuMillicores: 4000 - 140 - 350,
      memoryBytes: (16 * 1024 - 2250 - 100 - 470) * 1024 ** 2,
      pods: 104,
    });
    expect(pool?.overheadPerNode).toEqual({ cpuMillicores: 490, memoryBytes: 2820 * 1024 ** 2 });
  });

  test("counts Container insights where it is on, and drops the assumption where kube-system is declared", () => {
    const estate = givenEstate({
      clusters: [
        givenCluster({
          monitoring: { containerInsights: true, managedPrometheus: undefined, defender: undefined },
        }),
      ],
    });
    expect(placeWorkloads(estate, defaultCatalog).pools[0]?.allocatable.cpuMillicores).toBe(4000 - 140 - 425);
    const live = place([
      { name: "kube-proxy", namespace: "kube-system", kind: "DaemonSet", cpu: 100, memoryMiB: 0 },
      { name: "coredns", namespace: "kube-system", cpu: 100, memoryMiB: 70, replicas: 2, tolerations: [addonsOnly] },
    ]);
    expect(live.pools[0]?.allocatable.cpuMillicores).toBe(3860);
    expect(live.assumptions.map(({ id }) => id)).not.toContain("ASM-050");
    expect(live.assumptions.map(({ id }) => id)).not.toContain("ASM-051");
  });

  test("a size that the catalog does not know holds nothing, and says so", () => {
    const placement = place([{ name: "web", cpu: 100, memoryMiB: 100 }], [givenPool({ vmSize: "Standard_Z9" })]);
    expect(placement.unplaced.find(({ workload }) => workload.endsWith("web"))?.reason).toBe(
      "1 pool (user): size Standard_Z9 is not in the catalog, so its capacity is unknown",
    );
  });
});

describe("number of nodes", () => {
  test("is what the requests need", () => {
    const placement = place([{ name: "web", cpu: 1000, memoryMiB: 512, replicas: 7 }]);
    expect(nodesOf(placement, "user")).toHaveLength(3);
    expect(nodesOf(placement, "system")).toHaveLength(3);
    const figure = placement.pools.find(({ pool }) => pool === "user")?.nodeCount;
    expect(figure?.id).toBe("placement/main/user/nodes");
    expect(figure === undefined ? undefined : likelyValue(figure)).toBe(3);
    expect(figure?.reasons.some((reason) => reason.kind === "formula" && reason.text.includes("CPU fills first"))).toBe(
      true,
    );
    expect(figure?.reasons.some((reason) => reason.kind === "fact" && reason.name === "Standard_D4s_v5")).toBe(true);
  });

  test("stays as declared on a fixed pool; what does not fit is unplaced", () => {
    const fixed = givenPool({ autoscaling: false, minimumNodes: 2, maximumNodes: 2 });
    const placement = place([{ name: "web", cpu: 3000, memoryMiB: 512, replicas: 3 }], [systemPool, fixed]);
    expect(nodesOf(placement, "user")).toHaveLength(2);
    expect(placement.unplaced).toEqual([
      {
        workload: "prod/main/shop/Deployment/web",
        pods: 1,
        reason: "1 pool (user): full with 2 nodes, as many as it may have",
      },
    ]);
  });

  test("of an undeclared count follows the workloads, three for a system pool", () => {
    const assumed = givenPool({
      name: "default",
      mode: "System",
      countDeclared: false,
      minimumNodes: 1,
      maximumNodes: 1,
    });
    expect(nodesOf(place([{ name: "web", cpu: 100, memoryMiB: 100 }], [assumed]), "default")).toHaveLength(3);
    const placement = place([{ name: "web", cpu: 3000, memoryMiB: 100, replicas: 9 }], [assumed]);
    expect(nodesOf(placement, "default")).toHaveLength(9);
    expect(placement.assumptions.find(({ id }) => id === "ASM-054")?.subject).toBe("main/default");
  });

  test("of an undeclared count is at least what the pool is given, even when nothing runs", () => {
    const assumed = givenPool({ countDeclared: false, minimumNodes: 3, maximumNodes: 1000 });
    expect(nodesOf(place([], [assumed]), "user")).toHaveLength(3);
  });

  test("is at most what AKS allows in a pool, however large the declared count", () => {
    const placement = place([], [givenPool({ autoscaling: false, minimumNodes: 1e9, maximumNodes: 1e9 })]);
    expect(nodesOf(placement, "user")).toHaveLength(1000);
    const [reason] = placement.pools[0]?.nodeCount.reasons.filter(({ kind }) => kind === "formula") ?? [];
    expect(reason?.kind === "formula" ? reason.text : "").toContain("cut to the 1000 nodes that AKS allows in a pool");
    const cited = (pool: string) =>
      placement.pools.find((each) => each.pool === pool)?.nodeCount.reasons.filter(({ kind }) => kind === "fact") ?? [];
    expect(cited("user")).toContainEqual(expect.objectContaining({ value: 1000, source: "aks-large-workloads" }));
  });

  test("of more replicas than fit is as many nodes as the pool may have, without trying each replica", () => {
    const placement = place([{ name: "web", cpu: 1, memoryMiB: 1, replicas: 1e12 }]);
    expect(nodesOf(placement, "user")).toHaveLength(20);
    const placed = podsOf(placement, "web").length;
    expect(placement.unplaced).toMatchObject([{ pods: 1e12 - placed }]);
  });

  test.each([
    ["of a declared count when they must", "required", true],
    ["of an undeclared count when they must", "required", false],
    ["of an undeclared count when they prefer to", "preferred", false],
  ] as const)("covers every zone for workloads that spread over zones, %s", (_, strength, countDeclared) => {
    const web = { name: "web", cpu: 100, memoryMiB: 100, replicas: 3, spread: [givenSpread(zoneKey, strength)] };
    const placement = place([web], [systemPool, givenPool({ countDeclared, minimumNodes: 1, maximumNodes: 4 })]);
    expect(nodesOf(placement, "user").map(({ zone }) => zone)).toEqual(["1", "2", "3"]);
    expect(new Set(podsOf(placement, "web").map(({ zone }) => zone)).size).toBe(3);
    const assumed = placement.assumptions.filter(({ subject }) => subject === "main/user");
    expect(assumed.map(({ id }) => id)).toEqual([countDeclared ? "ASM-057" : "ASM-054"]);
    const kinds = placement.pools.find(({ pool }) => pool === "user")?.nodeCount.reasons.map(({ kind }) => kind);
    expect(kinds?.slice(0, 2)).toEqual(countDeclared ? ["declared", "assumption"] : ["assumption", "formula"]);
  });

  test("stays at the declared minimum for a preference: no autoscaler adds a node for it", () => {
    const web = { name: "web", cpu: 100, memoryMiB: 100, replicas: 3, spread: [givenSpread(zoneKey, "preferred")] };
    const placement = place([web], [systemPool, givenPool({ minimumNodes: 1, maximumNodes: 4 })]);
    expect(nodesOf(placement, "user")).toHaveLength(1);
    expect(placement.unplaced).toEqual([]);
    expect(placement.assumptions.map(({ id }) => id)).not.toContain("ASM-057");
  });

  test("counts DaemonSets on every node that admits them", () => {
    const placement = place([
      { name: "agent", kind: "DaemonSet", cpu: 500, memoryMiB: 100 },
      { name: "web", cpu: 1500, memoryMiB: 512, replicas: 4 },
    ]);
    // 3,510m - 500m leave room for two of 1,500m.
    expect(nodesOf(placement, "user")).toHaveLength(2);
    expect(podsOf(placement, "agent")).toHaveLength(2);
    expect(nodesOf(placement, "system")[0]?.pods).toEqual([]);
  });

  test("takes workloads at the autoscaler's minimum, or at its maximum when asked", () => {
    const estate = givenEstate({
      workloads: [givenWorkload({ name: "web", cpu: 3000, memoryMiB: 100, replicas: 1, maximum: 5 })],
    });
    const count = (demand: "floor" | "ceiling") =>
      placeWorkloads(estate, defaultCatalog, { demand }).pools[0]?.nodes.length;
    expect(count("floor")).toBe(1);
    expect(count("ceiling")).toBe(5);
  });

  test("adds nothing for a workload scaled to zero or one that cannot be opened", () => {
    const placement = place([
      { name: "idle", cpu: 3000, memoryMiB: 100, replicas: 0 },
      { name: "model", kind: "Workspace", opaque: true },
    ]);
    expect(nodesOf(placement, "user")).toHaveLength(0);
    expect(placement.unplaced).toEqual([
      {
        workload: "prod/main/shop/Workspace/model",
        pods: 0,
        reason: "the pods that a Workspace creates are not known",
      },
    ]);
  });
});

describe("what is filled in", () => {
  test("a pod without requests counts with the scheduler's own default, by container", () => {
    const placement = place([{ name: "web", containers: [givenContainer("a"), givenContainer("b")] }]);
    const [node] = nodesOf(placement, "user");
    expect(node?.requested).toEqual({ cpuMillicores: 200, memoryBytes: 400 * 1024 ** 2, pods: 1 });
    expect(placement.assumptions.find(({ id }) => id === "ASM-052")?.subject).toBe("prod/main/shop/Deployment/web");
    const half = place([{ name: "web", memoryMiB: 64 }]);
    expect(nodesOf(half, "user")[0]?.requested).toEqual({ cpuMillicores: 100, memoryBytes: 64 * 1024 ** 2, pods: 1 });
  });

  test("only the largest task of a pool takes room, and never wakes an empty pool", () => {
    const task = (name: string, cpu: number): GivenWorkload => ({
      name,
      kind: "CronJob",
      run: "task",
      cpu,
      memoryMiB: 100,
    });
    const web = { name: "web", cpu: 100, memoryMiB: 100 };
    const placement = place([web, task("small", 200), task("large", 900)]);
    expect(podsOf(placement, "large")).toHaveLength(1);
    expect(podsOf(placement, "small")).toHaveLength(0);
    expect(placement.unplaced).toEqual([]);
    const batch = givenPool({ name: "batch", minimumNodes: 1, taints: [{ key: "batch", effect: "NoSchedule" }] });
    const elsewhere = {
      ...task("batch", 100),
      tolerations: [{ key: "batch", operator: "Exists" }],
      nodeSelector: { agentpool: "batch" },
    };
    const both = place([web, task("large", 900), elsewhere], [systemPool, givenPool(), batch]);
    expect(podsOf(both, "large")).toHaveLength(1);
    expect(podsOf(both, "batch")).toHaveLength(1);
    expect(both.assumptions.filter(({ id }) => id === "ASM-053").map(({ subject }) => subject)).toEqual([
      "main/user",
      "main/batch",
    ]);
    const alone = place([task("large", 900)]);
    expect(nodesOf(alone, "user")).toHaveLength(0);
    expect(alone.unplaced).toEqual([]);
  });

  test("components of the Cluster document take room on system pools unless manifests declare them", () => {
    const component = {
      name: "ingress-nginx",
      version: "4.12.1",
      namespace: "ingress",
      crds: [],
      requests: { cpuMillicores: 200, memoryBytes: 512 * 1024 ** 2 },
      replicas: 2,
    };
    const clusters = [givenCluster({ nodePools: [systemPool, givenPool()], components: [component] })];
    const placement = placeWorkloads(givenEstate({ clusters }), defaultCatalog);
    expect(placement.pools[0]?.platformPods?.map(({ name, pods, origin }) => [name, pods, origin])).toEqual([
      ["main/kube-system/system-pods", 2, "system"],
      ["main/ingress/ingress-nginx", 2, "component"],
    ]);
    const workloads: Workload[] = [
      givenWorkload({ name: "ingress-nginx-controller", namespace: "ingress", cpu: 100, memoryMiB: 90 }),
    ];
    const declared = placeWorkloads(givenEstate({ clusters, workloads }), defaultCatalog);
    expect(declared.pools.flatMap(({ platformPods = [] }) => platformPods.map(({ name }) => name))).toEqual([
      "main/kube-system/system-pods",
    ]);
  });
});

test("a workload of a cluster that nobody declares is unplaced", () => {
  const estate = givenEstate({ workloads: [givenWorkload({ name: "web", cluster: "ghost" })] });
  expect(placeWorkloads(estate, defaultCatalog).unplaced[0]?.reason).toBe("cluster ghost is not declared");
});
