import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { likelyValue } from "../../estate/figures/figure.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { givenCloudService, givenCluster, givenEstate, givenPool } from "../../scheduling/testing/given-estate.ts";
import {
  givenContainer,
  givenObject,
  givenPlacedObject,
  givenService,
  givenStandaloneClaim,
  givenWorkload,
} from "../../scheduling/testing/given-workload.ts";
import { rightSize } from "./rightsize.ts";
import { rightSizingSchemaMatches } from "./rightsize-schema.ts";

const today = "2026-11-22";
const mebibyte = 2 ** 20;
const ephemeral = { type: "Ephemeral", sizeGiB: undefined } as const;

function workload(name: string, replicas: number, cpu: number, memoryMiB: number) {
  const requests = { cpuMillicores: cpu, memoryBytes: memoryMiB * mebibyte };
  return {
    ...givenWorkload({ name, replicas, cpu, memoryMiB }),
    containers: [{ ...givenContainer(), requests }],
  };
}

/** Six nodes of D8s_v5 for eight pods of one core each. */
function roomy(given: Partial<Estate> = {}): Estate {
  const pool = givenPool({
    vmSize: "Standard_D8s_v5",
    minimumNodes: 6,
    maximumNodes: 9,
    osDisk: { type: "Managed", sizeGiB: 128 },
  });
  return givenEstate({
    clusters: [givenCluster({ nodePools: [pool] })],
    workloads: [workload("web", 8, 1_000, 2_048)],
    ...given,
  });
}

function csv(rows: readonly string[]) {
  async function* chunks() {
    yield `time,namespace,pod,cpuCores,memoryGiB,oomKills\n${rows.join("\n")}\n`;
  }
  return { source: "usage.csv", chunks: chunks() };
}

/** Four days by the hour of each pod. */
const steady = (name: string, pods: number, cores: number, gib: number) =>
  Array.from(
    { length: 97 * pods },
    (_, index) => `${Math.floor(index / pods) * 3_600},shop,${name}-${index % pods},${cores},${gib},`,
  );

describe("right-sizing", () => {
  test("fewer nodes save what the bill falls by, Defender of their vCPUs with it", async () => {
    const estate = roomy();
    const clusters = estate.clusters.map((each) => ({ ...each, monitoring: { ...each.monitoring, defender: true } }));
    const { nodePools, steps } = await rightSize({ ...estate, clusters }, defaultCatalog, { today });
    const fewer = nodePools.reduce((sum, { declared, own }) => sum + declared.monthly - (own?.monthly ?? 0), 0);
    expect(fewer).toBeGreaterThan(0);
    expect(steps.find(({ step }) => step === "nodeCounts")?.saved).toBeCloseTo(fewer, 2);
    const bigger = nodePools[0]?.curve.find(({ vcpu, nodes }) => vcpu * nodes !== 8 * (nodePools[0]?.own?.nodes ?? 0));
    expect(bigger?.difference).toBeCloseTo((bigger?.monthly ?? 0) - (nodePools[0]?.own?.monthly ?? 0), 6);
  });

  test("a pool on which jobs alone run keeps a node", async () => {
    const estate = roomy();
    const [general] = estate.clusters[0]?.nodePools ?? [];
    const labels = { for: "web" };
    const jobs = givenPool({
      name: "jobs",
      mode: "User",
      vmSize: "Standard_D8s_v5",
      minimumNodes: 3,
      maximumNodes: 6,
      osDisk: ephemeral,
      labels: { for: "jobs" },
    });
    const job = { ...workload("nightly", 1, 2_000, 2_048), run: "task" as const, nodeSelector: { for: "jobs" } };
    const { nodePools } = await rightSize(
      {
        ...estate,
        clusters: [givenCluster({ nodePools: [...(general === undefined ? [] : [{ ...general, labels }]), jobs] })],
        workloads: [...estate.workloads.map((each) => ({ ...each, nodeSelector: labels })), job],
      },
      defaultCatalog,
      { today },
    );
    const sized = nodePools.find(({ pool }) => pool === "jobs");
    expect([sized?.declared.nodes, sized?.own?.nodes]).toEqual([3, 1]);
  });

  test("prices each step on top of those before; the steps are the saving", async () => {
    const report = await rightSize(roomy(), defaultCatalog, { today, usage: csv(steady("web", 8, 0.2, 0.5)) });
    const bill = likelyValue(report.bill) ?? 0;
    const total = report.steps.reduce((sum, { saved }) => sum + saved, 0);
    expect(likelyValue(report.saving)).toBeCloseTo(total, 6);
    expect(report.steps.at(-1)?.billAfter).toBeCloseTo(bill - total, 2);
    expect(report.steps.map(({ step }) => step)).toEqual(["idle", "requests", "nodeCounts", "nodeSizes"]);
    // The minimum of six nodes holds until counts follow.
    expect(report.steps[1]?.saved).toBe(0);
    expect(report.steps[2]?.saved).toBeGreaterThan(0);
    expect(rightSizingSchemaMatches).toBe(true);
  });

  test("the worth of requests is the sum of the rows, at the prices of vCPU and GiB of the pool", async () => {
    const report = await rightSize(roomy(), defaultCatalog, { today, usage: csv(steady("web", 8, 0.2, 0.5)) });
    const [row] = report.requests?.rows ?? [];
    // Four days on, weights have grown sixteenfold, the value has not: bucket of 0.2 cores × 1.15.
    expect(row).toMatchObject({ pods: 8, cpu: { current: 1_000, proposed: 249 }, risk: { level: "low" } });
    expect(report.requests?.totals.allocated).toBeCloseTo(row?.saved ?? 0, 9);
    // 6 D8s_v5 and their P10 disks, split by what a vCPU and a GiB cost: D4s_v5 0.230 and E4s_v5 0.304 give 0.004625 a GiB.
    const perGiB = (0.304 - 0.23) / 16;
    const perCore = (0.23 - 16 * perGiB) / 4;
    const rate = (0.46 * 730 + 21.68) / (0.46 * 730);
    const gib = 2 - (row?.memory.proposed ?? 0) / 2 ** 30;
    expect(row?.saved).toBeCloseTo(8 * 730 * rate * (0.751 * perCore + gib * perGiB), 1);
    expect(row?.figure.reasons.some(({ kind }) => kind === "measurement")).toBe(true);
  });

  test("says what it needs where no usage is given, and still sizes nodes", async () => {
    const report = await rightSize(roomy(), defaultCatalog, { today });
    expect(report.requests).toBeUndefined();
    expect(report.requestsMissing?.hint).toContain("--usage FILE");
    expect(report.steps.map(({ step }) => step)).toEqual(["idle", "nodeCounts", "nodeSizes"]);
    expect(report.nodePools[0]?.own?.nodes).toBeLessThan(6);
    expect(report.nodePools[0]?.curve.length).toBeGreaterThan(5);
  });

  test("warns of a usage that says nothing, and names what was not seen", async () => {
    const report = await rightSize(roomy(), defaultCatalog, { today, usage: csv(["60,elsewhere,x-1,1,1,"]) });
    expect(report.diagnostics.map(({ code }) => code)).toContain("EST-772");
    expect(report.requests?.notEvaluable).toMatchObject([{ reason: "no sample in the usage" }]);
    const thin = await rightSize(roomy(), defaultCatalog, { today, usage: csv(["60,shop,web-1,1,1,"]) });
    expect(thin.requests?.notEvaluable[0]?.reason).toContain("at least 100 are needed");
  });

  test("asks for more where memory killed, though it costs", async () => {
    const usage = csv([...steady("web", 2, 0.9, 1.9), "349300,shop,web-0,0.9,1.9,1"]);
    const report = await rightSize(roomy(), defaultCatalog, { today, usage });
    const [row] = report.requests?.rows ?? [];
    expect(row?.memory).toMatchObject({ because: "oomKill" });
    expect(row?.memory.proposed).toBeGreaterThanOrEqual(2_048 * 1.2 * mebibyte);
    expect(row?.saved).toBeLessThan(0);
  });
});

describe("node sizes", () => {
  test("advise the shape that the pods ask for: memory for memory, and more nodes rather than fewer", async () => {
    const estate = roomy({ workloads: [workload("cache", 12, 250, 6_144)] });
    const { nodePools } = await rightSize(estate, defaultCatalog, { today });
    const [pool] = nodePools;
    expect(pool?.askedGiBPerVcpu).toBeGreaterThan(20);
    const advised = pool?.advised;
    expect((advised?.memoryGiB ?? 0) / (advised?.vcpu ?? 1)).toBe(8);
    expect(advised?.difference).toBeLessThan(0);
    expect(advised?.unplacedPods).toBe(0);
    const open = (pool?.curve ?? []).filter(({ unplacedPods, nodes }) => unplacedPods === 0 && nodes >= 3);
    const cheapest = Math.min(...open.map(({ difference }) => difference));
    expect((advised?.difference ?? 0) - cheapest).toBeLessThanOrEqual(0.02 * (pool?.own?.monthly ?? 0));
  });

  test("keep to what the pool asks for: generation, processor, ephemeral disk, sandbox", async () => {
    const pool = givenPool({ vmSize: "Standard_D8ds_v5", osDisk: ephemeral, workloadRuntime: "KataVmIsolation" });
    const estate = roomy({ clusters: [givenCluster({ nodePools: [pool] })] });
    const kata = estate.workloads.map((each) => ({ ...each, runtimeClassName: "kata-vm-isolation" }));
    const { nodePools } = await rightSize({ ...estate, workloads: kata }, defaultCatalog, { today });
    const sizes = (nodePools[0]?.curve ?? []).flatMap(({ vmSize }) => defaultCatalog.vmSize(vmSize) ?? []);
    expect(sizes.length).toBeGreaterThan(3);
    for (const size of sizes) {
      expect(size).toMatchObject({ architecture: "amd64", gpus: 0, burstable: false, nestedVirtualization: true });
      expect(size.tempDiskGiB).toBeGreaterThanOrEqual(128);
      expect(Number(/_v(\d+)$/.exec(size.name)?.[1])).toBeGreaterThanOrEqual(5);
    }
  });

  test("a pool that no pod needs a node of goes, and is said to be empty", async () => {
    const spare = givenPool({
      name: "spare",
      vmSize: "Standard_D4s_v5",
      minimumNodes: 3,
      maximumNodes: 3,
      autoscaling: false,
      taints: [{ key: "spare", effect: "NoSchedule" }],
    });
    const cluster = givenCluster({ nodePools: [...(roomy().clusters[0]?.nodePools ?? []), spare] });
    const report = await rightSize(roomy({ clusters: [cluster] }), defaultCatalog, { today });
    expect(report.idle[0]).toMatchObject({ kind: "emptyPool", id: "main/spare", effect: "cash" });
    expect(report.nodePools.find(({ pool }) => pool === "spare")).toMatchObject({
      reason: "no pod needs a node of it",
    });
    expect(report.steps.find(({ step }) => step === "nodeCounts")?.saved).toBeGreaterThan(report.idle[0]?.monthly ?? 0);
  });

  test("a size that the catalog does not know, and a region without prices, are said and not guessed", async () => {
    const odd = await rightSize(
      roomy({ clusters: [givenCluster({ nodePools: [givenPool({ vmSize: "Standard_Nope" })] })] }),
      defaultCatalog,
      { today },
    );
    expect(odd.nodePools[0]).toMatchObject({ curve: [], reason: "the catalog does not know Standard_Nope" });
    const nowhere = await rightSize(
      roomy({ clusters: [givenCluster({ region: "atlantis", nodePools: [givenPool()] })] }),
      defaultCatalog,
      { today },
    );
    expect(nowhere.nodePools[0]?.advised).toBeUndefined();
    expect(nowhere.nodePools[0]?.unpriced.length).toBeGreaterThan(10);
    expect(nowhere.partial).toBe(true);
  });

  test("more pods a node than run there cost memory that a lower maximum gives back", async () => {
    const pool = givenPool({ vmSize: "Standard_D4s_v5", maxPods: 250, osDisk: ephemeral });
    const { nodePools } = await rightSize(roomy({ clusters: [givenCluster({ nodePools: [pool] })] }), defaultCatalog, {
      today,
    });
    const lever = nodePools[0]?.levers.find(({ kind }) => kind === "maxPods");
    // 25 % of 16 GiB against 20 Mi × 30 + 50 Mi.
    expect((lever?.memoryFreedGiB ?? 0) / (lever?.nodes ?? 1)).toBeCloseTo(4 - 650 / 1024, 6);
  });
});

describe("idle things", () => {
  test("are volumes, addresses, Services and workloads that nothing uses", async () => {
    const selector = { spec: { selector: { app: "gone" } } };
    const estate = roomy({
      claims: [givenStandaloneClaim("old", 100, { storageClassName: "managed-csi-premium" })],
      services: [
        givenService("legacy", { type: "LoadBalancer", object: givenObject("Service", "legacy", selector) }),
        givenService("web", {
          type: "LoadBalancer",
          workloads: ["prod/main/shop/Deployment/web"],
          object: givenObject("Service", "web", selector),
        }),
      ],
      cloudServices: [givenCloudService("spare-ip", "publicIp")],
      objects: [
        givenPlacedObject(givenObject("PersistentVolume", "left", { status: { phase: "Released" } }), {
          namespace: undefined,
        }),
      ],
      workloads: [workload("web", 8, 1_000, 2_048), workload("sleeper", 1, 500, 512)],
    });
    const usage = csv(steady("sleeper", 1, 0.001, 0.1));
    const { idle, steps } = await rightSize(estate, defaultCatalog, { today, usage });
    expect(idle.map(({ kind }) => kind).toSorted()).toEqual([
      "idleWorkload",
      "serviceWithoutPods",
      "unclaimedVolume",
      "unmountedVolume",
      "unusedAddress",
    ]);
    expect(idle.find(({ kind }) => kind === "unclaimedVolume")?.monthly).toBeUndefined();
    // P10 and one address; what a workload asks for leaves the bill with nodes only.
    const cash = idle.filter(({ effect }) => effect === "cash").reduce((sum, { monthly }) => sum + (monthly ?? 0), 0);
    expect(steps[0]?.saved).toBeCloseTo(cash, 2);
    expect(cash).toBeGreaterThan(20);
  });
});

describe("a sweep of replicas", () => {
  test("holds what carries the demand, with what can be lost", async () => {
    const { replicas } = await rightSize(roomy(), defaultCatalog, { today, workload: "web" });
    expect(replicas).toMatchObject({ demandBasis: "requests", demand: { cpuMillicores: 8_000 } });
    const points = replicas?.points ?? [];
    expect(points.filter(({ isDeclared }) => isDeclared)).toMatchObject([{ replicas: 8, difference: 0, spare: 0 }]);
    for (const { headroom, replicas: pods, pod, spare, blastRadius } of points) {
      expect(headroom).toBeGreaterThanOrEqual(-1e-9);
      expect((pods - spare) * pod.cpuMillicores).toBeGreaterThanOrEqual(8_000);
      expect(blastRadius).toBeCloseTo(1 / pods, 12);
    }
  });

  test("pays sidecars once a pod: many small pods ask for more than few large ones", async () => {
    const web = workload("web", 4, 1_100, 2_148);
    const sidecar = {
      ...givenContainer("proxy"),
      role: "sidecar" as const,
      requests: { cpuMillicores: 100, memoryBytes: 100 * mebibyte },
    };
    const main = { ...givenContainer("app"), requests: { cpuMillicores: 1_000, memoryBytes: 2_048 * mebibyte } };
    const estate = roomy({ workloads: [{ ...web, containers: [main, sidecar] }] });
    const { replicas } = await rightSize(estate, defaultCatalog, { today, workload: "shop/web" });
    expect(replicas?.perPod).toEqual({ cpuMillicores: 100, memoryBytes: 100 * mebibyte });
    const exact = (replicas?.points ?? []).filter(({ headroom }) => Math.abs(headroom) < 1e-9);
    const few = exact.find(({ replicas: pods }) => pods === 2);
    const many = exact.find(({ replicas: pods }) => pods === 16);
    expect(many?.allocated).toBeGreaterThan(few?.allocated ?? Number.POSITIVE_INFINITY);
    expect(many?.pod.cpuMillicores).toBe(350);
  });

  test("of nobody, or of one of several, is an error with what to write", async () => {
    const unknown = await rightSize(roomy(), defaultCatalog, { today, workload: "wev" });
    expect(unknown.diagnostics).toMatchObject([{ code: "EST-770", hint: "Did you mean web?" }]);
    const twice = roomy({
      workloads: [
        workload("web", 1, 100, 100),
        { ...givenWorkload({ name: "web", namespace: "other", cpu: 10, memoryMiB: 10 }) },
      ],
    });
    const ambiguous = await rightSize(twice, defaultCatalog, { today, workload: "web" });
    expect(ambiguous.diagnostics).toMatchObject([{ code: "EST-771" }]);
  });
});
