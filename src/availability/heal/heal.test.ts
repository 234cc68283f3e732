import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  givenCloudService,
  givenCluster,
  givenEstate,
  givenPool,
  givenWorkload,
} from "../../scheduling/testing/given-estate.ts";
import {
  anyOf,
  assess,
  exactUnavailability,
  givenPlacement,
  givenPoolPlacement,
  givenShop,
  standard,
} from "../testing/given-journey.ts";
import type { ClusterHealing } from "./healing-report.ts";

const { region, controlPlane, operator } = standard;
/** SLA of Entra ID, of a registry, and what is assumed of Git. */
const [identity, registry, git] = [1e-4, 1e-3, 1e-3];
const capacity = 1e-3;

function healingOf(estate: Parameters<typeof assess>[0], placement = givenPlacement()): ClusterHealing {
  const [cluster] = assess(estate, placement).clusters ?? [];
  if (cluster === undefined) throw new Error("the estate has no cluster");
  return cluster;
}

function abilityOf({ abilities }: ClusterHealing, wanted: string): number {
  const { result } = abilities.find(({ ability }) => ability === wanted)?.unavailability ?? {};
  if (result?.kind !== "exact") throw new Error(`no exact figure of ${wanted}`);
  return result.value;
}

describe("what a cluster needs to heal", () => {
  test("by itself: its control plane, its region, identity, and nobody's mistake", () => {
    const healing = healingOf(givenEstate());
    const reschedule = anyOf(controlPlane, region, operator, identity);
    expect(abilityOf(healing, "reschedule")).toBeCloseTo(reschedule, 15);
    expect(abilityOf(healing, "deploy")).toBeCloseTo(reschedule, 15);
    expect(abilityOf(healing, "scale")).toBeCloseTo(anyOf(reschedule, capacity), 15);
  });

  test("a registry stops all of it, Git stops deployments only", () => {
    const healing = healingOf(
      givenEstate({
        cloudServices: [givenCloudService("images", "containerRegistry")],
        delivery: { agent: "flux", packaging: undefined, cloudTarget: undefined },
      }),
    );
    // The registry falls with its region, which is among the causes anyway.
    const reschedule = anyOf(controlPlane, region, operator, identity, registry);
    expect(abilityOf(healing, "reschedule")).toBeCloseTo(reschedule, 15);
    expect(abilityOf(healing, "deploy")).toBeCloseTo(anyOf(reschedule, git), 15);
    const { result } = healing.unavailability;
    expect(result.kind === "exact" && result.value).toBeCloseTo(anyOf(reschedule, git, capacity), 15);
    expect(healing.singlePointsOfFailure.map(({ words }) => words)).toContain(
      "main cannot deploy while Git of the estate is down, for about 60 min each time",
    );
    expect(healing.singlePointsOfFailure.map(({ words }) => words)).toContain(
      "main cannot reschedule, scale or deploy while the control plane of main is down, for about 60 min each time",
    );
  });

  test("pools that do not grow never wait for a node of the region", () => {
    const fixed = givenPool({ autoscaling: false, minimumNodes: 3, maximumNodes: 3 });
    const healing = healingOf(givenEstate({ clusters: [givenCluster({ nodePools: [fixed] })] }));
    expect(abilityOf(healing, "scale")).toBe(abilityOf(healing, "reschedule"));
  });

  test("all controllers of the delivery agent are needed", () => {
    const component = (replicas: number) => ({
      name: "flux",
      version: undefined,
      namespace: "flux-system",
      crds: [],
      requests: {},
      replicas,
    });
    const at = (replicas: number) =>
      abilityOf(healingOf(givenEstate({ clusters: [givenCluster({ components: [component(replicas)] })] })), "deploy");
    expect(at(4)).toBeGreaterThan(at(1));
    expect(at(1)).toBeGreaterThan(anyOf(controlPlane, region, operator, identity, git));
  });

  test("registry, Git and identity are no cause of a running journey's downtime", () => {
    const { estate, web } = givenShop();
    const placement = givenPlacement(
      givenPoolPlacement([
        { zone: "1", pods: [web] },
        { zone: "2", pods: [] },
      ]),
    );
    const leaning = {
      ...estate,
      cloudServices: [givenCloudService("images", "containerRegistry")],
      delivery: { agent: "flux", packaging: undefined, cloudTarget: undefined },
    };
    expect(exactUnavailability(leaning, placement)).toBe(exactUnavailability(estate, placement));
  });
});

describe("the control plane alone", () => {
  /** One replica on the only node of a pool that does not grow: nothing can be rescheduled. */
  function fixedShop() {
    const fixed = givenPool({ minimumNodes: 1, maximumNodes: 1, autoscaling: false, zones: ["1"] });
    return givenShop({ clusters: [givenCluster({ nodePools: [fixed] })] });
  }
  const worse = (estate: Parameters<typeof assess>[0], tier: "Free" | "Standard") => ({
    ...estate,
    clusters: estate.clusters.map((cluster) => ({ ...cluster, tier })),
  });

  test("makes a journey no worse where nothing needs rescheduling, and the cluster worse", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1, noNaN: true }), (unavailability) => {
        const { estate, web } = fixedShop();
        const placement = givenPlacement(givenPoolPlacement([{ zone: "1", pods: [web] }]));
        const failureModel = new Map([["control-plane-unavailability", { value: unavailability }]]);
        const free = { ...worse(estate, "Free"), failureModel };
        expect(exactUnavailability(free, placement)).toBe(exactUnavailability(estate, placement));
        expect(abilityOf(healingOf(free, placement), "reschedule")).toBeGreaterThanOrEqual(unavailability);
      }),
      { numRuns: 20 },
    );
  });

  test("counts together with the loss of a node that pods must leave", () => {
    const { estate, web } = givenShop();
    const placement = givenPlacement(
      givenPoolPlacement([
        { zone: "1", pods: [web] },
        { zone: "1", pods: [] },
      ]),
    );
    expect(exactUnavailability(worse(estate, "Free"), placement)).toBeGreaterThan(
      exactUnavailability(estate, placement),
    );
  });
});

describe("room for the pods of a lost node", () => {
  const heavy = givenWorkload({ name: "web", application: "shop", replicas: 2, cpu: 3000 });

  function placed(free: number) {
    const pool = givenPoolPlacement([
      { zone: "1", pods: [heavy] },
      { zone: "2", pods: [heavy] },
    ]);
    const requested = { cpuMillicores: pool.allocatable.cpuMillicores - free, memoryBytes: 0, pods: 1 };
    return givenPlacement({ ...pool, nodes: pool.nodes.map((node) => ({ ...node, requested })) });
  }

  test("is missed where all other nodes together have less", () => {
    const { estate } = givenShop({}, heavy);
    const [shortage] = healingOf(estate, placed(860)).shortages;
    expect(shortage?.pool).toBe("main/user");
    expect(shortage?.words).toBe(
      "the other nodes of main/user lack 2.14 vCPU for the pods of a lost node: they wait for a node that the autoscaler adds",
    );
    expect(shortage?.grows).toBe(true);
  });

  test("is there where they have enough", () => {
    const { estate } = givenShop({}, heavy);
    const pool = givenPoolPlacement([
      { zone: "1", pods: [heavy] },
      { zone: "2", pods: [] },
      { zone: "3", pods: [] },
    ]);
    const nothing = { cpuMillicores: 0, memoryBytes: 0, pods: 0 };
    const nodes = pool.nodes.map((node, index) => (index === 0 ? node : { ...node, requested: nothing }));
    expect(healingOf(estate, givenPlacement({ ...pool, nodes })).shortages).toEqual([]);
  });
});
