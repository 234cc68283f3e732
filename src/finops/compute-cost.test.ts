import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../catalog/default-catalog.ts";
import { type Figure, likelyValue } from "../estate/figures/figure.ts";
import type { CommercialTerms, Estate } from "../estate/model/estate.ts";
import { placeWorkloads } from "../scheduling/place-workloads.ts";
import {
  givenClaim,
  givenCloudService,
  givenCluster,
  givenDataStore,
  givenEstate,
  givenObject,
  givenPlacedObject,
  givenPool,
  givenService,
  givenStandaloneClaim,
  givenWorkload,
} from "../scheduling/testing/given-estate.ts";
import { computeCost } from "./compute-cost.ts";
import type { CostReport } from "./cost-report.ts";

const fixed = (nodes: number) => ({ autoscaling: false, minimumNodes: nodes, maximumNodes: nodes });
const ephemeral = { type: "Ephemeral", sizeGiB: undefined } as const;
const noTerms: CommercialTerms = { discounts: [], reservations: [], savingsPlans: [], operatorHourCost: undefined };

function cost(given: Partial<Estate>, today = "2026-11-22"): CostReport {
  const estate = givenEstate(given);
  return computeCost(estate, placeWorkloads(estate, defaultCatalog), defaultCatalog, { today });
}

/** A cluster of one pool of three D4s_v5 with free OS disks and nothing else that costs. */
function bareCluster(given: Parameters<typeof givenCluster>[0] = {}) {
  const cluster = givenCluster({ tier: "Free", nodePools: [givenPool({ ...fixed(3), osDisk: ephemeral })], ...given });
  return { ...cluster, network: { ...cluster.network, outbound: "userDefinedRouting", ...given.network } };
}

function line(report: CostReport, id: string) {
  return report.lines.find((each) => each.id === id);
}

function amount(report: CostReport, id: string): number | undefined {
  const found = line(report, id);
  return found === undefined ? undefined : likelyValue(found.monthlyCost);
}

function ids(report: CostReport): readonly string[] {
  return report.lines.map(({ id }) => id);
}

function cents(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.round(value * 100) / 100;
}

describe("nodes", () => {
  test("cost their list price for 730 hours", () => {
    const report = cost({ clusters: [bareCluster()] });
    expect(ids(report)).toEqual(["cost/main/user/node"]);
    // D4s_v5 in westeurope: 0.23 USD an hour.
    expect(amount(report, "cost/main/user/node")).toBeCloseTo(3 * 0.23 * 730, 9);
    expect(likelyValue(report.monthly)).toBe(503.7);
    expect(report.pricesAsOf).toBe("2026-08-20");
    expect(report.partial).toBe(false);
    const reasons = line(report, "cost/main/user/node")?.monthlyCost.reasons ?? [];
    expect(reasons[0]).toEqual({ kind: "formula", text: "3 nodes × 0.23 USD × 730 h" });
    expect(reasons.some((reason) => reason.kind === "figure" && reason.figure.id === "placement/main/user/nodes")).toBe(
      true,
    );
    expect(
      reasons.some((reason) => reason.kind === "fact" && reason.value === 0.23 && reason.asOf === "2026-08-20"),
    ).toBe(true);
  });

  test("a negotiated discount takes its share off, whatever the spelling of the service", () => {
    const discounts = [{ service: "Virtual Machines", ratio: 0.12 }];
    const report = cost({ clusters: [bareCluster()], commercial: { ...noTerms, discounts } });
    expect(likelyValue(report.monthly)).toBe(443.26);
    expect(
      cost({ clusters: [bareCluster()], commercial: { ...noTerms, discounts: [{ service: "all", ratio: 1 }] } }).monthly
        .result,
    ).toEqual({
      kind: "exact",
      value: 0,
    });
  });

  test("a declared rate turns the bill into the estate's currency", () => {
    const report = cost({
      clusters: [bareCluster()],
      currency: "EUR",
      exchangeRate: { perUsd: 0.92, asOf: "2026-11-20" },
    });
    expect(report.currency).toBe("EUR");
    expect(report.monthly.unit).toBe("EUR/month");
    expect(likelyValue(report.monthly)).toBe(463.4);
  });

  test("without a rate the bill stays in USD and says so", () => {
    const quoted = givenCloudService("maps", "maps", {
      price: { monthlyCost: 50, source: "quote", asOf: "2026-11-01" },
    });
    const report = cost({ clusters: [bareCluster()], currency: "EUR", cloudServices: [quoted] });
    expect(report.currency).toBe("USD");
    expect(likelyValue(report.monthly)).toBe(503.7);
    expect(report.assumptions.map(({ id }) => id)).toContain("ASM-078");
    expect(report.unpriced[0]?.reason).toBe("its price is in EUR, which has no exchange rate");
  });

  test("a size or region without a price is listed, not guessed", () => {
    const report = cost({ clusters: [bareCluster({ region: "polandcentral" })] });
    expect(report.unpriced).toEqual([
      {
        id: "cost/main/user/node",
        label: "3 nodes of main/user",
        reason: "the catalog has no price of Standard_D4s_v5 in polandcentral",
        hint: "check the size's name, or choose a priced size or region",
      },
    ]);
    expect(report.partial).toBe(true);
    expect(likelyValue(report.monthly)).toBe(0);
  });

  test("spot nodes cost the day's spot price, at most their ceiling", () => {
    const spot = givenPool({ ...fixed(2), osDisk: ephemeral, spot: true });
    const report = cost({ clusters: [bareCluster({ nodePools: [spot] })] });
    const result = line(report, "cost/main/user/node-spot")?.monthlyCost.result;
    expect(result).toMatchObject({ kind: "range", high: 2 * 0.23 * 730 });
    expect(likelyValue(report.monthly)).toBe(cents(2 * 0.042504 * 730));
    const capped = cost({ clusters: [bareCluster({ nodePools: [{ ...spot, spotMaxPrice: 0.05 }] })] });
    expect(line(capped, "cost/main/user/node-spot")?.monthlyCost.result).toMatchObject({ high: 2 * 0.05 * 730 });
  });

  test("of an environment with hours are priced all month, the low end for its hours", () => {
    const environments = [{ name: "prod", criticality: "low", hours: "Mon-Fri 07:00-19:00", timeZone: "UTC" } as const];
    const report = cost({ clusters: [bareCluster()], environments });
    const result = report.monthly.result;
    expect(result).toMatchObject({ kind: "range", likely: 503.7, high: 503.7 });
    // 60 of 168 hours a week.
    expect(result.kind === "range" ? result.low : undefined).toBe(cents((503.7 * 60) / 168));
    expect(report.assumptions.map(({ id }) => id)).toContain("ASM-070");
  });

  test("the low end of an undeclared count is what requests fill", () => {
    const pool = (mode: "System" | "User") =>
      givenPool({ mode, countDeclared: false, minimumNodes: 3, maximumNodes: 1000, osDisk: ephemeral });
    const workloads = [givenWorkload({ name: "web", cpu: 2000, memoryMiB: 100, replicas: 2 })];
    const bill = (mode: "System" | "User", given = workloads) =>
      cost({ clusters: [bareCluster({ nodePools: [pool(mode)] })], workloads: given }).monthly.result;
    expect(bill("User")).toEqual({ kind: "range", low: 335.8, likely: 503.7, high: 503.7 });
    expect(bill("User", [])).toMatchObject({ low: 167.9 });
    expect(bill("System", [])).toMatchObject({ low: 335.8 });
  });

  test("the high end is every autoscaler at its maximum", () => {
    const pool = givenPool({ osDisk: ephemeral });
    const workloads = [givenWorkload({ name: "web", cpu: 3000, memoryMiB: 100, replicas: 1, maximum: 4 })];
    const report = cost({ clusters: [bareCluster({ nodePools: [pool] })], workloads });
    expect(report.monthly.result).toEqual({ kind: "range", low: 167.9, likely: 167.9, high: 671.6 });
    expect(report.assumptions.find(({ id }) => id === "ASM-083")?.text).toContain("(4 nodes)");
  });
});

describe("commitments", () => {
  const eastus2 = { clusters: [bareCluster({ region: "eastus2" })] };
  const reservation = {
    vmSize: "Standard_D8s_v5",
    region: "eastus2",
    quantity: 1,
    termYears: 3,
    until: "2028-01-01",
  } as const;

  test("a reservation covers nodes of its group; what is left over is unused commitment", () => {
    const report = cost({ ...eastus2, commercial: { ...noTerms, reservations: [reservation] } });
    // 3,986 USD for three years of a D8s_v5, which covers two D4s_v5; the third is pay as you go at 0.192.
    expect(amount(report, "cost/main/user/node-reserved-1")).toBeCloseTo((3986 / 26_280) * 730, 6);
    expect(amount(report, "cost/main/user/node")).toBeCloseTo(0.192 * 730, 9);
    expect(report.parts.unusedCommitment).toBe(0);
    const idle = cost({ ...eastus2, commercial: { ...noTerms, reservations: [{ ...reservation, quantity: 4 }] } });
    // To the cent less the one that largest remainder may move.
    expect(Math.abs(idle.parts.unusedCommitment - (2.5 * 3986 * 730) / 26_280)).toBeLessThan(0.01);
    expect(amount(idle, "cost/main/user/node")).toBeUndefined();
  });

  test("an ended commitment neither costs nor covers", () => {
    const report = cost({ ...eastus2, commercial: { ...noTerms, reservations: [reservation] } }, "2028-01-02");
    expect(ids(report)).toEqual(["cost/main/user/node"]);
    expect(report.assumptions.map(({ id }) => id)).toContain("ASM-082");
    expect(
      ids(cost({ ...eastus2, commercial: { ...noTerms, reservations: [reservation] } }, "2028-01-01")),
    ).toHaveLength(2);
  });

  test("a savings plan pays what reservations leave, at its rate", () => {
    const savingsPlans = [{ hourlyCommitment: 0.13248, termYears: 1, until: undefined } as const];
    const report = cost({ ...eastus2, commercial: { ...noTerms, savingsPlans } });
    // 0.13248 USD an hour is the one-year rate of one D4s_v5.
    expect(line(report, "cost/main/user/node-savings-plan-1")?.quantity).toBeCloseTo(1, 9);
    expect(amount(report, "cost/main/user/node")).toBeCloseTo(2 * 0.192 * 730, 6);
    expect(report.parts.unusedCommitment).toBe(0);
  });

  test("commitments that nothing uses are paid all the same", () => {
    const savingsPlans = [{ hourlyCommitment: 2, termYears: 3, until: undefined } as const];
    const report = cost({ clusters: [], commercial: { ...noTerms, savingsPlans } });
    expect(report.parts).toMatchObject({ unusedCommitment: 1460, idle: 0, fees: 0 });
    expect(likelyValue(report.monthly)).toBe(1460);
  });
});

describe("what a cluster costs besides its nodes", () => {
  test("tier, load balancer with rules beyond five, addresses", () => {
    const ports = Array.from({ length: 6 }, (_, index) => ({ port: 80 + index, protocol: "TCP" }));
    const services = [
      givenService("web", { type: "LoadBalancer", ports }),
      givenService("inner", { type: "LoadBalancer", internal: true }),
    ];
    const cluster = givenCluster({ nodePools: [] });
    const report = cost({ clusters: [cluster], services });
    expect(
      Object.fromEntries(report.lines.map(({ id, monthlyCost }) => [id, cents(likelyValue(monthlyCost))])),
    ).toEqual({
      "cost/main/clusterTier": 73,
      "cost/main/loadBalancer/public": 18.25,
      // Six ports and the way out are seven rules, five are included.
      "cost/main/loadBalancer/public/rules": 14.6,
      "cost/main/loadBalancer/internal": 18.25,
      "cost/main/publicIp/prod/shop/web": 3.65,
      "cost/main/publicIp/outbound": 3.65,
    });
    expect(report.parts).toMatchObject({ fees: 127.75, tenant: 3.65 });
  });

  test("a NAT gateway instead of outbound rules, and Defender by vCPU", () => {
    const cluster = bareCluster({
      monitoring: { containerInsights: true, managedPrometheus: undefined, defender: true },
    });
    const report = cost({ clusters: [{ ...cluster, network: { ...cluster.network, outbound: "managedNATGateway" } }] });
    expect(amount(report, "cost/main/natGateway")).toBeCloseTo(0.045 * 730, 9);
    expect(amount(report, "cost/main/defender")).toBeCloseTo(12 * 0.00941 * 730, 9);
    expect(report.unpriced.map(({ id }) => id)).toEqual(["cost/main/containerInsights"]);
  });

  test("managed OS disks by size of the node, free when ephemeral", () => {
    const pool = (vmSize: string) => givenPool({ ...fixed(1), vmSize });
    const disk = (vmSize: string) =>
      line(cost({ clusters: [bareCluster({ nodePools: [pool(vmSize)] })] }), "cost/main/user/osDisk");
    expect(disk("Standard_D4s_v5")?.unitPrice).toBe(21.68);
    expect(disk("Standard_D8s_v5")?.label).toContain("P15 LRS");
    expect(disk("Standard_D4_v5")?.label).toContain("E10 LRS");
  });
});

describe("volumes", () => {
  const stateful = (given: Parameters<typeof givenClaim>[2], sizeGiB?: number) =>
    cost({
      clusters: [bareCluster()],
      workloads: [
        givenWorkload({
          name: "db",
          kind: "StatefulSet",
          replicas: 3,
          cpu: 100,
          memoryMiB: 100,
          claims: [givenClaim("data", sizeGiB, given)],
        }),
      ],
    });
  const id = "cost/prod/main/shop/StatefulSet/db/data";

  test.each([
    ["managed-csi-premium", 100, "P10 ZRS", 3 * 32.519],
    ["default", 100, "E10 ZRS", 3 * 14.4],
    [undefined, 4, "E1 ZRS", 3 * 0.45],
    ["azurefile-csi-premium", 10, "Premium LRS file share", 3 * 100 * 0.192],
  ])("class %s of %d GiB is %s", (storageClassName, sizeGiB, what, monthly) => {
    const report = stateful({ storageClassName }, sizeGiB);
    expect(line(report, id)?.label).toContain(what);
    expect(amount(report, id)).toBeCloseTo(monthly, 9);
    expect(report.allocation.find(({ workload }) => workload?.endsWith("/db"))?.tenant).toBe("retail");
  });

  test("a standard file share is billed by what is stored: between nothing and its size", () => {
    const report = stateful({ storageClassName: "azurefile-csi" }, 100);
    expect(line(report, id)?.monthlyCost.result).toEqual({ kind: "range", low: 0, likely: 18, high: 18 });
  });

  test("a StorageClass object says what its name stands for", () => {
    const storageClass = givenObject("StorageClass", "fast", {
      apiVersion: "storage.k8s.io/v1",
      provisioner: "disk.csi.azure.com",
      parameters: { skuName: "PremiumV2_LRS" },
    });
    const workloads = [
      givenWorkload({
        name: "db",
        kind: "StatefulSet",
        claims: [givenClaim("data", 100, { storageClassName: "fast" })],
      }),
    ];
    const objects = [givenPlacedObject(storageClass)];
    const report = cost({ clusters: [bareCluster()], workloads, objects });
    expect(amount(report, id)).toBeCloseTo(100 * 730 * 0.00013, 9);
    expect(cost({ clusters: [bareCluster()], workloads }).unpriced.map(({ reason }) => reason)).toEqual([
      "what storage class fast stands for is not known",
    ]);
  });

  test("a claim by name is one volume of whoever mounts it, also when only the reference is known", () => {
    const mount = (name: string) =>
      givenWorkload({
        name,
        cpu: 100,
        memoryMiB: 100,
        tenant: "risk",
        claims: [givenClaim("files", undefined, { perReplica: false })],
      });
    const declared = cost({
      clusters: [bareCluster()],
      workloads: [mount("one"), mount("two")],
      claims: [givenStandaloneClaim("files", 100, { storageClassName: "managed-csi" })],
    });
    expect(declared.lines.filter(({ category }) => category === "dataDisk")).toHaveLength(1);
    expect(declared.allocation.find(({ workload }) => workload?.endsWith("/one"))?.tenant).toBe("risk");
    const missing = cost({ clusters: [bareCluster()], workloads: [mount("one"), mount("two")] });
    expect(missing.unpriced.map(({ reason }) => reason)).toEqual(["its size is not among the manifests"]);
  });
});

describe("services", () => {
  test("belong to the application's tenant, to the only tenant that uses them, or to all", () => {
    const price = { monthlyCost: 10, source: "quote", asOf: "2026-11-01" };
    const workload = givenWorkload({ name: "web", cpu: 100, memoryMiB: 100, application: "shop" });
    const evidence = [] as const;
    const report = cost({
      clusters: [bareCluster()],
      workloads: [workload],
      cloudServices: [givenCloudService("mine", "x", { price }), givenCloudService("all", "x", { price })],
      dependencies: [{ from: workload.id, to: { kind: "cloudService", name: "mine" }, type: "hard", evidence }],
    });
    expect(
      report.allocation.find(({ application, workload: id }) => application === "shop" && id === undefined)
        ?.monthlyCost,
    ).toBe(10);
    expect(report.allocation.find(({ subject }) => subject === "CloudService/all")?.part).toBe("sharedPlatform");
  });

  test("that are not chosen, unknown or billed by use are listed with what to do", () => {
    const report = cost({
      clusters: [],
      cloudServices: [givenCloudService("vault", "keyVault"), givenCloudService("mail", "sendMail")],
      dataStores: [givenDataStore("orders", "auto"), givenDataStore("inside", "statefulSet")],
    });
    expect(report.unpriced.map(({ id, reason }) => [id, reason])).toEqual([
      ["cost/CloudService/vault", "it is billed by use, which is not declared"],
      ["cost/CloudService/mail", "how sendMail is billed is not known"],
      ["cost/DataStore/orders", "its service is not chosen yet"],
    ]);
    expect(report.unpriced.every(({ hint }) => hint.length > 0)).toBe(true);
    expect(report.partial).toBe(true);
  });

  test("a store is priced once however many environments its application has, and says so", () => {
    const environments = ["dev", "prod"].map(
      (name) => ({ name, criticality: "low", hours: "always", timeZone: "UTC" }) as const,
    );
    const cloudServices = [givenCloudService("bus", "serviceBus", { tier: "Premium" })];
    const report = cost({
      clusters: [],
      environments,
      cloudServices,
      dataStores: [givenDataStore("db", "azureSql", { sku: "S0" })],
    });
    expect(amount(report, "cost/CloudService/bus")).toBeCloseTo(0.9275 * 730, 9);
    expect(report.assumptions.map(({ id, subject }) => [id, subject])).toEqual([
      ["ASM-079", "DataStore/db"],
      ["ASM-080", "DataStore/db"],
    ]);
    const cited = line(report, "cost/DataStore/db")?.monthlyCost.reasons.flatMap((reason) =>
      reason.kind === "assumption" ? [reason.id] : [],
    );
    expect(cited).toEqual(["ASM-079"]);
  });
});

describe("sharing out", () => {
  test("by requests, at the price of a vCPU and a GiB, with overhead and idle apart", () => {
    const workloads = [
      givenWorkload({ name: "cpu", cpu: 2000, memoryMiB: 0, tenant: "a" }),
      givenWorkload({ name: "memory", cpu: 0, memoryMiB: 8192, tenant: "b" }),
      givenWorkload({
        name: "agent",
        kind: "DaemonSet",
        namespace: "kube-system",
        cpu: 100,
        memoryMiB: 0,
        tenant: "platform",
      }),
      givenWorkload({ name: "gitops", namespace: "flux", cpu: 100, memoryMiB: 0, tenant: "platform" }),
    ];
    const report = cost({ clusters: [bareCluster()], workloads });
    const of = (tenant: string) =>
      report.allocation.filter((row) => row.tenant === tenant).reduce((sum, row) => sum + row.monthlyCost, 0);
    // westeurope v5: (0.304 - 0.230) / 16 = 0.004625 a GiB, (0.230 - 16 × 0.004625) / 4 = 0.039 a vCPU.
    expect(of("a")).toBe(cents(2 * 0.039 * 730));
    expect(of("b")).toBe(cents(8 * 0.004625 * 730));
    expect(report.parts.sharedPlatform).toBe(cents(0.1 * 0.039 * 730));
    const overhead =
      3 * (0.49 * 0.039 + (2820 / 1024) * 0.004625) + 0.35 * 0.039 + (300 / 1024) * 0.004625 + 0.3 * 0.039;
    expect(report.parts.systemOverhead).toBe(cents(overhead * 730));
    expect(report.parts.idle).toBeGreaterThan(0);
    const parts = Object.values(report.parts).reduce((sum, part) => sum + Math.round(part * 100), 0);
    expect(parts).toBe(50_370);
  });

  test("an unplaced pod costs nothing and is listed", () => {
    const report = cost({
      clusters: [bareCluster()],
      workloads: [givenWorkload({ name: "big", cpu: 64_000, memoryMiB: 100 })],
    });
    expect(report.unpriced[0]?.label).toBe("1 pod of prod/main/shop/Deployment/big");
    expect(report.parts.tenant).toBe(0);
  });
});

test("every figure names what it stands on", () => {
  const report = cost({
    clusters: [givenCluster()],
    workloads: [givenWorkload({ name: "web", cpu: 100, memoryMiB: 100 })],
  });
  const figures: Figure[] = [report.monthly, ...report.lines.map(({ monthlyCost }) => monthlyCost)];
  for (const figure of figures) {
    expect(figure.reasons.some(({ kind }) => kind === "formula")).toBe(true);
    expect(figure.reasons.length).toBeGreaterThan(1);
  }
  expect(new Set(ids(report)).size).toBe(report.lines.length);
});
