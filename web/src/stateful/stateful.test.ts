import { describe, expect, it } from "vitest";
import { defaultCatalog } from "../../../src/catalog/default-catalog.ts";
import { simulateConsistency } from "../../../src/operations/stateful/consistency/simulate-consistency.ts";
import type {
  RecoveryTimelinesReport,
  ReportedTimeline,
} from "../../../src/operations/stateful/recovery-timelines-report.ts";
import { adviseStores } from "../../../src/operations/stateful/stateful-advise.ts";
import { recoveryTimelines } from "../../../src/operations/stateful/stateful-timeline.ts";
import { givenDataStore, givenEstate } from "../../../src/scheduling/testing/given-estate.ts";
import { buildBoxes } from "../graph/build-boxes.ts";
import { measureBoxes } from "../graph/measure-boxes.ts";
import { chooseLens } from "../lenses/choose-lens.ts";
import { fixtureAssessment } from "../testing/assessment-fixture.ts";
import { chosenStore, listStores } from "./chosen-store.ts";
import { axisOf } from "./recovery-axis.ts";
import { storesOnMap, worstStanding } from "./stores-on-map.ts";
import { layLanes, stepAt } from "./trace-lanes.ts";

const rto = (rtoSeconds: number) => ({ rtoSeconds, rpoSeconds: undefined });
const estate = givenEstate({
  dataStores: [
    givenDataStore("carts", "redis", { sku: "Standard C1", recovery: { zone: rto(60) } }),
    givenDataStore("orders", "azureSql", { sku: "GP_Gen5_2", zoneRedundant: true, recovery: { zone: rto(600) } }),
  ],
});
const advice = adviseStores(estate, defaultCatalog);
const timelines = recoveryTimelines(estate, defaultCatalog);

function zoneOf(subject: string): ReportedTimeline {
  const found = timelines.stores
    .find((store) => store.subject === subject)
    ?.timelines.find(({ scope }) => scope === "zone");
  if (found === undefined) throw new Error(`no timeline of ${subject}`);
  return found;
}

describe("the list of stores", () => {
  it("begins with what misses an objective, and follows the address", () => {
    const stores = listStores({ advice, timelines });
    expect(stores.map(({ key }) => key)).toEqual(["carts", "orders"]);
    expect(chosenStore(stores, { store: "orders" })?.label).toBe("orders");
    expect(chosenStore(stores, { store: "gone" })?.label).toBe("carts");
    expect(chosenStore([], { store: undefined })).toBeUndefined();
  });

  it("says why a store is not judged", () => {
    const notEvaluable = [{ store: "carts", because: ["EST-207 its level does not exist"] }];
    const [carts] = listStores({ advice: { ...advice, stores: [], notEvaluable }, timelines });
    expect(carts).toMatchObject({ advice: undefined, unjudged: ["EST-207 its level does not exist"] });
  });
});

describe("the scale of a timeline", () => {
  it("ends beyond the worst case and the objective, and its steps fill the likely time", () => {
    const timeline = zoneOf("DataStore/orders");
    const axis = axisOf(timeline);
    expect(axis.end).toBeGreaterThan(600);
    const last = axis.steps.at(-1);
    const { result } = timeline.rtoSeconds;
    expect(result.kind === "range" ? result.likely : 0).toBeCloseTo((last?.start ?? 0) + (last?.seconds ?? 0));
    expect(axis.ticks.length).toBeLessThanOrEqual(7);
  });

  it("is told the worst of what is declared", () => {
    expect(worstStanding([zoneOf("DataStore/orders"), zoneOf("DataStore/carts")])).toBe("no");
    expect(worstStanding([zoneOf("DataStore/orders")])).toBe("yes");
    expect(worstStanding([])).toBeUndefined();
  });
});

describe("the stateful lens", () => {
  const assessment = fixtureAssessment();
  const [database] = assessment.estate.workloads.filter(({ id }) => id.endsWith("StatefulSet/db"));
  const boxes = buildBoxes(assessment);
  const measures = measureBoxes(assessment, boxes);
  const late = timelines.stores.find(({ subject }) => subject === "DataStore/carts");
  const lookOf = (report: RecoveryTimelinesReport) => {
    const lens = chooseLens("stateful", assessment, undefined, undefined, undefined, storesOnMap(advice, report));
    const box = boxes.find(({ workloads, kind }) => kind === "workload" && workloads[0] === database?.id);
    const measure = measures.get(box?.id ?? "");
    if (box === undefined || measure === undefined) throw new Error("the fixture has no database");
    return lens.look(box, measure);
  };

  it("marks the workload that holds a store which is late", () => {
    if (late === undefined || database === undefined) throw new Error("nothing to look at");
    const held = { ...late, workloads: [database.id] };
    expect(lookOf({ ...timelines, stores: [held] })).toMatchObject({ tone: "gap-2", words: "not in time" });
    expect(lookOf({ ...timelines, stores: [] })).toEqual({ tone: "none", words: "", badges: [] });
  });
});

describe("the lanes of a trace", () => {
  const run = simulateConsistency(
    { level: "session", keepsToken: false, moveShare: 0.3, seed: 1, runs: 20 },
    defaultCatalog,
  );
  const trace = run.traces.find(({ kind }) => kind === "readYourWrites");

  it("stand clients first, then replicas by region, and every message has its ends", () => {
    const diagram = layLanes(trace?.steps ?? [], run.regions);
    const groups = [...new Set(diagram.lanes.map(({ group }) => group))];
    expect(groups[0]).toBe("clients");
    expect(groups.slice(1)).toEqual(run.regions.filter((region) => groups.includes(region)));
    for (const { step, from, to } of diagram.steps) {
      expect(to ?? from).toBeDefined();
      if (/ reads | takes | gets | learns /.test(step.text)) expect([from, to]).not.toContain(undefined);
    }
    expect(diagram.steps.at(-1)?.step.breaks).toBe("readYourWrites");
  });

  it("are followed at a step within the trace", () => {
    expect([stepAt(undefined, 9), stepAt("4", 9), stepAt("40", 9), stepAt("-1", 9), stepAt("x", 9)]).toEqual([
      1, 4, 9, 1, 1,
    ]);
  });
});
