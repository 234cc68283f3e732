import { describe, expect, test } from "vitest";
import {
  givenCloudService,
  givenCluster,
  givenDataStore,
  givenPool,
  givenService,
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
  standard,
  withinFirst,
} from "./testing/given-journey.ts";

const { node, zone, region, loadBalancer, pod, controlPlane, deploy, operator, reschedulingHours } = standard;

/** A lost node or zone counts until the pod is elsewhere, or in full while the control plane is down too. */
function windowed(q: number, repairHours: number, hours = reschedulingHours): number {
  return q * anyOf(withinFirst(hours, repairHours), controlPlane);
}

describe("one workload", () => {
  test("of one replica among several nodes and zones equals the sum worked out by hand", () => {
    const { estate, web } = givenShop();
    const placement = givenPlacement(
      givenPoolPlacement([
        { zone: "1", pods: [web] },
        { zone: "2", pods: [] },
        { zone: "3", pods: [] },
      ]),
    );
    // Given the control plane's state, everything is independent.
    const given = (down: boolean) =>
      anyOf(
        region,
        loadBalancer,
        deploy,
        operator,
        pod,
        node * (down ? 1 : withinFirst(reschedulingHours, 1)),
        zone * (down ? 1 : withinFirst(reschedulingHours, 4)),
      );
    const expected = controlPlane * given(true) + (1 - controlPlane) * given(false);
    expect(exactUnavailability(estate, placement)).toBeCloseTo(expected, 15);
  });

  test("of one replica on the only node of a fixed pool loses the node for as long as its repair takes", () => {
    const fixed = givenPool({ minimumNodes: 1, maximumNodes: 1, autoscaling: false, zones: ["1"] });
    const { estate, web } = givenShop({ clusters: [givenCluster({ nodePools: [fixed] })] });
    const placement = givenPlacement(givenPoolPlacement([{ zone: "1", pods: [web] }]));
    expect(exactUnavailability(estate, placement)).toBeCloseTo(
      anyOf(region, loadBalancer, deploy, operator, pod, node, zone),
      15,
    );
    expect(assessOne(estate, placement).singlePointsOfFailure.map(({ words }) => words)).toContain(
      "web has only one node to run on: losing it stops checkout for about 60 min".replace("web", "Deployment/web"),
    );
  });

  test("of two replicas in two zones no longer fails with a node, a zone or a pod", () => {
    const web = givenWorkload({ name: "web", application: "shop", replicas: 2 });
    const { estate } = givenShop({}, web);
    const placement = givenPlacement(
      givenPoolPlacement([
        { zone: "1", pods: [web] },
        { zone: "2", pods: [web] },
      ]),
    );
    const journey = assessOne(estate, placement);
    const single = journey.singlePointsOfFailure.flatMap(({ events }) => events);
    expect(single.some((event) => /^(node|zone|pod)\//.test(event))).toBe(false);
    expect(single).toContain("commonCause/prod/main/shop/Deployment/web");
    const alone = anyOf(pod * 0.95, windowed(node, 1), windowed(zone, 4));
    const expected = anyOf(region, loadBalancer, deploy, operator, pod * 0.05, alone ** 2);
    const { result } = journey.unavailability;
    // The shared control plane makes the two replicas' losses a little dependent.
    expect(result.kind === "exact" && Math.abs(result.value / expected - 1)).toBeLessThan(1e-4);
  });

  test("with all replicas on one node names that node as a single point of failure", () => {
    const web = givenWorkload({ name: "web", application: "shop", replicas: 3 });
    const { estate } = givenShop({}, web);
    const placement = givenPlacement(
      givenPoolPlacement([
        { zone: "1", pods: [web, web, web] },
        { zone: "2", pods: [] },
      ]),
    );
    const words = assessOne(estate, placement).singlePointsOfFailure.map((cutSet) => cutSet.words);
    expect(words).toContain(
      "all 3 replicas of Deployment/web are on one node: losing its node stops checkout for about 6 min (given.yaml:1)",
    );
    expect(words).toContain(
      "all 3 replicas of Deployment/web are in one zone: losing its zone stops checkout for about 6 min (given.yaml:1)",
    );
  });

  test("of which several replicas are needed for its load fails with too few of them", () => {
    const web = givenWorkload({ name: "web", application: "shop", replicas: 3 });
    const load = [{ profile: "LoadProfile/day", workload: "shop/Deployment/web", perReplica: 50 }];
    const { estate } = givenShop(
      {
        applications: [givenApplication({ load })],
        loadProfiles: [{ name: "day", unit: "requestsPerSecond", spec: { shape: { base: 30, daily: { peak: 100 } } } }],
      },
      web,
    );
    const placement = givenPlacement(
      givenPoolPlacement([
        { zone: "1", pods: [web] },
        { zone: "2", pods: [web] },
        { zone: "3", pods: [web] },
      ]),
    );
    const journey = assessOne(estate, placement);
    // 2 of 3 needed: any two pods, nodes or zones; no single one.
    expect(journey.singlePointsOfFailure.flatMap(({ events }) => events).some((id) => id.startsWith("zone/"))).toBe(
      false,
    );
    const twoNodes = journey.cutSets.find(({ events }) => events.filter((id) => id.startsWith("node/")).length === 2);
    expect(twoNodes?.words).toBe(
      "checkout stops when the first node of Deployment/web is lost and the second node of Deployment/web is lost, before Deployment/web is back elsewhere (345 s) (given.yaml:1)",
    );
    const greedy = { ...load[0], perReplica: 33 };
    const tooFew = {
      ...estate,
      applications: [givenApplication({ load: [{ ...greedy, profile: "day", workload: "shop/Deployment/web" }] })],
    };
    expect(assessOne(tooFew, placement).unavailability.result).toEqual({
      kind: "notEvaluable",
      missing: ["replicas of Deployment/web: its declared peak needs 4, it may run 3"],
    });
  });
});

describe("declared numbers", () => {
  const { web } = givenShop();
  const placement = givenPlacement(
    givenPoolPlacement([
      { zone: "1", pods: [web] },
      { zone: "2", pods: [] },
    ]),
  );

  test("a canary makes bad deployments milder, not rarer", () => {
    const delivery = { strategy: "canary", steps: [5, 50], perMonth: 20, badShare: 0.02 };
    const outages = (given: object) => {
      const applications = [givenApplication({ delivery: given })];
      return assessOne(givenShop({ applications }, web).estate, placement);
    };
    const canary = outages(delivery);
    // 20 deployments a month, one in fifty bad: 4.8 a year either way.
    const everyone = outages({ ...delivery, strategy: "rolling" });
    expect(canary.outagesPerYear).toBeGreaterThan(4.8);
    expect(canary.outagesPerYear).toBeCloseTo(everyone.outagesPerYear ?? 0, 1);
    expect(canary.singlePointsOfFailure.map(({ words }) => words).join()).toContain(
      "a bad deployment of shop (5 % of the requests meet it) stops checkout",
    );
  });

  test("a campaign on top of the load is named as left out", () => {
    const load = [{ profile: "LoadProfile/day", workload: "shop/Deployment/web", perReplica: 50 }];
    const events = [{ name: "black-friday", start: "2026-11-27T08:00:00Z", duration: "36h", factor: 6 }];
    const { estate } = givenShop(
      {
        applications: [givenApplication({ load })],
        loadProfiles: [{ name: "day", unit: "requestsPerSecond", spec: { shape: { base: 40 }, events } }],
      },
      web,
    );
    const assumption = assess(estate, placement).assumptions.find(({ name }) => name === "ordinary-peak");
    expect(assumption?.text).toContain("without black-friday (x 6)");
  });

  test("a load that is measured in a file leaves the journey not evaluable", () => {
    const load = [{ profile: "LoadProfile/day", workload: "shop/Deployment/web", perReplica: 50 }];
    const { estate } = givenShop(
      {
        applications: [givenApplication({ load })],
        loadProfiles: [{ name: "day", unit: "requestsPerSecond", spec: { series: { file: "./day.csv" } } }],
      },
      web,
    );
    expect(assessOne(estate, placement).unavailability.result).toEqual({
      kind: "notEvaluable",
      missing: ["values of LoadProfile/day, by which Deployment/web is sized"],
    });
  });
});

describe("dependencies", () => {
  const orders = givenWorkload({ name: "orders", application: "shop" });
  const { web } = givenShop();
  const placement = givenPlacement(
    givenPoolPlacement([
      { zone: "1", pods: [web, orders] },
      { zone: "2", pods: [] },
    ]),
  );
  const alone = exactUnavailability(givenShop().estate, placement);

  function withDependency(...dependencies: readonly ReturnType<typeof givenDependency>[]) {
    return givenShop({
      workloads: [orders],
      dependencies,
      cloudServices: [givenCloudService("bus", "serviceBus", { tier: "Standard", zoneRedundant: false })],
      dataStores: [givenDataStore("carts", "auto")],
    }).estate;
  }

  test("a hard one adds its workload, a soft one does not", () => {
    const target = { kind: "workload", id: orders.id } as const;
    const hard = assessOne(withDependency(givenDependency(web, target)), placement);
    expect(hard.workloads).toEqual([orders.id, web.id]);
    expect(hard.unavailability.result.kind === "exact" && hard.unavailability.result.value).toBeGreaterThan(alone);
    const soft = withDependency(givenDependency(web, target, { type: "soft", fallback: "static list" }));
    expect(exactUnavailability(soft, placement)).toBe(alone);
  });

  test("cycles end", () => {
    const both = withDependency(
      givenDependency(web, { kind: "workload", id: orders.id }),
      givenDependency(orders, { kind: "workload", id: web.id }),
    );
    const oneWay = withDependency(givenDependency(web, { kind: "workload", id: orders.id }));
    expect(exactUnavailability(both, placement)).toBe(exactUnavailability(oneWay, placement));
  });

  test("of a cycle all members fail together, whichever one a journey comes in by", () => {
    const ring = ["a", "b", "c"].map((name) => givenWorkload({ name, application: "shop" }));
    const [first, second, third] = ring;
    if (first === undefined || second === undefined || third === undefined) throw new Error("three workloads");
    const needs = (from: typeof first, to: typeof first) => givenDependency(from, { kind: "workload", id: to.id });
    const around = [needs(first, second), needs(second, third), needs(third, first)];
    const placement = givenPlacement(
      givenPoolPlacement(ring.map((each, zone) => ({ zone: `${zone + 1}`, pods: [each] }))),
    );
    const values = ring.map((entry) => {
      const others = ring.filter((each) => each !== entry);
      const { estate } = givenShop({ workloads: others, dependencies: around }, entry);
      return exactUnavailability(estate, placement);
    });
    const { estate: chain } = givenShop({ workloads: [second, third], dependencies: around.slice(0, 2) }, first);
    expect(values).toEqual(Array(3).fill(exactUnavailability(chain, placement)));
  });

  test("a service that two workloads need counts once", () => {
    const bus = { kind: "cloudService", name: "bus" } as const;
    const link = givenDependency(web, { kind: "workload", id: orders.id });
    const once = exactUnavailability(withDependency(link, givenDependency(web, bus)), placement);
    const twice = exactUnavailability(
      withDependency(link, givenDependency(web, bus), givenDependency(orders, bus)),
      placement,
    );
    expect(twice).toBeCloseTo(once, 15);
    const without = exactUnavailability(withDependency(link), placement);
    // Service Bus Standard: 99.9 %.
    expect(once).toBeCloseTo(anyOf(without, 1e-3), 15);
  });

  test("behind a buffer, only the part of an outage beyond it counts", () => {
    const bus = { kind: "cloudService", name: "bus" } as const;
    const estate = withDependency(givenDependency(web, bus, { type: "async", bufferMinutes: 120 }));
    const beyond = 1e-3 * Math.exp(-2);
    // The region takes the bus down too, and counts in full through web.
    expect(exactUnavailability(estate, placement)).toBeCloseTo(anyOf(alone, beyond), 15);
  });

  test("a declared availability of an external host holds, an undeclared one is assumed", () => {
    const host = { kind: "host", host: "api.bank.example" } as const;
    const declared = withDependency(givenDependency(web, host, { unavailability: 2e-4 }));
    expect(exactUnavailability(declared, placement)).toBeCloseTo(anyOf(alone, 2e-4), 15);
    const assumed = assess(withDependency(givenDependency(web, host)), placement);
    expect(assumed.assumptions.map(({ name }) => name)).toContain("external-unavailability");
    const { result } = assumed.journeys[0]?.unavailability ?? {};
    expect(result?.kind === "exact" && result.value).toBeCloseTo(anyOf(alone, 1e-3), 15);
  });

  test("a store without a service is assumed, with its name in words", () => {
    const journey = assessOne(withDependency(givenDependency(web, { kind: "dataStore", name: "carts" })), placement);
    expect(journey.singlePointsOfFailure[0]?.words).toBe(
      "checkout needs DataStore/carts: its outage stops checkout for about 60 min",
    );
  });

  test("several workloads behind one Service stand in for each other", () => {
    const stable = givenWorkload({ name: "orders-stable", application: "shop" });
    const canary = givenWorkload({ name: "orders-canary", application: "shop" });
    const service = givenService("orders", { workloads: [stable.id, canary.id] });
    const { estate } = givenShop({
      workloads: [stable, canary],
      services: [service],
      dependencies: [givenDependency(web, { kind: "service", id: service.id })],
    });
    const seats = givenPlacement(
      givenPoolPlacement([
        { zone: "1", pods: [web, stable, canary] },
        { zone: "2", pods: [] },
      ]),
    );
    const journey = assessOne(estate, seats);
    const single = journey.singlePointsOfFailure.flatMap(({ events }) => events);
    expect(single).not.toContain(`pod/${stable.id}/1`);
    expect(journey.cutSets.map(({ events }) => events)).toContainEqual([`pod/${stable.id}/1`, `pod/${canary.id}/1`]);
  });
});

describe("what is missing", () => {
  const { web } = givenShop();
  const placement = givenPlacement(
    givenPoolPlacement([
      { zone: "1", pods: [web] },
      { zone: "2", pods: [] },
    ]),
  );

  test("a dangling dependency leaves the journey not evaluable, and says at least how much is known", () => {
    const { estate } = givenShop({
      dependencies: [givenDependency(web, { kind: "dangling", host: "ai-service" })],
      journey: { objective: "99.9%", objectiveUnavailability: 1e-3 },
    });
    const journey = assessOne(estate, placement);
    expect(journey.unavailability.result).toEqual({
      kind: "notEvaluable",
      missing: ["what answers to ai-service, which Deployment/web needs"],
    });
    expect(journey.objectiveMet).toBe("notEvaluable");
    const known = exactUnavailability(givenShop().estate, placement);
    expect(journey.atLeast?.result).toEqual({ kind: "exact", value: known * 43_830 });
    expect(journey.singlePointsOfFailure.length).toBeGreaterThan(0);
  });

  test("an objective that the known part misses already is missed", () => {
    const { estate } = givenShop({
      dependencies: [givenDependency(web, { kind: "dangling", host: "ai-service" })],
      journey: { objective: "99.999%", objectiveUnavailability: 1e-5 },
    });
    expect(assessOne(estate, placement).objectiveMet).toBe(false);
  });

  test.each([
    ["an opaque workload", { kind: "Kafka", opaque: true }, /a Kafka does not say what it runs/],
    ["no replica", { replicas: 0 }, /a running replica of Deployment\/web: it declares none/],
  ])("%s is named", (_, given, words) => {
    const odd = givenWorkload({ name: "web", application: "shop", ...given });
    const { estate } = givenShop({}, odd);
    const { result } = assessOne(estate, givenPlacement()).unavailability;
    expect(result.kind === "notEvaluable" && result.missing.join()).toMatch(words);
  });

  test("unplaced pods, unknown services and stores, broken manifests, an entry point to nothing are named", () => {
    const { estate } = givenShop({
      dependencies: [
        givenDependency(web, { kind: "cloudService", name: "nope" }),
        givenDependency(web, { kind: "dataStore", name: "nope" }),
        givenDependency(web, { kind: "service", id: "prod/main/shop/Service/nope" }),
        givenDependency(web, { kind: "workload", id: "prod/main/shop/Deployment/nope" }),
      ],
      applications: [givenApplication({ broken: ["manifests at ./base"] })],
      journey: { entry: { through: ["edge"] } },
    });
    const unplaced = {
      pools: [],
      assumptions: [],
      unplaced: [{ workload: web.id, pods: 1, reason: "no pool admits it" }],
    };
    const { result } = assessOne(estate, unplaced).unavailability;
    expect(result).toEqual({
      kind: "notEvaluable",
      missing: [
        "CloudService/edge, in front of web",
        "CloudService/nope, which Deployment/web needs",
        "DataStore/nope, which Deployment/web needs",
        "Service prod/main/shop/Service/nope, which Deployment/web needs",
        "a place for Deployment/web: no pool admits it",
        "manifests at ./base",
        "workload prod/main/shop/Deployment/nope",
      ],
    });
    const nowhere = givenShop({ journeys: [givenJourney([])] }).estate;
    expect(assessOne(nowhere, placement).unavailability.result).toEqual({
      kind: "notEvaluable",
      missing: ["a workload behind entry point web"],
    });
  });
});

describe("the report", () => {
  const { web, estate } = givenShop({
    journey: { objective: "99.9%", objectiveUnavailability: 1e-3, downtimeCostPerMinute: 40 },
  });
  const placement = givenPlacement(
    givenPoolPlacement([
      { zone: "1", pods: [web] },
      { zone: "2", pods: [] },
    ]),
  );
  const journey = assessOne(estate, placement);
  const q = exactUnavailability(estate, placement);

  test("gives minutes of an average month, nines, objective and cost", () => {
    expect(journey.downtimeMinutesPerMonth.result).toEqual({ kind: "exact", value: q * 43_830 });
    expect(journey.nines).toBeCloseTo(-Math.log10(q), 12);
    expect(journey.objectiveMet).toBe(true);
    expect(journey.downtimeCostMonthly).toBeCloseTo(q * 43_830 * 40, 9);
  });

  test("outages times their mean length are the downtime", () => {
    const { outagesPerYear = 0, meanOutageMinutes = 0 } = journey;
    expect((outagesPerYear * meanOutageMinutes) / 525_960).toBeCloseTo(q, 12);
    // 12 pod failures, about 4.4 node losses, the load balancer, bad deployments, one wrong change by hand, zone, region a year.
    expect(outagesPerYear).toBeGreaterThan(12 + 4.3);
    expect(outagesPerYear).toBeLessThan(21);
  });

  test("tells in words who runs one replica, where, and for how long the journey stops", () => {
    expect(journey.singlePointsOfFailure.map(({ words }) => words)).toEqual([
      "a wrong change by hand to main stops checkout for about 60 min",
      "checkout runs in region westeurope only: losing the region stops checkout for about 6 h",
      "checkout comes in through the load balancer of main: its outage stops checkout for about 60 min",
      "a bad deployment of shop stops checkout for about 30 min",
      "Deployment/web runs one replica: losing its node stops checkout for about 6 min (given.yaml:1)",
      "Deployment/web runs one replica: its failure stops checkout for about 1 min (given.yaml:1)",
      "Deployment/web runs one replica: losing its zone stops checkout for about 6 min (given.yaml:1)",
    ]);
  });

  test("shares of the failures and cut set counts are those of the tree", () => {
    expect(journey.cutSetCounts).toEqual(["7", "2"]);
    const shares = journey.importance.map(({ share }) => share);
    expect(shares).toEqual(shares.toSorted((left, right) => right - left));
    const balancer = journey.importance.find(({ category }) => category === "loadBalancer");
    expect(balancer?.share).toBeCloseTo((loadBalancer * (balancer?.birnbaum ?? 0)) / q, 12);
    expect(journey.importance.map(({ category }) => category)).not.toContain("window");
  });

  test("every figure unfolds to facts with source and date, assumptions and declared values", () => {
    const text = JSON.stringify(journey.downtimeMinutesPerMonth);
    expect(text).toContain('"kind":"fact"');
    expect(text).toContain('"value":"99.99"');
    expect(text).toContain('"kind":"assumption","id":"ASM-090"');
    const override = { ...estate, failureModel: new Map([["zone-unavailability", { value: 0.01 }]]) };
    const declared = JSON.stringify(assessOne(override, placement).unavailability);
    expect(declared).toContain('"name":"failureModel.zone-unavailability","value":"1 %"');
  });

  test("an override replaces the assumption and changes the figure", () => {
    const faster = { ...estate, failureModel: new Map([["rescheduling-window", { value: 60 / 3600 }]]) };
    expect(exactUnavailability(faster, placement)).toBeLessThan(q);
    const names = assess(faster, placement).assumptions.map(({ name }) => name);
    expect(names).not.toContain("rescheduling-window");
    expect(names).toContain("node-unavailability");
  });

  test("is the same for the same input, byte for byte", () => {
    expect(JSON.stringify(assess(estate, placement))).toBe(JSON.stringify(assess(estate, placement)));
  });

  test("has no journey where the estate has none", () => {
    expect(assess({ ...estate, journeys: [] }, placement).journeys).toEqual([]);
  });
});
