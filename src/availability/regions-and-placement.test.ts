import { describe, expect, test } from "vitest";
import type { RegionMode } from "../estate/model/application.ts";
import type { NodePool } from "../estate/model/cluster.ts";
import {
  givenClaim,
  givenCloudService,
  givenCluster,
  givenDataStore,
  givenObject,
  givenPlacedObject,
  givenPool,
  givenService,
  givenSpread,
  givenWorkload,
} from "../scheduling/testing/given-estate.ts";
import {
  anyOf,
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
} from "./testing/given-journey.ts";

const { node, zone, region, loadBalancer, operator, pod, deploy, controlPlane, reschedulingHours } = standard;

/** A region's part of the journey, the control plane being up or down. */
function site(): number {
  const given = (down: boolean) =>
    anyOf(
      region,
      loadBalancer,
      operator,
      pod,
      node * (down ? 1 : withinFirst(reschedulingHours, 1)),
      zone * (down ? 1 : withinFirst(reschedulingHours, 4)),
    );
  return controlPlane * given(true) + (1 - controlPlane) * given(false);
}

function twoRegions(regions: Partial<RegionMode>, rings: readonly [string?, string?] = []) {
  const here = givenWorkload({ name: "web", application: "shop", cluster: "weu" });
  const there = givenWorkload({ name: "web", application: "shop", cluster: "neu" });
  const { estate } = givenShop(
    {
      clusters: [
        givenCluster({ name: "weu", region: "westeurope", ring: rings[0] }),
        givenCluster({ name: "neu", region: "northeurope", ring: rings[1] }),
      ],
      applications: [givenApplication({ regions: { ...noRegions, ...regions } })],
      workloads: [there],
      journeys: [givenJourney([here.id, there.id])],
      cloudServices: [givenCloudService("edge", "frontDoor", { tier: "Premium", regions: "global" })],
      dataStores: [givenDataStore("stock", "auto")],
    },
    here,
  );
  const placement = givenPlacement(
    givenPoolPlacement(
      [
        { zone: "1", pods: [here] },
        { zone: "2", pods: [] },
      ],
      "weu",
    ),
    givenPoolPlacement(
      [
        { zone: "1", pods: [there] },
        { zone: "2", pods: [] },
      ],
      "neu",
    ),
  );
  return { estate, placement, here, there };
}

describe("several regions", () => {
  test("active/active fails when all regions fail, or a deployment common to them", () => {
    const { estate, placement } = twoRegions({ mode: "activeActive" });
    expect(exactUnavailability(estate, placement)).toBeCloseTo(anyOf(deploy, site() ** 2), 12);
  });

  test("rings keep a bad deployment to one region", () => {
    const { estate, placement } = twoRegions({ mode: "activeActive" }, ["1", "2"]);
    expect(exactUnavailability(estate, placement)).toBeCloseTo(anyOf(deploy, site()) ** 2, 12);
  });

  test("what stands in front of the regions, and a store in one of them, stay single points of failure", () => {
    const { estate, placement, here, there } = twoRegions({ mode: "activeActive" });
    const leaning = {
      ...estate,
      journeys: [givenJourney([here.id, there.id], { entry: { through: ["edge"] } })],
      dependencies: [here, there].map((web) => givenDependency(web, { kind: "dataStore", name: "stock" })),
    };
    const single = assessOne(leaning, placement).singlePointsOfFailure;
    expect(single.map(({ events }) => events.join())).toEqual([
      "dataStore/DataStore/stock",
      "service/CloudService/edge",
      "region/westeurope",
      "deploy/prod/shop",
    ]);
    expect(single[2]?.words).toBe(
      "DataStore/stock, which checkout needs, is in region westeurope only: losing the region stops checkout for about 6 h",
    );
  });

  test("active/passive counts outages until the switch, and in full when the switch or the other region fails", () => {
    const switching: Partial<RegionMode> = {
      mode: "activePassive",
      primary: "westeurope",
      detectSeconds: 60,
      switchSeconds: 300,
    };
    const { estate, placement } = twoRegions(switching, ["1", "2"]);
    // Detection, switch, and the time to live of the name: nothing with an anycast address is in front.
    const hours = (60 + 300 + 300) / 3600;
    const until =
      region * withinFirst(hours, 6) +
      loadBalancer * withinFirst(hours, 1) +
      operator * withinFirst(hours, 1) +
      deploy * withinFirst(hours, 0.5) +
      pod +
      node * withinFirst(reschedulingHours, 1) +
      zone * withinFirst(reschedulingHours, 4);
    const primary = anyOf(deploy, site());
    const expected = until + (primary - until) * anyOf(0.01, primary);
    // Sums for unions, control planes left out: right to one part in a hundred.
    const q = exactUnavailability(estate, placement);
    expect(Math.abs(q / expected - 1)).toBeLessThan(0.01);
    const single = assessOne(estate, placement).singlePointsOfFailure.map(({ words }) => words);
    expect(single).toContain(
      "checkout is served from region westeurope: losing the region stops checkout for about 11 min, until the other region takes over",
    );
  });

  test("a slower switch is never better", () => {
    const at = (switchSeconds: number) => {
      const { estate, placement } = twoRegions({
        mode: "activePassive",
        primary: "westeurope",
        detectSeconds: 0,
        switchSeconds,
      });
      return exactUnavailability(estate, placement);
    };
    const values = [0, 30, 300, 3_000, 30_000].map(at);
    expect(values).toEqual(values.toSorted((left, right) => left - right));
    expect(new Set(values).size).toBe(5);
  });

  test("with no word on take-over, one region serves, and that is an assumption", () => {
    const { estate, placement } = twoRegions({});
    const report = assess(estate, placement);
    expect(report.assumptions.find(({ name }) => name === "serving-region")?.value).toBe("neu");
    const { result } = report.journeys[0]?.unavailability ?? {};
    expect(result?.kind === "exact" && result.value).toBeCloseTo(anyOf(deploy, site()), 12);
  });
});

describe("disks", () => {
  const fixed = givenPool({ minimumNodes: 4, maximumNodes: 4, autoscaling: false });

  function withDisk(skuName: string, kind: string, pool: NodePool = fixed) {
    const db = givenWorkload({
      name: "db",
      kind,
      application: "shop",
      claims: [givenClaim("data", 10, { storageClassName: "fast" })],
    });
    const storageClass = givenObject("StorageClass", "fast", {
      apiVersion: "storage.k8s.io/v1",
      provisioner: "disk.csi.azure.com",
      parameters: { skuName },
    });
    const { estate } = givenShop(
      { clusters: [givenCluster({ nodePools: [pool] })], objects: [givenPlacedObject(storageClass)] },
      db,
    );
    const placement = givenPlacement(
      givenPoolPlacement([
        { zone: "1", pods: [db] },
        { zone: "1", pods: [] },
        { zone: "2", pods: [] },
        { zone: "2", pods: [] },
      ]),
    );
    return assessOne(estate, placement);
  }

  test("a locally redundant disk binds its pod to the zone, a zone-redundant one does not", () => {
    const local = withDisk("Premium_LRS", "Deployment").singlePointsOfFailure;
    expect(local.find(({ events }) => events.join() === "zone/westeurope/1")?.words).toBe(
      "Deployment/db keeps its data on a disk bound to one zone: losing the zone stops checkout for about 4 h",
    );
    const redundant = withDisk("Premium_ZRS", "Deployment").singlePointsOfFailure;
    const moved = redundant.find(({ events }) => events.includes("zone/westeurope/1"));
    // 345 s to be rescheduled, 360 s until the disk is detached.
    expect(moved?.unavailability).toBeCloseTo(zone * withinFirst(705 / 3600, 4), 12);
    expect(moved?.words).toContain("stops checkout for about 12 min");
  });

  test("a StatefulSet pod waits for its node", () => {
    const found = withDisk("Premium_ZRS", "StatefulSet").singlePointsOfFailure;
    const lost = found.find(({ events }) => events.includes("node/main/user"));
    expect(lost?.unavailability).toBeCloseTo(node * withinFirst(1200 / 3600, 1), 12);
  });
});

describe("placement", () => {
  const web = givenWorkload({ name: "web", application: "shop", replicas: 3 });
  const apart = givenPlacement(
    givenPoolPlacement([
      { zone: "1", pods: [web] },
      { zone: "2", pods: [web] },
      { zone: "3", pods: [web] },
    ]),
  );

  test("without constraints the worst case is one node; the difference is said in words", () => {
    const journey = assessOne(givenShop({}, web).estate, apart);
    const together = givenPlacement(
      givenPoolPlacement([
        { zone: "1", pods: [web, web, web] },
        { zone: "2", pods: [] },
        { zone: "3", pods: [] },
      ]),
    );
    const { result } = journey.worstCase?.unavailability ?? {};
    expect(result?.kind === "exact" && result.value).toBeCloseTo(
      exactUnavailability(givenShop({}, web).estate, together),
      15,
    );
    expect(journey.worstCase?.workloads).toEqual([web.id]);
    expect(journey.worstCase?.words).toBe(
      "no required constraint keeps the replicas of Deployment/web apart: if its replicas crowd together, checkout is down 19 min a month, 2.4 min more",
    );
  });

  test("a required zone constraint leaves no worse case, a preferred one does", () => {
    const required = givenWorkload({
      name: "web",
      application: "shop",
      replicas: 3,
      spread: [givenSpread("topology.kubernetes.io/zone", "required")],
    });
    expect(assessOne(givenShop({}, required).estate, apart).worstCase).toBeUndefined();
    const preferred = givenWorkload({
      name: "web",
      application: "shop",
      replicas: 3,
      spread: [givenSpread("topology.kubernetes.io/zone", "preferred")],
    });
    expect(assessOne(givenShop({}, preferred).estate, apart).worstCase).toBeDefined();
  });

  test("replicas that share a cause fail together: without it the figure is lower", () => {
    const journey = assessOne(givenShop({}, web).estate, apart);
    const { result } = journey.unavailability;
    const without = journey.withoutCommonCause?.result;
    expect(result.kind === "exact" && without?.kind === "exact" && result.value - without.value).toBeCloseTo(
      pod * 0.05,
      9,
    );
  });

  test("many replicas on many nodes do not explode, and stay exact", () => {
    for (const needed of [1, 100, 400]) {
      const crowd = givenWorkload({ name: "crowd", application: "shop", replicas: 500 });
      const load = [{ profile: "LoadProfile/day", workload: "shop/Deployment/crowd", perReplica: 1 }];
      const { estate } = givenShop(
        {
          applications: [givenApplication({ load })],
          loadProfiles: [{ name: "day", unit: "requestsPerSecond", spec: { shape: { base: needed } } }],
        },
        crowd,
      );
      const nodes = Array.from({ length: 200 }, (_, index) => ({
        zone: String((index % 3) + 1),
        pods: Array.from({ length: index < 100 ? 3 : 2 }, () => crowd),
      }));
      const journey = assessOne(estate, givenPlacement(givenPoolPlacement(nodes)));
      expect(journey.unavailability.result.kind).toBe("exact");
      // 400 of 500 needed: each zone holds more than 100.
      const single = journey.singlePointsOfFailure.flatMap(({ events }) => events);
      expect(single.some((id) => id.startsWith("zone/"))).toBe(needed === 400);
    }
  });
});

describe("the way in", () => {
  const web = givenWorkload({ name: "web", application: "shop" });
  const nodes = [
    { zone: "1", pods: [web] },
    { zone: "2", pods: [] },
  ];

  function entry(given: Parameters<typeof givenShop>[0], placement = givenPlacement(givenPoolPlacement(nodes))) {
    const shop = givenShop({ journey: { entry: { origin: "ingress" } }, ...given }, web);
    return { report: assess(shop.estate, placement), estate: shop.estate };
  }

  test("an Ingress without a known controller has one assumed", () => {
    const { report } = entry({});
    expect(report.assumptions.map(({ name }) => name)).toContain("assumed-ingress-controller");
  });

  test("a controller among the manifests counts with its own replicas", () => {
    const controller = givenWorkload({ name: "ingress-nginx-controller", namespace: "ingress" });
    const service = givenService("ingress-nginx", { type: "LoadBalancer", workloads: [controller.id] });
    const placement = givenPlacement(
      givenPoolPlacement([
        { zone: "1", pods: [web, controller] },
        { zone: "2", pods: [] },
      ]),
    );
    const { report } = entry({ workloads: [controller], services: [service] }, placement);
    expect(report.journeys[0]?.workloads).toContain(controller.id);
    expect(report.assumptions.map(({ name }) => name)).not.toContain("assumed-ingress-controller");
  });

  test("a private entry point has neither load balancer nor controller", () => {
    const shop = givenShop({ journey: { entry: { origin: "declared", exposure: "private" } } }, web);
    const journey = assessOne(shop.estate, givenPlacement(givenPoolPlacement(nodes)));
    expect(journey.importance.map(({ category }) => category)).not.toContain("loadBalancer");
  });
});
