import { expect, test } from "vitest";
import { defaultCatalog } from "../catalog/default-catalog.ts";
import { loadEstate } from "../estate/load-estate.ts";
import type { Estate } from "../estate/model/estate.ts";
import { contradictingDemands } from "./demands.ts";
import { defaultPolicy } from "./plan-policy.ts";
import { planStructure } from "./plan-structure.ts";
import type { PlannedPool, Structure } from "./structure-plan.ts";

interface GivenPods {
  readonly namespace?: string;
  readonly replicas?: number;
  readonly cpu?: string;
  readonly memory?: string;
  /** Further lines of the pod's spec, in YAML flow style. */
  readonly pod?: string;
  readonly limits?: string;
}

function deployment(name: string, given: GivenPods = {}): string {
  const { namespace = "shop", replicas = 3, cpu = "500m", memory = "1Gi", pod = "", limits = "{}" } = given;
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      ${pod}
      containers:
        - {name: main, image: "registry.example/${name}:1", resources: {requests: {cpu: ${cpu}, memory: ${memory}}, limits: ${limits}}}
`;
}

function estateOf(...documents: readonly string[]): Estate {
  return loadEstate({ roots: ["."], texts: new Map([["all.yaml", documents.join("---\n")]]), diagnostics: [] });
}

function planOf(estate: Estate): Structure {
  return planStructure(estate, defaultCatalog, { policy: defaultPolicy, solvers: undefined });
}

/** The pools of the pods whose workload has the name. */
function poolsOf({ clusters }: Structure, name: string): readonly PlannedPool[] {
  return clusters.flatMap(({ pools }) => pools.filter(({ pods }) => pods.some(({ id }) => id.endsWith(`/${name}`))));
}

test("pods that need another processor, a GPU, Windows or spot have pools of their own that give it", () => {
  const structure = planOf(
    estateOf(
      deployment("plain"),
      deployment("arm", { pod: "nodeSelector: {kubernetes.io/arch: arm64}" }),
      deployment("windows", { pod: "nodeSelector: {kubernetes.io/os: windows}", cpu: "1", memory: "2Gi" }),
      deployment("spot", { pod: "nodeSelector: {kubernetes.azure.com/scalesetpriority: spot}" }),
      deployment("gpu", { limits: "{nvidia.com/gpu: 1}", replicas: 1 }),
    ),
  );
  expect(structure.unplanned).toEqual([]);
  const only = (name: string) => {
    const pools = poolsOf(structure, name);
    expect(pools, name).toHaveLength(1);
    for (const { pods } of pools) expect(pods.map(({ id }) => id.split("/").at(-1))).toEqual([name]);
    return pools[0];
  };
  expect(only("arm")?.solved.size.size.architecture).toBe("arm64");
  expect(only("windows")?.pool.osSku).toMatch(/^Windows/);
  expect(only("spot")?.pool.spot).toBe(true);
  expect(only("gpu")?.solved.size.size.gpus).toBeGreaterThanOrEqual(1);
  expect(only("plain")?.solved.size.size).toMatchObject({ architecture: "amd64", gpus: 0 });
});

test("different definitions of one CRD stay on different clusters, equal ones move to one", () => {
  const application = (name: string) =>
    `apiVersion: scantling/v1alpha1
kind: Application
metadata: {name: ${name}}
spec: {tenant: ${name}, namespace: ${name}, environments: [prod], clusters: {prod: [${name}]}, manifests: {default: ${name}.yaml}}
---
apiVersion: scantling/v1alpha1
kind: Cluster
metadata: {name: ${name}}
spec: {region: westeurope, environments: [prod], nodePools: [{name: user, vmSize: Standard_D4s_v5, nodes: 3}]}
`;
  const crd = (version: string) =>
    `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: orders.shop.example}
spec: {group: shop.example, names: {kind: Order, plural: orders}, scope: Namespaced, versions: [{name: ${version}, served: true, storage: true}]}
`;
  const structureWith = (right: string) =>
    planOf(
      loadEstate({
        roots: ["."],
        texts: new Map([
          ["estate.yaml", `${application("left")}---\n${application("right")}`],
          ["left.yaml", `${crd("v1")}---\n${deployment("left", { namespace: "left" })}`],
          ["right.yaml", `${crd(right)}---\n${deployment("right", { namespace: "right" })}`],
        ]),
        diagnostics: [],
      }),
    );
  const apart = structureWith("v2");
  expect(apart.clusters).toHaveLength(2);
  expect(apart.clusters[0]?.apartFrom.map(({ kind }) => kind)).toContain("crd");
  expect(structureWith("v1").clusters).toHaveLength(1);
});

test("no node has more pods than maxPods, nor more inotify instances than its kernel gives", () => {
  const many = planOf(estateOf(deployment("tiny", { replicas: 400, cpu: "5m", memory: "8Mi" })));
  for (const { pool, pods, solved } of poolsOf(many, "tiny")) {
    const count = pods.reduce((sum, { quantity }) => sum + quantity, 0);
    expect(solved.size.capacity[2]).toBeLessThanOrEqual(pool.maxPods);
    expect(count).toBeLessThanOrEqual((solved.size.capacity[2] ?? 0) * pool.minimumNodes);
  }
  for (const { pools } of many.clusters) {
    for (const { pods, solved, pool } of pools) {
      for (const [dimension, offered] of solved.size.capacity.entries()) {
        const asked = pods.reduce((sum, { size, quantity }) => sum + (size[dimension] ?? 0) * quantity, 0);
        expect(asked).toBeLessThanOrEqual(offered * pool.minimumNodes);
      }
    }
  }
});

test("nodes are neither tiny nor giants, also where a giant would hold everything", () => {
  for (const replicas of [3, 60]) {
    const { clusters } = planOf(estateOf(deployment("web", { replicas })));
    for (const { solved } of clusters.flatMap(({ pools }) => pools)) {
      expect(solved.size.size.vcpu).toBeGreaterThanOrEqual(4);
      expect(solved.size.size.vcpu).toBeLessThanOrEqual(32);
    }
  }
  // Three pods do not get three nodes of 32 vCPUs.
  const small = poolsOf(planOf(estateOf(deployment("web"))), "web");
  expect(small.map(({ solved }) => solved.size.size.vcpu)).toEqual([4]);
});

test("a pod larger than every size is left out with its reason, and the others are planned", () => {
  const estate = estateOf(deployment("huge", { cpu: "900" }), deployment("web"));
  const structure = planOf(estate);
  expect(structure.unplanned.map(({ workload, reason }) => [workload.split("/").at(-1), reason])).toEqual([
    ["huge", expect.stringContaining("larger than every size")],
  ]);
  expect(poolsOf(structure, "web")).toHaveLength(1);
});

/** The catalog without sizes that run sandboxes. */
const withoutSandboxes = {
  ...defaultCatalog,
  vmSizes: () => defaultCatalog.vmSizes().filter(({ nestedVirtualization }) => nestedVirtualization !== true),
  vmSize: (name: string) => {
    const size = defaultCatalog.vmSize(name);
    return size?.nestedVirtualization === true ? undefined : size;
  },
};

test("without a size that runs sandboxes the demand for them is named, with what giving it up would cost", () => {
  const estate = estateOf(deployment("agents", { pod: "runtimeClassName: kata-vm-isolation" }));
  const structure = planStructure(estate, withoutSandboxes, { policy: defaultPolicy, solvers: undefined });
  expect(structure.unplanned.map(({ reason }) => reason)).toEqual([expect.stringContaining("nested virtualisation")]);
  const found = contradictingDemands(estate, withoutSandboxes, defaultPolicy, {});
  expect(found?.demands.map(({ demand }) => demand)).toEqual([expect.stringContaining("sandboxes")]);
  expect(found?.demands[0]?.monthlyWithout).toBeGreaterThan(0);
});

test("a budget below the cheapest plan is named, with what the plan costs without it", () => {
  const estate = estateOf(deployment("web"));
  const monthly = (planOf(estate).hourlyMicros / 1e6) * 730;
  expect(contradictingDemands(estate, defaultCatalog, defaultPolicy, { monthlyBudget: monthly + 1 })).toBeUndefined();
  const found = contradictingDemands(estate, defaultCatalog, defaultPolicy, { monthlyBudget: 1 });
  const budget = found?.demands.find(({ demand }) => demand.includes("at most 1 a month"));
  expect(budget?.monthlyWithout).toBeCloseTo(monthly, 1);
});

test("a declared pool of an unknown size does not keep its pods from being planned", () => {
  const cluster = `apiVersion: scantling/v1alpha1
kind: Cluster
metadata: {name: main}
spec: {region: westeurope, environments: [prod], nodePools: [{name: user, vmSize: Standard_Nothing_v9, nodes: 3}]}
`;
  const structure = planOf(estateOf(cluster, deployment("web")));
  expect(structure.unplanned).toEqual([]);
  expect(poolsOf(structure, "web")).toHaveLength(1);
});
