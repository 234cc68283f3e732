import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Application } from "../../estate/model/application.ts";
import {
  givenCloudService,
  givenCluster,
  givenDataStore,
  givenWorkload,
} from "../../scheduling/testing/given-estate.ts";
import {
  assess,
  assessOne,
  exactUnavailability,
  givenApplication,
  givenDependency,
  givenJourney,
  givenPlacement,
  givenPoolPlacement,
  givenShop,
  noRegions,
  standard,
  withinFirst,
} from "../testing/given-journey.ts";

const here = givenWorkload({ name: "web", application: "shop", cluster: "weu" });
const there = givenWorkload({ name: "web", application: "shop", cluster: "neu" });
const edge = givenCloudService("edge", "frontDoor", { tier: "Premium", regions: "global" });

/** Active in West Europe, passive in North Europe, two empty nodes beside each replica. */
function givenTwoRegions(given: Parameters<typeof givenShop>[0] = {}, through: readonly string[] = []) {
  const regions = { ...noRegions, mode: "activePassive" as const, primary: "westeurope" };
  const { estate } = givenShop(
    {
      clusters: [
        givenCluster({ name: "weu", region: "westeurope", ring: "1" }),
        givenCluster({ name: "neu", region: "northeurope", ring: "2" }),
      ],
      applications: [givenApplication({ regions: { ...regions, detectSeconds: 60, switchSeconds: 300 } })],
      workloads: [there],
      journeys: [givenJourney([here.id, there.id], { entry: { through } })],
      ...given,
    },
    here,
  );
  const nodes = (workload: typeof here) => [
    { zone: "1", pods: [workload] },
    { zone: "2", pods: [] },
  ];
  return {
    estate,
    placement: givenPlacement(givenPoolPlacement(nodes(here), "weu"), givenPoolPlacement(nodes(there), "neu")),
  };
}

function switchSeconds({ estate, placement }: ReturnType<typeof givenTwoRegions>): number {
  const recovery = assessOne(estate, placement).recovery?.find(({ scope }) => scope === "region");
  const { result } = recovery?.rtoSeconds ?? {};
  if (result?.kind !== "exact") throw new Error("no exact recovery time");
  return result.value;
}

describe("the switch of regions", () => {
  test("waits for the time to live of the name where DNS steers, not behind an anycast address", () => {
    expect(switchSeconds(givenTwoRegions())).toBe(60 + 300 + 300);
    expect(switchSeconds(givenTwoRegions({ cloudServices: [edge] }, ["edge"]))).toBe(60 + 300);
  });

  test("by Traffic Manager is one by DNS, with the time to live that is declared for the estate", () => {
    const manager = givenCloudService("steering", "trafficManager", { regions: "global" });
    const failureModel = new Map([["dns-time-to-live", { value: 30 / 3600 }]]);
    expect(switchSeconds(givenTwoRegions({ cloudServices: [manager], failureModel }, ["steering"]))).toBe(390);
  });

  test("counts the share of an outage that a simulation finds within the window", () => {
    // The part of exponential outages of mean M within the first t of each is 1 - exp(-t/M).
    const [repairHours, window] = [6, 660 / 3600];
    let state = 1;
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return (state + 0.5) / 2 ** 32;
    };
    let [down, counted] = [0, 0];
    for (let outage = 0; outage < 200_000; outage += 1) {
      const length = -repairHours * Math.log(random());
      down += length;
      counted += Math.min(length, window);
    }
    expect(Math.abs(counted / down / withinFirst(window, repairHours) - 1)).toBeLessThan(0.01);
    const { estate, placement } = givenTwoRegions();
    const region = assessOne(estate, placement).singlePointsOfFailure.find(({ events }) =>
      events.includes("region/westeurope"),
    );
    expect(region?.unavailability).toBeCloseTo(standard.region * withinFirst(window, repairHours), 15);
  });

  test("is not called for by a canary that few requests meet: its bad deployments count to their end", () => {
    const regions = { ...noRegions, mode: "activePassive" as const, primary: "westeurope" };
    const deployOf = (delivery: Application["delivery"]) => {
      const { estate, placement } = givenTwoRegions({ applications: [givenApplication({ regions, delivery })] });
      const { singlePointsOfFailure } = assessOne(estate, placement);
      return singlePointsOfFailure.find(({ events }) => events.includes("deploy/prod/shop/ring 1"));
    };
    expect(deployOf({})?.unavailability).toBeLessThan(standard.deploy);
    expect(deployOf({ strategy: "canary", steps: [5] })?.unavailability).toBeCloseTo(standard.deploy * 0.05, 15);
  });

  test("that fails on demand stands beside the loss of the other region", () => {
    const { estate, placement } = givenTwoRegions();
    const pairs = assessOne(estate, placement).cutSets.map(({ events }) => events.toSorted().join(" "));
    expect(pairs).toContain("deploy/prod/shop/ring 1 switch/prod/shop");
  });
});

describe("the way in to several regions", () => {
  const gateway = (region: string) =>
    givenCloudService(`gateway-${region}`, "applicationGateway", { regions: [region], zoneRedundant: true });
  const active = givenApplication({ regions: { ...noRegions, mode: "activeActive" } });

  test("a gateway in each region fails with its region, one for all fails for all", () => {
    const both = givenTwoRegions(
      { cloudServices: [gateway("westeurope"), gateway("northeurope")], applications: [active] },
      ["gateway-westeurope", "gateway-northeurope"],
    );
    const one = givenTwoRegions({ cloudServices: [gateway("westeurope")], applications: [active] }, [
      "gateway-westeurope",
    ]);
    const singles = ({ estate, placement }: typeof both) =>
      assessOne(estate, placement).singlePointsOfFailure.flatMap(({ events }) => events);
    expect(singles(both)).toEqual([]);
    expect(singles(one)).toContain("service/CloudService/gateway-westeurope");
    expect(singles(one)).toContain("region/westeurope");
  });

  test("a global edge in front of active regions stays a single point of failure", () => {
    const { estate, placement } = givenTwoRegions({ cloudServices: [edge], applications: [active] }, ["edge"]);
    expect(assessOne(estate, placement).singlePointsOfFailure.map(({ events }) => events.join())).toEqual([
      "service/CloudService/edge",
    ]);
  });

  test("a name service that may fail counts beyond the time to live", () => {
    const names = givenCloudService("names", "dns", { regions: "global", unavailability: 1e-4 });
    const { estate, web } = givenShop({
      cloudServices: [names],
      journeys: [givenJourney([here.id], { entry: { hostname: "shop.example" } })],
      workloads: [],
    });
    const journey = { ...estate, journeys: [givenJourney([web.id], { entry: { hostname: "shop.example" } })] };
    const placement = givenPlacement(
      givenPoolPlacement([
        { zone: "1", pods: [web] },
        { zone: "2", pods: [] },
      ]),
    );
    const single = assessOne(journey, placement).singlePointsOfFailure.find(({ events }) =>
      events.includes("service/CloudService/names"),
    );
    expect(single?.unavailability).toBeCloseTo(1e-4 * Math.exp(-300 / 3600), 15);
    const certain = { ...journey, cloudServices: [{ ...names, unavailability: undefined }] };
    const without = { ...journey, cloudServices: [] };
    expect(exactUnavailability(certain, placement)).toBe(exactUnavailability(without, placement));
  });
});

describe("calls to another cluster", () => {
  test("need the name service, calls inside one do not", () => {
    const names = givenCloudService("names", "dns", { regions: "global", unavailability: 1e-4 });
    const far = givenWorkload({ name: "stock", cluster: "neu" });
    const near = givenWorkload({ name: "stock", cluster: "weu" });
    const journeyTo = (target: typeof far) => {
      const { estate, placement } = givenTwoRegions({
        cloudServices: [names],
        workloads: [target],
        dependencies: [givenDependency(here, { kind: "workload", id: target.id })],
        journeys: [givenJourney([here.id])],
      });
      return assessOne(estate, placement).singlePointsOfFailure.flatMap(({ events }) => events);
    };
    expect(journeyTo(far)).toContain("service/CloudService/names");
    expect(journeyTo(near)).not.toContain("service/CloudService/names");
  });
});

describe("identity", () => {
  const entra = givenCloudService("entra", "entraId", { regions: "global" });
  const placement = (web: typeof here) =>
    givenPlacement(
      givenPoolPlacement([
        { zone: "1", pods: [web] },
        { zone: "2", pods: [] },
      ]),
    );

  test("stops who must sign in, not who holds a token: shorter outages than its life do not count", () => {
    const { estate, web } = givenShop({ cloudServices: [entra] });
    const leaning = {
      ...estate,
      dependencies: [givenDependency(web, { kind: "cloudService", name: "entra" })],
    };
    const report = assess(leaning, placement(web));
    const single = report.journeys[0]?.singlePointsOfFailure.find(({ events }) =>
      events.includes("service/CloudService/entra"),
    );
    expect(single?.unavailability).toBeCloseTo(1e-4 * Math.exp(-1), 15);
    expect(report.assumptions.map(({ name }) => name)).toContain("token-lifetime");
    expect(JSON.stringify(report.journeys[0]?.unavailability.reasons)).toContain("ASM-236");
  });
});

describe("a buffer", () => {
  test("never lowers availability, and a longer one never less", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 2, maxLength: 4 }), (minutes) => {
        const { estate, web } = givenShop({ dataStores: [givenDataStore("orders", "auto")] });
        const place = givenPlacement(
          givenPoolPlacement([
            { zone: "1", pods: [web] },
            { zone: "2", pods: [] },
          ]),
        );
        const target = { kind: "dataStore" as const, name: "orders" };
        const at = (bufferMinutes: number | undefined) =>
          exactUnavailability(
            {
              ...estate,
              dependencies: [
                givenDependency(web, target, bufferMinutes === undefined ? {} : { type: "async", bufferMinutes }),
              ],
            },
            place,
          );
        const values = [at(undefined), ...minutes.toSorted((left, right) => left - right).map(at)];
        for (const [index, value] of values.entries()) {
          // Below a tenth of a percent of the outage a condition is left out, so equality is to rounding.
          expect(value).toBeLessThanOrEqual((values[index - 1] ?? 1) * (1 + 1e-12));
        }
      }),
      { numRuns: 30 },
    );
  });
});
