import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../catalog/default-catalog.ts";
import { placeWorkloads } from "./place-workloads.ts";
import {
  givenCluster,
  givenContainer,
  givenEstate,
  givenObject,
  givenPlacedObject,
  givenPool,
  givenWorkload,
} from "./testing/given-estate.ts";
import { nodesOf, place, podsOf, systemPool, zoneKey } from "./testing/given-placement.ts";

describe("where pods may run", () => {
  test("says which constraint keeps a pod from which pool", () => {
    const pools = [
      systemPool,
      givenPool({ name: "batch", taints: [{ key: "dedicated", value: "batch", effect: "NoSchedule" }] }),
      givenPool({ name: "small" }),
    ];
    const [unplaced] = place([{ name: "big", cpu: 12_000, memoryMiB: 1024 }], pools).unplaced;
    expect(unplaced?.reason).toBe(
      "1 pool (system): taint CriticalAddonsOnly=true:NoSchedule not tolerated; " +
        "1 pool (batch): taint dedicated=batch:NoSchedule not tolerated; 1 pool (small): cpu 12 of 3.51 free",
    );
  });

  test("a node selector on AKS labels picks the pool", () => {
    const pools = [givenPool({ name: "one" }), givenPool({ name: "two", labels: { disk: "fast" } })];
    for (const nodeSelector of [{ agentpool: "two" }, { "kubernetes.azure.com/agentpool": "two" }, { disk: "fast" }]) {
      const placement = place([{ name: "web", cpu: 100, memoryMiB: 100, nodeSelector }], pools);
      expect(podsOf(placement, "web").map(({ name }) => name)).toEqual(["main/two/0"]);
    }
    const [unplaced] = place(
      [{ name: "web", cpu: 100, memoryMiB: 100, nodeSelector: { disk: "slow" } }],
      pools,
    ).unplaced;
    expect(unplaced?.reason).toBe(
      "1 pool (one): node selector disk=slow does not match; 1 pool (two): node selector disk=slow does not match fast",
    );
  });

  test("a zone selector brings up nodes until its zone has one", () => {
    const nodeSelector = { [zoneKey]: "westeurope-3" };
    const placement = place([{ name: "db", cpu: 100, memoryMiB: 100, nodeSelector }], [systemPool, givenPool()]);
    expect(podsOf(placement, "db").map(({ zone }) => zone)).toEqual(["3"]);
    expect(nodesOf(placement, "user")).toHaveLength(3);
  });

  test("spot nodes take only pods that tolerate them, and regular nodes come first", () => {
    const pools = [systemPool, givenPool({ name: "spot", spot: true })];
    const spotToleration = {
      key: "kubernetes.azure.com/scalesetpriority",
      operator: "Equal",
      value: "spot",
      effect: "NoSchedule",
    };
    expect(place([{ name: "web", cpu: 100, memoryMiB: 100 }], pools).unplaced).toHaveLength(1);
    const tolerant = { name: "web", cpu: 100, memoryMiB: 100, tolerations: [spotToleration] };
    expect(podsOf(place([tolerant], pools), "web").map(({ name }) => name)).toEqual(["main/spot/0"]);
    const both = place([tolerant], [...pools, givenPool()]);
    expect(podsOf(both, "web").map(({ name }) => name)).toEqual(["main/user/0"]);
  });

  test("an untainted system pool takes user pods when no user pool does", () => {
    const open = { ...systemPool, taints: [] };
    expect(podsOf(place([{ name: "web", cpu: 100, memoryMiB: 100 }], [open]), "web")).toHaveLength(1);
  });

  test("sandboxed pods need a sandbox pool and carry the overhead of their class", () => {
    const kata = givenPool({ name: "kata", workloadRuntime: "KataVmIsolation" });
    const sandboxed = { name: "web", cpu: 100, memoryMiB: 100, runtimeClassName: "kata-vm-isolation" };
    const refused = place([sandboxed]);
    expect(refused.unplaced[0]?.reason).toContain(
      "2 pools (system, user): runtime class kata-vm-isolation needs a pool with workloadRuntime KataVmIsolation",
    );
    const placement = place([sandboxed], [systemPool, kata, givenPool()]);
    expect(podsOf(placement, "web").map(({ name }) => name)).toEqual(["main/kata/0"]);
    expect(nodesOf(placement, "kata")[0]?.requested.memoryBytes).toBe(700 * 1024 ** 2);
    expect(placement.assumptions.map(({ id }) => id)).toContain("ASM-055");
  });

  test("a RuntimeClass object brings its selector and tolerations; its overhead is in the requests already", () => {
    const runtimeClass = givenObject("RuntimeClass", "gvisor", {
      handler: "runsc",
      overhead: { podFixed: { cpu: "250m", memory: "64Mi" } },
      scheduling: { nodeSelector: { runtime: "gvisor" }, tolerations: [{ key: "gvisor", operator: "Exists" }] },
    });
    const taints = [{ key: "gvisor", effect: "NoSchedule" }] as const;
    const placement = placeWorkloads(
      givenEstate({
        clusters: [
          givenCluster({ nodePools: [givenPool(), givenPool({ name: "gv", labels: { runtime: "gvisor" }, taints })] }),
        ],
        workloads: [givenWorkload({ name: "web", cpu: 100, memoryMiB: 100, runtimeClassName: "gvisor" })],
        objects: [givenPlacedObject(runtimeClass)],
      }),
      defaultCatalog,
    );
    expect(podsOf(placement, "web").map(({ name }) => name)).toEqual(["main/gv/0"]);
    expect(nodesOf(placement, "gv")[0]?.requested.cpuMillicores).toBe(100);
  });

  test("GPU pods go to GPU nodes, others stay away while a plain node has room", () => {
    const gpu = givenPool({ name: "gpu", vmSize: "Standard_NC24ads_A100_v4" });
    const container = givenContainer("model", { resources: { limits: { "nvidia.com/gpu": 1 } } });
    const placement = place(
      [
        { name: "model", cpu: 4000, memoryMiB: 1024, containers: [container] },
        { name: "plain", cpu: 2000, memoryMiB: 1024, nodeSelector: { agentpool: "user" } },
        { name: "web", cpu: 100, memoryMiB: 100 },
      ],
      [systemPool, gpu, givenPool()],
    );
    expect(podsOf(placement, "model").map(({ name }) => name)).toEqual(["main/gpu/0"]);
    expect(podsOf(placement, "web").map(({ name }) => name)).toEqual(["main/user/0"]);
    const without = place([{ name: "model", cpu: 100, memoryMiB: 100, containers: [container] }]);
    expect(without.unplaced[0]?.reason).toContain("1 GPU of 0");
  });

  test("images without a stated architecture stay on amd64", () => {
    const pools = [givenPool({ name: "arm", vmSize: "Standard_D4ps_v5" }), givenPool()];
    const placement = place([{ name: "web", cpu: 100, memoryMiB: 100 }], pools);
    expect(podsOf(placement, "web").map(({ name }) => name)).toEqual(["main/user/0"]);
    expect(placement.assumptions.find(({ id }) => id === "ASM-056")?.text).toContain("arm (arm64)");
    const chosen = place(
      [{ name: "web", cpu: 100, memoryMiB: 100, nodeSelector: { "kubernetes.io/arch": "arm64" } }],
      pools,
    );
    expect(podsOf(chosen, "web").map(({ name }) => name)).toEqual(["main/arm/0"]);
  });

  test("Windows pods and Linux nodes do not mix", () => {
    const windows = givenPool({ name: "win", osSku: "Windows2022" });
    const placement = place(
      [
        { name: "web", cpu: 100, memoryMiB: 100 },
        { name: "legacy", cpu: 100, memoryMiB: 100, nodeSelector: { "kubernetes.io/os": "windows" } },
      ],
      [windows, givenPool()],
    );
    expect(podsOf(placement, "web").map(({ name }) => name)).toEqual(["main/user/0"]);
    expect(podsOf(placement, "legacy").map(({ name }) => name)).toEqual(["main/win/0"]);
  });
});
