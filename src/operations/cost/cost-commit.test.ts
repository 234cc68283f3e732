import { beforeAll, describe, expect, test } from "vitest";
import type { Catalog } from "../../catalog/catalog.ts";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { likelyValue } from "../../estate/figures/figure.ts";
import type { Cluster, NodePool } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { loadMixedIntegerSolver, type MixedIntegerSolver } from "../../finops/commitments/mix/mixed-integer-solver.ts";
import { givenCluster, givenEstate, givenPool, givenWorkload } from "../../scheduling/testing/given-estate.ts";
import { chooseCommitments } from "./cost-commit.ts";
import { costCommitmentsSchemaMatches } from "./cost-commit-schema.ts";
import type { CommitmentOptions } from "./cost-commit-study.ts";

let solver: MixedIntegerSolver;
beforeAll(async () => {
  solver = await loadMixedIntegerSolver();
});

const noTerms = { discounts: [], reservations: [], savingsPlans: [], operatorHourCost: undefined };

function fixedPool(nodes: number, given: Partial<NodePool> = {}): NodePool {
  return givenPool({ autoscaling: false, minimumNodes: nodes, maximumNodes: nodes, ...given });
}

function cluster(given: Partial<Cluster> = {}): Cluster {
  return givenCluster({ region: "eastus2", tier: "Free", nodePools: [fixedPool(3)], ...given });
}

function choose(given: Partial<Estate>, options: Partial<CommitmentOptions> = {}, catalog: Catalog = defaultCatalog) {
  return chooseCommitments(givenEstate({ commercial: noTerms, ...given }), catalog, {
    today: "2026-11-22",
    solver,
    terms: [1, 3],
    reservations: true,
    savingsPlans: true,
    spot: true,
    growthPercent: 0,
    mostFallPercent: 30,
    stopOutsideHours: false,
    ...options,
  });
}

describe("choosing commitments", () => {
  test("three steady nodes are reserved for three years at the published price", () => {
    const report = choose({ clusters: [cluster()] });
    const [purchase, ...others] = report.purchases;
    expect(others).toEqual([]);
    expect(purchase).toMatchObject({
      kind: "reservation",
      vmSize: "Standard_D4s_v5",
      instances: 3,
      termYears: 3,
      utilisation: 1,
    });
    // 1,993 USD for the term of each; 9.5 hours a day, not 8.
    expect(purchase?.termTotal).toBeCloseTo(3 * 1993, 2);
    expect(purchase?.breakEvenHoursPerDay).toBeCloseTo(9.48, 2);
    expect(purchase?.lockedUntil).toBe("2029-11-21");
    expect(likelyValue(report.now)).toBeCloseTo(3 * 0.192 * 730, 2);
    expect(likelyValue(report.best)).toBeCloseTo((3 * 1993) / 36, 2);
    expect(report.ways.find(({ way }) => way === "best")?.monthly).toBe(likelyValue(report.best));
    expect(report.leastPossible).toBeLessThanOrEqual(likelyValue(report.best) ?? 0);
  });

  test.each([0.01, 0.03, 0.0837, 0.11, 0.17, 0.23])(
    "with %s off, the bill of now is the same cent in every table, and its parts add up to it",
    (ratio) => {
      const nodePools = [fixedPool(3), fixedPool(1, { name: "odd", vmSize: "Standard_E8ds_v5" })];
      const commercial = {
        ...noTerms,
        savingsPlans: [{ hourlyCommitment: 0.123499, termYears: 1 as const, until: "2028-01-01" }],
        discounts: [{ service: "virtualMachines", ratio }],
      };
      const report = choose({ clusters: [cluster({ region: "westeurope", nodePools })], commercial });
      const { parts, risk, ways, now } = report;
      const total = likelyValue(now);
      expect([parts.now.total, risk.falls[0]?.without, ways[0]?.monthly]).toEqual([total, total, total]);
      const cents = (amount: number) => Math.round(100 * amount);
      expect(cents(parts.now.payAsYouGo) + cents(parts.now.ownedCommitments)).toBe(cents(parts.now.total));
    },
  );

  test("what may be bought follows the options", () => {
    const estate = { clusters: [cluster()] };
    expect(choose(estate, { terms: [1] }).purchases.map(({ termYears }) => termYears)).toEqual([1]);
    const plan = choose(estate, { reservations: false });
    expect(plan.purchases.map(({ kind }) => kind)).toEqual(["savingsPlan"]);
    expect(choose(estate, { reservations: false, savingsPlans: false }).purchases).toEqual([]);
    expect(choose(estate, { months: 2 }).purchases).toEqual([]);
  });

  test("owned commitments count first; what nobody uses of them is nobody's", () => {
    const reservations = [
      { vmSize: "Standard_D8s_v5", region: "eastus2", quantity: 1, termYears: 3, until: "2028-01-01" },
      { vmSize: "Standard_E4s_v5", region: "eastus2", quantity: 1, termYears: 3, until: "2028-01-01" },
    ] as const;
    const report = choose({ clusters: [cluster()], commercial: { ...noTerms, reservations } });
    expect(report.purchases.map(({ instances }) => instances)).toEqual([1]);
    expect(report.owned.map(({ utilisation }) => utilisation)).toEqual([1, 0]);
    const nobody = report.tenants.find(({ part }) => part === "nobody");
    expect(nobody?.unused).toBeCloseTo((2517 / 26_280) * 730, 1);
    const { now } = report.parts;
    expect(now.payAsYouGo + now.ownedCommitments).toBeCloseTo(now.total, 2);
  });

  test("a missing price is named, and one of zero is no price", () => {
    const unknown = choose({ clusters: [cluster({ nodePools: [fixedPool(2, { vmSize: "Standard_Z9" })] })] });
    expect(unknown.partial).toBe(true);
    expect(unknown.purchases).toEqual([]);
    expect(unknown.unpriced.map(({ label }) => label).join()).toContain("main/user");
    const zero: Catalog = {
      ...defaultCatalog,
      reservationPrice: (region, vmSize, termYears) => {
        const fact = defaultCatalog.reservationPrice(region, vmSize, termYears);
        return fact === undefined ? undefined : { ...fact, value: 0 };
      },
    };
    const report = choose({ clusters: [cluster()] }, { savingsPlans: false }, zero);
    expect(report.purchases).toEqual([]);
    expect(report.unpriced.map(({ label }) => label)).toEqual([
      "1-year reservation of Standard_D4s_v5 in eastus2",
      "3-year reservation of Standard_D4s_v5 in eastus2",
    ]);
  });

  test("a cluster that stops outside its hours is used in them alone, and pays from its break-even only", () => {
    const environments = [
      { ...(givenEstate({}).environments[0] ?? { name: "prod" }), name: "prod", hours: "Mon-Fri 08:00-18:00" },
    ] as Estate["environments"];
    const estate = { environments, clusters: [cluster()] };
    const stopped = choose(estate, { stopOutsideHours: true, savingsPlans: false });
    expect(stopped.demand.stopped).toEqual(["main"]);
    // 50 of 168 hours are 7.1 a day: below 9.5.
    expect(stopped.curves[0]?.steps[0]?.hoursPerDay).toBeCloseTo((50 / 168) * 24, 3);
    expect(stopped.purchases).toEqual([]);
    expect(stopped.assumptions.map(({ id }) => id)).toContain("ASM-195");
    expect(choose(estate).purchases).not.toEqual([]);
  });

  test("spot is for pools whose workloads tolerate it, and only where it is the cheapest", () => {
    const toleration = { key: "kubernetes.azure.com/scalesetpriority", operator: "Exists", effect: "NoSchedule" };
    const workload = givenWorkload({ name: "web", tolerations: [toleration] });
    const inRegion = (region: string, vmSize: string) =>
      choose({ clusters: [cluster({ region, nodePools: [fixedPool(2, { vmSize })] })], workloads: [workload] });
    const cheap = inRegion("westeurope", "Standard_D4s_v5");
    expect(cheap.spot.map(({ chosen }) => chosen)).toEqual([true]);
    expect(cheap.purchases).toEqual([]);
    expect(cheap.parts.best.spot).toBeGreaterThan(0);
    // In eastus2 three years of E4s_v5 cost less than its spot price.
    const dear = inRegion("eastus2", "Standard_E4s_v5");
    expect(dear.spot.map(({ chosen, reason }) => [chosen, reason])).toEqual([[false, "commitments cost less for it"]]);
    const strict = choose({
      clusters: [cluster({ region: "westeurope" })],
      workloads: [givenWorkload({ name: "web" })],
    });
    expect(strict.spot[0]?.reason).toContain("does not tolerate the spot taint");
  });

  test("what everybody pays and what is unused is the bill", () => {
    const reservations = [
      { vmSize: "Standard_D8s_v5", region: "eastus2", quantity: 4, termYears: 1, until: undefined },
    ] as const;
    const environments = [{ ...givenEstate({}).environments[0], name: "prod", hours: "Mon-Fri 06:00-22:00" }];
    const report = choose(
      {
        environments: environments as Estate["environments"],
        clusters: [cluster({ nodePools: [fixedPool(3), fixedPool(2, { name: "more", vmSize: "Standard_E4s_v5" })] })],
        workloads: [givenWorkload({ name: "web" })],
        commercial: { ...noTerms, reservations },
      },
      { stopOutsideHours: true },
    );
    const paid = report.tenants.reduce((sum, { cost, unused }) => sum + cost + unused, 0);
    expect(paid).toBeCloseTo(report.parts.best.total, 1);
    expect(report.tenants.some(({ part }) => part === "tenant")).toBe(true);
  });

  test("measured hours replace the declared ones, and an unusable file says so", () => {
    const text = "time,pool,nodes\n0,user,9\n3600,user,9\n";
    const demand = { kind: "measured", source: "nodes.csv", text } as const;
    expect(choose({ clusters: [cluster()] }, { demand }).purchases[0]?.instances).toBe(9);
    const broken = choose({ clusters: [cluster()] }, { demand: { ...demand, text: "what" } });
    expect(broken.purchases[0]?.instances).toBe(3);
    expect(broken.diagnostics.map(({ code }) => code)).toEqual(["EST-764", "EST-769"]);
  });

  test("an estate without clusters or nodes has nothing to buy, and no curve", () => {
    const empty = choose({ clusters: [] });
    expect([empty.purchases, empty.curves, likelyValue(empty.now)]).toEqual([[], [], 0]);
    const none = choose({ clusters: [cluster({ nodePools: [fixedPool(0)] })] });
    expect(none.purchases).toEqual([]);
  });
});

test("the published schema has every field of the report", () => {
  expect(costCommitmentsSchemaMatches).toBe(true);
});
