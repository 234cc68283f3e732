import { describe, expect, test } from "vitest";
import type { Assumption } from "../estate/assumptions/assumption.ts";
import type { AssumptionRule } from "../estate/assumptions/assumption-rule.ts";
import { defaultCluster, defaultRegion, defaultVmSize } from "../estate/assumptions/estate-rules.ts";
import { type Figure, likelyValue } from "../estate/figures/figure.ts";
import {
  givenCloudService,
  givenCluster,
  givenPool,
  givenSpread,
  givenWorkload,
} from "../scheduling/testing/given-estate.ts";
import { amount, bareCluster, cents, cost, ephemeral, fixed, ids, line, noTerms } from "./testing/given-cost.ts";

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

  test("an undeclared count says where its ends lie, and an assumed cluster that it is one", () => {
    const pool = givenPool({
      mode: "System",
      countDeclared: false,
      minimumNodes: 3,
      maximumNodes: 3,
      osDisk: ephemeral,
    });
    const of = (rule: AssumptionRule<never>, subject: string) => ({
      id: rule.id,
      name: rule.name,
      subject,
      text: "it is assumed",
      value: "assumed",
      replaceBy: rule.replaceBy,
    });
    const cited = (assumptions: readonly Assumption[]) => {
      const report = cost({ clusters: [bareCluster({ nodePools: [pool] })], assumptions });
      return line(report, "cost/main/user/node")?.monthlyCost.reasons ?? [];
    };
    const text =
      "low end 2 nodes, the least that AKS allows; likely 3 nodes, with the floor of an undeclared count; high end 3 nodes, as no autoscaler adds any";
    expect(cited([])).toContainEqual({ kind: "formula", text });
    expect(cited([])).toContainEqual(
      expect.objectContaining({ kind: "fact", value: 2, source: "aks-system-pools", asOf: "2026-04-30" }),
    );
    const ids = (assumptions: readonly Assumption[]) =>
      cited(assumptions).flatMap((reason) => (reason.kind === "assumption" ? [reason.id] : []));
    const region = of(defaultRegion, "Cluster/main");
    expect(ids([region, of(defaultVmSize, "Cluster/main/user"), of(defaultVmSize, "Cluster/main/other")])).toEqual([
      "ASM-002",
      "ASM-005",
    ]);
    // The assumption of a whole cluster names its region and size.
    expect(ids([of(defaultCluster, "Cluster/main"), region])).toEqual(["ASM-001"]);
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

  test("a node kept in each zone for required spread is assumed: the low end is the declared minimum", () => {
    const bill = (strength: "required" | "preferred") => {
      const pool = givenPool({ osDisk: ephemeral, minimumNodes: 1, maximumNodes: 4 });
      const spread = [givenSpread("topology.kubernetes.io/zone", strength)];
      const workloads = [givenWorkload({ name: "web", cpu: 100, memoryMiB: 100, replicas: 3, spread })];
      return cost({ clusters: [bareCluster({ nodePools: [pool] })], workloads });
    };
    expect(bill("required").monthly.result).toEqual({ kind: "range", low: 167.9, likely: 503.7, high: 503.7 });
    const cited = line(bill("required"), "cost/main/user/node")?.monthlyCost.reasons ?? [];
    expect(cited.flatMap((reason) => (reason.kind === "assumption" ? [reason.id] : []))).toContain("ASM-057");
    expect(bill("preferred").monthly.result).toEqual({ kind: "exact", value: 167.9 });
  });

  test("the high end is every autoscaler at its maximum", () => {
    const pool = givenPool({ osDisk: ephemeral });
    const workloads = [givenWorkload({ name: "web", cpu: 3000, memoryMiB: 100, replicas: 1, maximum: 4 })];
    const report = cost({ clusters: [bareCluster({ nodePools: [pool] })], workloads });
    expect(report.monthly.result).toEqual({ kind: "range", low: 167.9, likely: 167.9, high: 671.6 });
    expect(report.assumptions.find(({ id }) => id === "ASM-083")?.text).toContain(
      "all of them at their maximum (4 nodes)",
    );
    expect(report.assumptions.map(({ id }) => id)).not.toContain("ASM-086");
  });

  test("pods at the maximum that find no node are not in the high end, and are listed", () => {
    const pool = givenPool({ osDisk: ephemeral, minimumNodes: 1, maximumNodes: 4 });
    const workloads = [givenWorkload({ name: "web", cpu: 3000, memoryMiB: 100, replicas: 1, maximum: 6 })];
    const report = cost({ clusters: [bareCluster({ nodePools: [pool] })], workloads });
    expect(report.monthly.result).toMatchObject({ high: 671.6 });
    const text = (id: string) => report.assumptions.find((each) => each.id === id)?.text;
    expect(text("ASM-083")).toContain("4 of 6 pods of the cluster at the maximum, the rest finds no node (4 nodes)");
    expect(text("ASM-086")).toContain("Of the 6 pods at the autoscaler's maximum, 2 more than now find no node");
    const whole = cost({
      clusters: [bareCluster()],
      workloads: [givenWorkload({ name: "web", cpu: 3000, memoryMiB: 100, replicas: 3, maximum: 4 })],
    });
    expect(whole.assumptions.find(({ id }) => id === "ASM-086")?.text).toContain("1 more than now finds no node");
  });

  test("growth is covered by commitments that are unused now, before it costs anything", () => {
    const pool = givenPool({ osDisk: ephemeral });
    const workloads = [givenWorkload({ name: "web", cpu: 3000, memoryMiB: 100, replicas: 1, maximum: 4 })];
    const bill = (quantity: number) => {
      const reservations = [
        {
          vmSize: "Standard_D4s_v5",
          region: "westeurope",
          quantity,
          termYears: 3,
          until: undefined,
        } as const,
      ];
      return cost({
        clusters: [bareCluster({ nodePools: [pool] })],
        workloads,
        commercial: { ...noTerms, reservations },
      });
    };
    const range = (quantity: number) => {
      const { result } = bill(quantity).monthly;
      return result.kind === "range" ? result.high - result.likely : 0;
    };
    expect(range(1)).toBeCloseTo(3 * 167.9, 6);
    expect(range(3)).toBeCloseTo(167.9, 6);
    expect(range(4)).toBe(0);
    const formulas = line(bill(3), "cost/main/user/node")?.monthlyCost.reasons ?? [];
    expect(formulas).toContainEqual({
      kind: "formula",
      text: "of 3 more nodes at the high end, unused commitments, which the bill holds already, cover 2",
    });
    // A plan of 0.3 an hour covers the first node and part of the second.
    const savingsPlans = [{ hourlyCommitment: 0.3, termYears: 1, until: undefined } as const];
    const planned = cost({
      clusters: [bareCluster({ nodePools: [pool] })],
      workloads,
      commercial: { ...noTerms, savingsPlans },
    }).monthly.result;
    expect(planned.kind === "range" ? planned.high - planned.likely : 0).toBeLessThan(3 * 167.9 - 1);
    expect(planned.kind === "range" ? planned.high - planned.likely : 0).toBeGreaterThan(2 * 167.9);
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
