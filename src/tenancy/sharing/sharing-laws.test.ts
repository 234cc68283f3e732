import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { type TenancyLayer, tenancyLayerNames } from "../../estate/model/tenancy-layer.ts";
import type { Sharing } from "../../estate/model/tenant.ts";
import {
  givenCluster,
  givenEstate,
  givenObject,
  givenPlacedObject,
  givenPool,
  givenTenant,
  givenWorkload,
} from "../../scheduling/testing/given-estate.ts";
import type { SharedLayer } from "../structure-report.ts";
import { describeSharing } from "../tenancy-report.ts";

const strictness: { readonly [sharing in SharedLayer["sharing"]]: number } = {
  shared: 0,
  unknown: 0.5,
  bounded: 1,
  separate: 2,
};
const sharings: readonly Sharing[] = ["shared", "bounded", "separate"];
const acceptance = fc.record(
  Object.fromEntries(tenancyLayerNames.map((layer) => [layer, fc.constantFrom(...sharings)])),
) as fc.Arbitrary<{ readonly [layer in TenancyLayer]: Sharing }>;

/** What may differ between two small worlds of tenants `a` and `b`. */
interface World {
  readonly ownPool: boolean;
  readonly sandbox: boolean;
  readonly podMaxPids: boolean;
  readonly users: boolean;
  readonly userNamespaces: boolean;
  readonly denyAll: boolean;
  readonly quotas: boolean;
  readonly ownCluster: boolean;
}

const measures: readonly (keyof World)[] = [
  "ownPool",
  "sandbox",
  "podMaxPids",
  "users",
  "denyAll",
  "quotas",
  "ownCluster",
];
const world = fc.record(
  Object.fromEntries([...measures, "userNamespaces"].map((measure) => [measure, fc.boolean()])),
) as unknown as fc.Arbitrary<World>;

function clustersOf({ ownPool, sandbox, podMaxPids, ownCluster }: World): readonly Cluster[] {
  const linux = { sysctls: {}, ...(podMaxPids ? { podMaxPids: 1024 } : {}) };
  const taints = [{ key: "tenant", value: "b", effect: "NoSchedule" }] as const;
  const workloadRuntime = sandbox ? "KataVmIsolation" : "OCIContainer";
  const pools = [
    givenPool({ linux, workloadRuntime }),
    ...(ownPool ? [givenPool({ name: "b", linux, taints, workloadRuntime })] : []),
  ];
  return ["main", ...(ownCluster ? ["other"] : [])].map((name) => {
    const cluster = givenCluster({ name, nodePools: pools });
    return { ...cluster, network: { ...cluster.network, policyEngine: "cilium" } };
  });
}

function workloadOf(tenant: "a" | "b", given: World): Workload {
  const base = givenWorkload({ name: tenant, namespace: tenant, tenant, cpu: 100, memoryMiB: 64 });
  const cluster = given.ownCluster && tenant === "b" ? "other" : "main";
  const pinned = given.ownPool && tenant === "b";
  const securityContext = given.users ? { runAsUser: tenant === "a" ? 1001 : 1002 } : {};
  return {
    ...base,
    cluster,
    id: base.id.replace("main", cluster),
    podSpec: { ...base.podSpec, securityContext, ...(given.userNamespaces ? { hostUsers: false } : {}) },
    ...(pinned
      ? { nodeSelector: { agentpool: "b" }, tolerations: [{ key: "tenant", operator: "Equal", value: "b" }] }
      : {}),
    ...(given.sandbox && tenant === "b" ? { runtimeClassName: "kata-vm-isolation" } : {}),
  };
}

function estateOf(given: World, accepts: { readonly [layer: string]: Sharing } = {}): Estate {
  const objects = (["a", "b"] as const).flatMap((tenant) => {
    const cluster = given.ownCluster && tenant === "b" ? "other" : "main";
    const policy = givenObject("NetworkPolicy", "deny", {
      apiVersion: "networking.k8s.io/v1",
      metadata: { name: "deny", namespace: tenant },
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    });
    const quota = givenObject("ResourceQuota", "q", {
      apiVersion: "v1",
      metadata: { name: "q", namespace: tenant },
      spec: { hard: { pods: "10" } },
    });
    return [...(given.denyAll ? [policy] : []), ...(given.quotas ? [quota] : [])].map((object) =>
      givenPlacedObject(object, { namespace: tenant, tenant, cluster }),
    );
  });
  return givenEstate({
    tenants: [givenTenant("a"), givenTenant("b", { accepts })],
    clusters: clustersOf(given),
    workloads: [workloadOf("a", given), workloadOf("b", given)],
    objects,
    complete: true,
  });
}

function layersOf(estate: Estate): readonly SharedLayer[] {
  const [pair] = describeSharing(estate, defaultCatalog).pairs;
  if (pair?.layers.length !== tenancyLayerNames.length) throw new Error("no pair, or not all of its layers");
  return pair.layers;
}

test("tightening what is accepted never turns a violation into a pass, and what is not known never passes", () => {
  fc.assert(
    fc.property(world, acceptance, fc.constantFrom(...tenancyLayerNames), (given, accepts, layer) => {
      const before = layersOf(estateOf(given, accepts));
      const stricter = sharings[Math.min(2, sharings.indexOf(accepts[layer]) + 1)] ?? "separate";
      const after = layersOf(estateOf(given, { ...accepts, [layer]: stricter }));
      for (const [place, state] of before.entries()) {
        const then = after[place];
        if (state.met === false) expect(then?.met).toBe(false);
        if (state.met === "notEvaluable") expect(then?.met).not.toBe(true);
        if (then?.sharing === "unknown" && then.accepted !== "shared") expect(then.met).toBe("notEvaluable");
      }
    }),
    { numRuns: 60, seed: 5 },
  );
});

test("one more measure of isolation weakens no layer", () => {
  fc.assert(
    fc.property(world, fc.constantFrom(...measures), (given, measure) => {
      const before = layersOf(estateOf({ ...given, [measure]: false }));
      const after = layersOf(estateOf({ ...given, [measure]: true }));
      for (const [place, { layer, sharing }] of before.entries()) {
        const then = after[place]?.sharing ?? "shared";
        expect({ layer, weaker: strictness[then] < strictness[sharing] }).toEqual({ layer, weaker: false });
      }
    }),
    { numRuns: 80, seed: 7 },
  );
});

test("a pair is the same from both sides", () => {
  fc.assert(
    fc.property(world, acceptance, (given, accepts) => {
      const estate = estateOf(given, accepts);
      const swap = (name: string) => (name === "a" ? "b" : "a");
      const mirrored = {
        ...estate,
        tenants: estate.tenants.map((tenant) => ({ ...tenant, name: swap(tenant.name) })),
        workloads: estate.workloads.map((workload) => ({ ...workload, tenant: swap(workload.tenant) })),
        objects: estate.objects.map((placed) => ({ ...placed, tenant: swap(placed.tenant) })),
      };
      const verdicts = (of: Estate) =>
        layersOf(of).map(({ layer, sharing, accepted, met }) => [layer, sharing, accepted, met]);
      expect(verdicts(mirrored)).toEqual(verdicts(estate));
    }),
    { numRuns: 60, seed: 11 },
  );
});

test("a measure that lifts a layer is named wherever one falls short within a cluster", () => {
  fc.assert(
    fc.property(world, acceptance, (given, accepts) => {
      for (const { met, lift } of layersOf(estateOf(given, accepts))) {
        if (met === false) expect(lift).toMatch(/\S/);
      }
    }),
    { numRuns: 40, seed: 13 },
  );
});
