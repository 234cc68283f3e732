import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assessAvailability } from "../../availability/assess-availability.ts";
import { improvementChanges } from "../../availability/improvements/improvement-changes.ts";
import { MINUTES_PER_MONTH } from "../../availability/journey-figures.ts";
import { givenApplication, givenDependency, givenJourney } from "../../availability/testing/given-journey.ts";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { likelyValue } from "../../estate/figures/figure.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { computeCost } from "../../finops/compute-cost.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import { givenDataStore, givenEstate, givenWorkload } from "../../scheduling/testing/given-estate.ts";
import { availabilityOf } from "./availability.ts";
import { rankChanges } from "./rank-improvements.ts";

const today = "2026-11-22";
const options = { today, environments: new Set(["prod"]), labels: new Map() };

interface GivenShop {
  readonly replicas?: number;
  readonly costPerMinute?: number;
  readonly objective?: number;
  readonly sku?: string;
}

/** A journey over a web front, an API and a database on the platform. */
function givenShop({ replicas = 1, costPerMinute, objective, sku = "Standard_D2ds_v5" }: GivenShop = {}): Estate {
  const web = givenWorkload({ name: "web", replicas, cpu: 200, memoryMiB: 256 });
  const api = givenWorkload({ name: "api", replicas: 1, cpu: 200, memoryMiB: 256 });
  const store = givenDataStore("orders", "postgresqlFlexible", { sku, zoneRedundant: false, sizeGiB: 64 });
  return givenEstate({
    workloads: [web, api],
    dataStores: [store],
    applications: [givenApplication()],
    dependencies: [
      givenDependency(web, { kind: "workload", id: api.id }),
      givenDependency(api, { kind: "dataStore", name: store.name }),
    ],
    journeys: [givenJourney([web.id], { downtimeCostPerMinute: costPerMinute, objectiveUnavailability: objective })],
  });
}

function assessed(estate: Estate): number {
  const [journey] = assessAvailability(estate, placeWorkloads(estate, defaultCatalog), defaultCatalog).journeys;
  return (journey && likelyValue(journey.unavailability)) ?? Number.NaN;
}

function billed(estate: Estate): number {
  const report = computeCost(estate, placeWorkloads(estate, defaultCatalog), defaultCatalog, { today });
  return likelyValue(report.monthly) ?? Number.NaN;
}

/** The same candidates as the ranking draws, by id, to make each again. */
function candidates(estate: Estate) {
  const changes = improvementChanges({
    estate,
    environments: new Set(["prod"]),
    workloads: new Set(estate.workloads.map(({ id }) => id)),
    stores: new Set(estate.dataStores.map(({ name }) => name)),
    services: new Set(),
    nearestRegion: () => "northeurope",
  });
  return new Map(changes.map((change) => [change.id, change]));
}

describe("what one unit of money buys", () => {
  test("downtime and money of each change are those of the estate assessed and billed with it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 50 }), (replicas, costPerMinute) => {
        const estate = givenShop({ replicas, costPerMinute });
        const { improvements } = rankChanges(estate, defaultCatalog, options);
        const made = candidates(estate);
        expect(improvements.length).toBeGreaterThan(2);
        for (const { id, minutesPerMonth, monthlyValue, extraMonthlyCost, upgradeMinutesPerMonth } of improvements) {
          const change = made.get(id)?.estate();
          expect(change, id).toBeDefined();
          if (change === undefined) continue;
          const gain = (assessed(estate) - assessed(change)) * MINUTES_PER_MONTH;
          expect(minutesPerMonth).toBeCloseTo(gain, 9);
          if (gain !== 0) expect(monthlyValue).toBeCloseTo((gain + (upgradeMinutesPerMonth ?? 0)) * costPerMinute, 6);
          const extra = likelyValue(extraMonthlyCost);
          // The bill is rounded to the cent, the difference is not.
          if (extra !== undefined) expect(Math.abs(extra - (billed(change) - billed(estate)))).toBeLessThan(0.02);
        }
      }),
      { numRuns: 4 },
    );
  });

  test("free changes come first, then the others by what they return", () => {
    const { improvements } = rankChanges(givenShop({ costPerMinute: 20 }), defaultCatalog, options);
    const costs = improvements.map(({ extraMonthlyCost }) => likelyValue(extraMonthlyCost));
    const firstPaid = costs.findIndex((cost) => cost === undefined || cost >= 0.01);
    expect(firstPaid).toBeGreaterThan(0);
    expect(costs.slice(firstPaid).every((cost) => cost === undefined || cost >= 0.01)).toBe(true);
    const returns = improvements.flatMap(({ valuePerUnitOfMoney }) => valuePerUnitOfMoney ?? []);
    expect(returns).toEqual(returns.toSorted((left, right) => right - left));
    expect(improvements.map(({ kind }) => kind)).toContain("serviceZones");
  });

  test("without a cost of downtime, minutes are set against money", () => {
    const { improvements } = rankChanges(givenShop(), defaultCatalog, options);
    const paid = improvements.filter(({ minutesPerUnitOfMoney }) => minutesPerUnitOfMoney !== undefined);
    expect(paid.length).toBeGreaterThan(0);
    expect(improvements.every(({ monthlyValue }) => monthlyValue === undefined)).toBe(true);
  });

  test("what has no price is last, and says which is missing", () => {
    const { improvements } = rankChanges(givenShop({ sku: "Standard_D2ds_v9" }), defaultCatalog, options);
    const zones = improvements.find(({ kind }) => kind === "serviceZones");
    expect(zones?.extraMonthlyCost.result).toMatchObject({ kind: "notEvaluable" });
    expect(zones?.minutesPerMonth).toBeGreaterThan(30);
    expect(improvements.at(-1)?.extraMonthlyCost.result.kind).toBe("notEvaluable");
  });

  test("a declared price is no reason to compare it with a list price", () => {
    const estate = givenShop();
    const declared = {
      ...estate,
      dataStores: estate.dataStores.map((store) => ({
        ...store,
        price: { monthlyCost: 5_000, source: "invoice", asOf: today },
      })),
    };
    const costOf = (of: Estate) => {
      const { improvements } = rankChanges(of, defaultCatalog, options);
      const zones = improvements.find(({ kind }) => kind === "serviceZones");
      return zones && likelyValue(zones.extraMonthlyCost);
    };
    expect(costOf(declared)).toBeCloseTo(costOf(estate) ?? Number.NaN, 6);
    expect(costOf(declared)).toBeGreaterThan(0);
  });

  test("an economy keeps the objective, and is none where the objective would be missed", () => {
    const loose = rankChanges(givenShop({ replicas: 3, objective: 0.05 }), defaultCatalog, options);
    expect(
      loose.economies.every(({ journeys }) => journeys.every(({ meetsObjective }) => meetsObjective !== false)),
    ).toBe(true);
    const tier = loose.economies.find(({ kind }) => kind === "controlPlaneTier");
    expect(tier?.monthlySaving).toBeCloseTo(73, 0);
    expect(tier?.minutesPerMonth).toBeGreaterThan(0);
    const missed = rankChanges(givenShop({ replicas: 3, objective: 1e-9 }), defaultCatalog, options);
    expect(missed.economies.filter(({ minutesPerMonth }) => minutesPerMonth > 0.005)).toEqual([]);
  });

  test("an estate without journeys has nothing to rank, and an aborted run ends", () => {
    expect(rankChanges(givenEstate({}), defaultCatalog, options)).toMatchObject({
      improvements: [],
      withoutResult: [],
    });
    const signal = AbortSignal.abort(new Error("stopped"));
    expect(() => rankChanges(givenShop(), defaultCatalog, { ...options, signal })).toThrow("stopped");
  });
});

describe("a journey in depth", () => {
  const report = availabilityOf(givenShop({ costPerMinute: 10, objective: 1e-3 }), defaultCatalog, {
    today,
    changes: false,
  });
  const [journey] = report.journeys;

  test("its margin and money follow from its downtime", () => {
    const minutes = (journey && likelyValue(journey.downtimeMinutesPerMonth)) ?? Number.NaN;
    expect(journey?.marginMinutesPerMonth).toBeCloseTo(43.83 - minutes, 9);
    expect(journey?.downtimeCost && likelyValue(journey.downtimeCost)).toBeCloseTo(minutes * 10, 9);
    expect(journey?.downtimeCost?.id).toBe("availability/prod/shop/checkout/downtime-cost");
  });

  test("a dependency needs one nine more than the objective", () => {
    expect(journey?.dependencyChecks?.map(({ label }) => label)).toEqual(["DataStore/orders"]);
  });

  test("the result moves in line with each event", () => {
    const minutes = (journey && likelyValue(journey.downtimeMinutesPerMonth)) ?? Number.NaN;
    for (const { never, third, threefold } of journey?.sensitivity ?? []) {
      // P = a + b q: a third of q is a third of the way from never to as it is.
      expect(third).toBeCloseTo(never + (minutes - never) / 3, 6);
      expect(threefold).toBeCloseTo(never + (minutes - never) * 3, 6);
    }
  });
});
