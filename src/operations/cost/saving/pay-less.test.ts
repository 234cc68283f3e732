import { Ajv } from "ajv";
import { beforeAll, describe, expect, test } from "vitest";
import { givenApplication, givenJourney } from "../../../availability/testing/given-journey.ts";
import { defaultCatalog } from "../../../catalog/default-catalog.ts";
import { likelyValue } from "../../../estate/figures/figure.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import {
  loadMixedIntegerSolver,
  type MixedIntegerSolver,
} from "../../../finops/commitments/mix/mixed-integer-solver.ts";
import { givenCluster, givenEstate, givenPool, givenWorkload } from "../../../scheduling/testing/given-estate.ts";
import { compareCost } from "../cost-comparison.ts";
import { payLess } from "./pay-less.ts";
import type { CostSavings } from "./savings-report.ts";
import { costSavingsJsonSchema, costSavingsSchemaMatches } from "./savings-schema.ts";

const today = "2026-11-22";
let solver: MixedIntegerSolver;
beforeAll(async () => {
  solver = await loadMixedIntegerSolver();
});

const spotToleration = { key: "kubernetes.azure.com/scalesetpriority", operator: "Exists", effect: "NoSchedule" };

/** Five nodes where two would do, one pool that tolerates spot, and a tier that an objective needs. */
function givenWaste({ objective = 0.01 }: { readonly objective?: number } = {}): Estate {
  const web = givenWorkload({ name: "web", replicas: 2, cpu: 500, memoryMiB: 512 });
  const batch = {
    ...givenWorkload({ name: "batch", replicas: 1, cpu: 500, memoryMiB: 512 }),
    tolerations: [spotToleration, { key: "for", operator: "Equal", value: "batch", effect: "NoSchedule" }],
    nodeSelector: { pool: "batch" },
  };
  return givenEstate({
    clusters: [
      givenCluster({
        tier: "Standard",
        nodePools: [
          givenPool({
            name: "system",
            mode: "System",
            minimumNodes: 2,
            maximumNodes: 2,
            autoscaling: false,
            taints: [{ key: "CriticalAddonsOnly", value: "true", effect: "NoSchedule" }],
          }),
          givenPool({ name: "user", minimumNodes: 5, maximumNodes: 5, autoscaling: false, countDeclared: true }),
          givenPool({
            name: "batch",
            minimumNodes: 1,
            maximumNodes: 1,
            autoscaling: false,
            countDeclared: true,
            taints: [{ key: "for", value: "batch", effect: "NoSchedule" }],
            labels: { pool: "batch" },
          }),
        ],
      }),
    ],
    workloads: [web, batch],
    applications: [givenApplication()],
    journeys: [givenJourney([web.id], { objectiveUnavailability: objective })],
  });
}

/** Three nodes of a size that can be reserved, where one without a reservation price costs less by the hour. */
function givenReservable(): Estate {
  const web = givenWorkload({ name: "web", replicas: 3, cpu: 2000, memoryMiB: 2048 });
  const pool = {
    vmSize: "Standard_D4ads_v5",
    minimumNodes: 3,
    maximumNodes: 3,
    autoscaling: false,
    countDeclared: true,
  };
  return givenEstate({
    clusters: [givenCluster({ region: "westeurope", nodePools: [givenPool({ name: "user", ...pool })] })],
    workloads: [web],
  });
}

function save(estate: Estate): Promise<CostSavings> {
  return payLess(estate, defaultCatalog, { today, solver });
}

/** What a program that reads the JSON gets, by the published schema. */
function expectPublished(report: CostSavings): void {
  expect(costSavingsSchemaMatches).toBe(true);
  const isValid = new Ajv({ strict: false }).compile(costSavingsJsonSchema());
  expect(isValid(JSON.parse(JSON.stringify(report))), JSON.stringify(isValid.errors?.[0])).toBe(true);
}

describe("one ranked list", () => {
  test("begins with the bill, and what each measure saves beside those above adds up to the whole, to the cent", async () => {
    const estate = givenWaste();
    const report = await save(estate);
    expectPublished(report);
    const { bill, saving, measures } = report;
    const declared = likelyValue(bill) ?? 0;
    expect(declared).toBe(compareCost(estate, defaultCatalog, { today }).declared.likely);
    expect(measures.length).toBeGreaterThan(2);
    let before = declared;
    let together = 0;
    for (const { saved, cumulative, billAfter } of measures) {
      expect(saved).toBeGreaterThan(0);
      expect(Math.round((before - saved) * 100)).toBe(Math.round(billAfter * 100));
      together += saved;
      expect(cumulative).toBeCloseTo(together, 2);
      before = billAfter;
    }
    expect(likelyValue(saving)).toBeCloseTo(declared - before, 2);
    const usage = measures.filter(({ kind }) => kind !== "commitment").map(({ alone }) => alone);
    expect(usage).toEqual(usage.toSorted((left, right) => right - left));
  });

  test("counts once what two measures would both save, and commits only to what is left", async () => {
    const { measures, overlapped } = await save(givenWaste());
    const own = [...measures, ...overlapped].filter(({ id }) => id.endsWith("/main/user"));
    expect(own.map(({ id }) => id)).toEqual(["nodeSize/main/user", "nodeCount/main/user"]);
    expect(overlapped.map(({ id }) => id)).toContain("nodeCount/main/user");
    const last = measures.at(-1);
    expect(last?.kind).toBe("commitment");
    expect(last?.saved).toBeLessThan(last?.alone ?? 0);
  });

  test("leaves out what commitments beat: a lower price with no reservation", async () => {
    const { measures, overlapped, saving } = await save(givenReservable());
    expect(measures.map(({ id }) => id)).toEqual(["commitments"]);
    expect(likelyValue(saving)).toBe(measures[0]?.alone);
    const beaten = overlapped.find(({ id }) => id === "nodeSize/main/user");
    expect(beaten?.alone).toBeGreaterThan(0);
    expect(beaten?.reason).toContain("commitments");
  });

  test("lists spot for pods that say they may be evicted, and for no others", async () => {
    const { measures, overlapped, againstObjectives } = await save(givenWaste());
    const spot = [...measures, ...overlapped, ...againstObjectives].filter(({ kind }) => kind === "spot");
    expect(spot.map(({ id }) => id)).toEqual(["spot/main/batch"]);
    expect(spot[0]?.realise).toEqual({ kind: "document", change: "Cluster main: spec.nodePools[batch].spot: true" });
  });

  test("a measure that breaks an objective says so and is not counted", async () => {
    const lax = await save(givenWaste());
    expect(lax.againstObjectives).toEqual([]);
    const strict = await save(givenWaste({ objective: 1e-9 }));
    expect(strict.againstObjectives).not.toEqual([]);
    for (const { journeys } of strict.againstObjectives) expect(journeys[0]?.meetsObjective).toBe(false);
    for (const { journeys } of strict.measures) {
      expect(journeys.filter((each) => each.meetsObjective === false && each.moreMinutesPerMonth > 0.005)).toEqual([]);
    }
  });

  test("what is stopped outside of hours is not committed to as if it ran", async () => {
    const estate = givenWaste();
    const hours = "Mon-Fri 08:00-18:00";
    const used = { ...estate, environments: estate.environments.map((each) => ({ ...each, hours })) };
    const { measures } = await save(used);
    const stop = measures.find(({ kind }) => kind === "schedule");
    expect(stop?.realise).toEqual({ kind: "document", change: "Cluster main: spec.stopsOutsideHours: true" });
    const always = (await save(estate)).measures.find(({ kind }) => kind === "commitment");
    const inHours = measures.find(({ kind }) => kind === "commitment");
    expect(inHours?.saved ?? 0).toBeLessThan(always?.saved ?? 0);
  });
});
