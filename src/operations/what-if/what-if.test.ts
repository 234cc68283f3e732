import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { givenApplication, givenDependency, givenJourney } from "../../availability/testing/given-journey.ts";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { likelyValue } from "../../estate/figures/figure.ts";
import type { Estate } from "../../estate/model/estate.ts";
import {
  givenCluster,
  givenDataStore,
  givenEstate,
  givenPool,
  givenTenant,
  givenWorkload,
} from "../../scheduling/testing/given-estate.ts";
import { applyChanges } from "./apply-changes.ts";
import { readChanges, writeChanges } from "./change-text.ts";
import { type OfferSubject, offerChanges } from "./offer-changes.ts";
import { studyWhatIf, whatIf } from "./what-if.ts";
import { keyOfChange, type WhatIfChange, withChange, withoutChange } from "./what-if-change.ts";

const today = "2026-11-22";

/** Two tenants on one cluster, of which one does not accept it, and a journey over a web front, an API and a store. */
function givenShop(): Estate {
  const web = givenWorkload({ name: "web", tenant: "retail", replicas: 2, cpu: 500, memoryMiB: 512 });
  const api = givenWorkload({ name: "api", tenant: "retail", replicas: 1, cpu: 500, memoryMiB: 512 });
  const labels = givenWorkload({ name: "labels", namespace: "labels", tenant: "partner", cpu: 250, memoryMiB: 256 });
  const store = givenDataStore("orders", "postgresqlFlexible", {
    sku: "Standard_D2ds_v5",
    zoneRedundant: false,
    sizeGiB: 64,
  });
  return givenEstate({
    clusters: [
      givenCluster({
        tier: "Free",
        nodePools: [
          givenPool({
            name: "system",
            mode: "System",
            minimumNodes: 3,
            maximumNodes: 3,
            autoscaling: false,
            taints: [{ key: "CriticalAddonsOnly", value: "true", effect: "NoSchedule" }],
          }),
          givenPool({ name: "user", minimumNodes: 3 }),
        ],
      }),
    ],
    tenants: [
      givenTenant("platform"),
      givenTenant("retail", { accepts: { nodePool: "shared", cluster: "shared" } }),
      givenTenant("partner", { trust: "external", accepts: { cluster: "separate", nodePool: "separate" } }),
    ],
    workloads: [web, api, labels],
    dataStores: [store],
    applications: [givenApplication()],
    dependencies: [
      givenDependency(web, { kind: "workload", id: api.id }),
      givenDependency(api, { kind: "dataStore", name: store.name }),
    ],
    journeys: [givenJourney([web.id], { downtimeCostPerMinute: 10, objectiveUnavailability: 0.001 })],
  });
}

const shop = givenShop();
const study = studyWhatIf(shop, defaultCatalog, today);
const [web, api] = shop.workloads;
const webId = web?.id ?? "";
const apiId = api?.id ?? "";
const journey = shop.journeys[0]?.id ?? "";

/** Money a month that the changes add. */
function added(...changes: WhatIfChange[]): number {
  const { refused, cost } = study.quick(changes);
  expect(refused).toEqual([]);
  return likelyValue(cost.difference) ?? Number.NaN;
}

/** Minutes a month that the journey is down more. */
function moreMinutes(...changes: WhatIfChange[]): number {
  return study.availability(changes).journeys.find((each) => each.journey === journey)?.difference ?? Number.NaN;
}

describe("each change", () => {
  test("a cheaper size lowers the bill, a dearer one raises it, and the lines say by what", () => {
    const cheaper = study.quick([{ kind: "vmSize", pool: "main/user", vmSize: "Standard_D2s_v5" }]);
    expect(likelyValue(cheaper.cost.difference)).toBeLessThan(-100);
    expect(added({ kind: "vmSize", pool: "main/user", vmSize: "Standard_D8s_v5" })).toBeGreaterThan(100);
    const sum = cheaper.cost.lines.reduce((total, { before, after }) => total + after - before, 0);
    expect(sum).toBeCloseTo(likelyValue(cheaper.cost.difference) ?? 0, 1);
  });

  test("more replicas are down less, fewer more", () => {
    expect(moreMinutes({ kind: "replicas", workload: apiId, replicas: 3 })).toBeLessThan(0);
    expect(moreMinutes({ kind: "replicas", workload: webId, replicas: 1 })).toBeGreaterThan(0);
    expect(added({ kind: "replicas", workload: webId, replicas: 60 })).toBeGreaterThan(100);
  });

  test("a tier has its price and its SLA", () => {
    const change: WhatIfChange = { kind: "tier", cluster: "main", tier: "Standard" };
    expect(added(change)).toBeCloseTo(73, 0);
    expect(moreMinutes(change)).toBeLessThanOrEqual(0);
  });

  test("fewer zones are down more", () => {
    expect(moreMinutes({ kind: "zones", pool: "main/user", zones: 1 })).toBeGreaterThan(0);
  });

  test("spot costs less, and pods that do not tolerate it wait", () => {
    const { cost } = study.quick([{ kind: "spot", pool: "main/user", spot: true }]);
    expect(likelyValue(cost.difference)).toBeLessThan(-100);
    expect(cost.waiting.after).toBeGreaterThan(cost.waiting.before);
  });

  test("a reservation of nodes that run costs less, of more than run costs more", () => {
    const reserve = (quantity: number): WhatIfChange => ({
      kind: "reservation",
      region: "westeurope",
      vmSize: "Standard_D4s_v5",
      quantity,
      termYears: 3,
    });
    expect(added(reserve(3))).toBeLessThan(-100);
    expect(added(reserve(100))).toBeGreaterThan(1000);
  });

  test("a second region costs more and is down less", () => {
    const { application, environment } = shop.journeys[0] ?? { application: "", environment: "" };
    const change: WhatIfChange = { kind: "secondRegion", application, environment, mode: "activeActive" };
    expect(added(change)).toBeGreaterThan(100);
    expect(moreMinutes(change)).toBeLessThan(0);
  });

  test("a tenant that moves to a cluster of its own no longer falls short, and the cluster has its price", () => {
    const change: WhatIfChange = { kind: "moveTenant", tenant: "partner", from: "main", to: "main-partner" };
    const { cost, isolation, caveats } = study.quick([change]);
    expect(likelyValue(isolation.before)).toBe(1);
    expect(likelyValue(isolation.after)).toBe(0);
    expect([isolation.layers.before > 0, isolation.layers.after]).toEqual([true, 0]);
    expect(isolation.removed.map(({ tenants }) => tenants.join("/"))).toEqual(["partner/retail"]);
    expect(likelyValue(cost.difference)).toBeGreaterThan(100);
    expect(cost.waiting.after).toBe(0);
    expect(caveats.join()).toContain("one more cluster");
    const moved = study.apply([change]).estate;
    expect(moved.workloads.filter(({ cluster }) => cluster === "main-partner").map(({ name }) => name)).toEqual([
      "labels",
    ]);
  });

  test("all that points at a moved workload follows it", () => {
    const { estate } = study.apply([{ kind: "moveTenant", tenant: "retail", from: "main", to: "second" }]);
    const ids = new Set(estate.workloads.map(({ id }) => id));
    for (const { from, to } of estate.dependencies) {
      expect(ids).toContain(from);
      if (to.kind === "workload") expect(ids).toContain(to.id);
    }
    expect(estate.journeys[0]?.entryPoint.workloads.every((id) => ids.has(id))).toBe(true);
  });

  test("what both clusters run is left once, with the more replicas of the two", () => {
    const other = givenCluster({ name: "other" });
    const twin = givenWorkload({ name: "web", cluster: "other", tenant: "retail", replicas: 1 });
    const both = { ...shop, clusters: [...shop.clusters, other], workloads: [...shop.workloads, twin] };
    const { estate } = applyChanges(both, defaultCatalog, [
      { kind: "moveTenant", tenant: "retail", from: "main", to: "other" },
    ]);
    const webs = estate.workloads.filter(({ name }) => name === "web");
    expect(webs.map(({ cluster, replicas }) => [cluster, replicas.minimum])).toEqual([["other", 2]]);
  });
});

describe("bad changes", () => {
  test("a size without a local disk does not take a pool whose OS disk lies there", () => {
    const pool = givenPool({ vmSize: "Standard_D4ds_v5", osDisk: { type: "Ephemeral", sizeGiB: 128 } });
    const estate = { ...shop, clusters: [givenCluster({ nodePools: [pool] })] };
    const change: WhatIfChange = { kind: "vmSize", pool: "main/user", vmSize: "Standard_D4s_v5" };
    expect(applyChanges(estate, defaultCatalog, [change]).refused[0]?.reason).toContain("ephemeral OS disk");
    const [sizes] = offerChanges(estate, estate, defaultCatalog, { kind: "pool", name: "main/user" });
    expect(sizes?.options.map(({ label }) => label).join()).not.toMatch(/D4s_v5 /);
  });

  test.each<[WhatIfChange, RegExp]>([
    [{ kind: "replicas", workload: "prod/main/x/Deployment/nobody", replicas: 2 }, /no workload/],
    [{ kind: "vmSize", pool: "main/none", vmSize: "Standard_D4s_v5" }, /no pool/],
    [{ kind: "vmSize", pool: "main/user", vmSize: "Standard_Nothing" }, /knows no size/],
    [{ kind: "zones", pool: "main/user", zones: 9 }, /3 zones/],
    [{ kind: "spot", pool: "main/system", spot: true }, /system pool/],
    [{ kind: "tier", cluster: "none", tier: "Free" }, /no cluster/],
    [{ kind: "moveTenant", tenant: "nobody", from: "main", to: "x" }, /runs nothing/],
    [{ kind: "moveTenant", tenant: "retail", from: "main", to: "main" }, /already/],
    [{ kind: "secondRegion", application: "none", environment: "prod", mode: "activeActive" }, /no journey/],
    [{ kind: "reservation", region: "westeurope", vmSize: "Standard_D4s_v5", quantity: 0, termYears: 1 }, /one node/],
  ])("%o is refused with a reason, and the others are made", (change, reason) => {
    const tier: WhatIfChange = { kind: "tier", cluster: "main", tier: "Premium" };
    const { estate, refused } = applyChanges(shop, defaultCatalog, [change, tier]);
    expect(refused.map((each) => each.reason).join()).toMatch(reason);
    expect(estate.clusters[0]?.tier).toBe("Premium");
  });
});

describe("laws", () => {
  const change = fc.oneof(
    fc.record({
      kind: fc.constant("replicas" as const),
      workload: fc.constantFrom(webId, apiId),
      replicas: fc.nat({ max: 9 }),
    }),
    fc.record({ kind: fc.constant("zones" as const), pool: fc.constant("main/user"), zones: fc.nat({ max: 3 }) }),
    fc.record({
      kind: fc.constant("vmSize" as const),
      pool: fc.constantFrom("main/user", "main/system"),
      vmSize: fc.constantFrom("Standard_D2s_v5", "Standard_D8s_v5", "Standard_E4s_v5"),
    }),
    fc.record({
      kind: fc.constant("tier" as const),
      cluster: fc.constant("main"),
      tier: fc.constantFrom("Free" as const, "Standard" as const, "Premium" as const),
    }),
    fc.record({
      kind: fc.constant("moveTenant" as const),
      tenant: fc.constantFrom("retail", "partner"),
      from: fc.constant("main"),
      to: fc.constantFrom("own", "second: with, signs%"),
    }),
  );
  const changes = fc.array(change, { maxLength: 5 });

  test("no change changes nothing", () => {
    const { cost, isolation, availability, refused } = whatIf(shop, defaultCatalog, today, []);
    expect(study.apply([]).estate).toBe(shop);
    expect([likelyValue(cost.difference), cost.lines, refused]).toEqual([0, [], []]);
    expect([isolation.added, isolation.removed]).toEqual([[], []]);
    expect(availability.journeys.every(({ difference }) => difference === 0)).toBe(true);
    expect(likelyValue(availability.cost.before)).toBe(likelyValue(availability.cost.after));
  });

  test("a change to what is declared changes no figure", () => {
    const same: readonly WhatIfChange[] = [
      { kind: "replicas", workload: webId, replicas: 2 },
      { kind: "tier", cluster: "main", tier: "Free" },
      { kind: "vmSize", pool: "main/user", vmSize: "Standard_D4s_v5" },
    ];
    const { cost, availability } = whatIf(shop, defaultCatalog, today, same);
    expect([likelyValue(cost.difference), cost.lines]).toEqual([0, []]);
    expect(availability.journeys.every(({ difference }) => difference === 0)).toBe(true);
  });

  test("applying and taking back gives the same figures, and the declared estate is never touched", () => {
    const untouched = structuredClone(shop.workloads.map(({ id, cluster, replicas }) => ({ id, cluster, replicas })));
    fc.assert(
      fc.property(changes, change, (before, extra) => {
        const kept = withoutChange(before, keyOfChange(extra));
        const back = withoutChange(withChange(kept, extra), keyOfChange(extra));
        expect(back).toEqual(kept);
        study.quick(withChange(kept, extra));
        expect(study.quick(back).cost).toEqual(studyWhatIf(shop, defaultCatalog, today).quick(kept).cost);
      }),
      { numRuns: 25, seed: 8 },
    );
    expect(shop.workloads.map(({ id, cluster, replicas }) => ({ id, cluster, replicas }))).toEqual(untouched);
  });

  test("what is written is read back", () => {
    fc.assert(
      fc.property(changes, (list) => {
        expect(readChanges(writeChanges(list))).toEqual({ changes: list, unreadable: [] });
      }),
      { seed: 8 },
    );
  });

  test("whatever stands in a link is read or named, never thrown", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        const { changes: read, unreadable } = readChanges(text);
        expect(read.length + unreadable.length).toBe(text.split(",").filter((part) => part !== "").length);
      }),
      { seed: 8 },
    );
    expect(readChanges("size:a/b:%E0%A4%A,tier:main:Gold,replicas:x:-1").unreadable).toHaveLength(3);
  });
});

describe("offers", () => {
  const subjects: readonly OfferSubject[] = [
    { kind: "workload", id: webId },
    { kind: "pool", name: "main/user" },
    { kind: "pool", name: "main/system" },
    { kind: "cluster", name: "main" },
    { kind: "tenant", name: "partner" },
    { kind: "application", name: shop.journeys[0]?.application ?? "" },
  ];

  test.each(subjects)("every change that is offered for %o can be made, under the key of its offer", (subject) => {
    const offers = offerChanges(shop, shop, defaultCatalog, subject);
    expect(offers.length).toBeGreaterThan(0);
    for (const { key, options } of offers) {
      expect(options.length).toBeGreaterThan(0);
      for (const { change } of options) {
        expect(keyOfChange(change)).toBe(key);
        expect(applyChanges(shop, defaultCatalog, [change]).refused).toEqual([]);
      }
    }
  });

  test("a reservation is offered of the size that the pool has by now", () => {
    const planned = study.apply([{ kind: "vmSize", pool: "main/user", vmSize: "Standard_D8s_v5" }]).estate;
    const offers = offerChanges(shop, planned, defaultCatalog, { kind: "pool", name: "main/user" });
    expect(offers.map(({ key }) => key)).toContain("reservation/westeurope/Standard_D8s_v5");
  });

  test("nothing is offered for what is not there", () => {
    expect(offerChanges(shop, shop, defaultCatalog, { kind: "pool", name: "no/where" })).toEqual([]);
    expect(offerChanges(shop, shop, defaultCatalog, { kind: "workload", id: "no" })).toEqual([]);
  });
});
