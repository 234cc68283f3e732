import { describe, expect, it } from "vitest";
import type { JourneyAvailability } from "../../../src/availability/availability-report.ts";
import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import { fixtureAssessment } from "../testing/assessment-fixture.ts";
import { cutWords } from "./cut-words.ts";
import { cutKey, cutSetsOf, journeyGraph, markedCut } from "./journey-graph.ts";

const fixture = fixtureAssessment();
const web = "prod/weu/shop/Deployment/web";
const orders = "prod/weu/shop/Deployment/orders";
const db = "prod/weu/shop/StatefulSet/db";

function cut(...events: readonly string[]) {
  return { events, unavailability: 1e-4, words: `${events.join(" and ")} stop checkout (estate.yaml:3)` };
}

function given(change: Partial<JourneyAvailability>): JourneyAvailability {
  const [journey] = fixture.availability.journeys;
  if (journey === undefined) throw new Error("the fixture has a journey");
  return {
    ...journey,
    journey: "prod/shop/checkout",
    application: "shop",
    environment: "prod",
    workloads: [web, orders, db],
    singlePointsOfFailure: [],
    cutSets: [],
    importance: [],
    ...change,
  };
}

function leaning(dependencies: Assessment["estate"]["dependencies"]): Assessment {
  return { ...fixture, estate: { ...fixture.estate, dependencies } };
}

const called = (from: string, to: string, type = "hard", text = "declared") => ({
  from,
  to,
  type,
  evidence: [{ origin: "environmentVariable", text, place: { precision: "file", source: "estate.yaml" } as const }],
});

function nodesOf(assessment: Assessment, journey: JourneyAvailability, marked?: ReturnType<typeof cut>) {
  const graph = journeyGraph(assessment, journey, marked);
  return { graph, node: (id: string) => graph.nodes.find((each) => each.id === id) };
}

describe("the graph of a journey", () => {
  const assessment = leaning([
    called(web, orders),
    called(orders, "DataStore/stock"),
    called(orders, "host:bank", "soft"),
  ]);

  it("goes from the way in to what is called", () => {
    const journey = given({
      singlePointsOfFailure: [cut("service/CloudService/edge"), cut("loadBalancer/load balancer of weu")],
    });
    const { graph } = nodesOf(assessment, journey);
    const edges = graph.edges.filter(({ type }) => type !== "place").map(({ from, to }) => `${from} > ${to}`);
    expect(edges).toEqual(
      expect.arrayContaining([
        "journey > target/CloudService/edge",
        "target/CloudService/edge > entry/weu",
        "entry/weu > workload/shop/Deployment/web",
        "workload/shop/Deployment/web > workload/shop/Deployment/orders",
        "workload/shop/Deployment/orders > target/DataStore/stock",
      ]),
    );
    expect(edges).not.toContain("entry/weu > workload/shop/Deployment/orders");
    expect(graph.edges.find(({ to }) => to === "target/host:bank")?.type).toBe("soft");
  });

  it("leads a store that runs as pods to them", () => {
    const { graph, node } = nodesOf(
      leaning([called(orders, "DataStore/main", "hard", "DATABASE_URL=postgres://shop@db.shop:5432/x")]),
      given({}),
    );
    expect(node("target/DataStore/main")).toBeUndefined();
    expect(graph.edges).toContainEqual({
      from: "workload/shop/Deployment/orders",
      to: "workload/shop/StatefulSet/db",
      type: "hard",
    });
  });

  it("finds the place of each sort of event", () => {
    const events: readonly (readonly [string, string])[] = [
      [`pod/${db}/1`, "workload/shop/StatefulSet/db"],
      [`commonCause/${web}`, "workload/shop/Deployment/web"],
      ["commonCause/weu/ingress controller", "entry/weu"],
      ["node/weu/user", "pool/weu/user"],
      ["operator/weu", "cluster/weu"],
      ["dataStore/DataStore/stock", "target/DataStore/stock"],
      ["switch/prod/shop", "journey"],
    ];
    for (const [event, place] of events) {
      const single = cut(event);
      const { node } = nodesOf(assessment, given({ singlePointsOfFailure: [single] }), single);
      expect(node(place)?.alone, event).toEqual([single]);
      expect(node(place)?.marked, event).toBe(true);
    }
  });

  it("marks nothing for events that it has no place for", () => {
    const { graph } = nodesOf(assessment, given({}), cut("unheard/of"));
    expect(graph.nodes.filter(({ marked }) => marked)).toEqual([]);
  });

  it("has no edge without both ends, and each node once", () => {
    const { graph } = nodesOf(assessment, given({}));
    const ids = graph.nodes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { from, to } of graph.edges) expect([ids.includes(from), ids.includes(to)]).toEqual([true, true]);
  });
});

describe("cut sets", () => {
  const one = cut("region/westeurope");
  const two = cut("pod/a", "pod/b");

  it("stand once, and are found by what the address says", () => {
    const journey = given({ singlePointsOfFailure: [one], cutSets: [{ ...one }, two] });
    expect(cutSetsOf(journey)).toEqual({ alone: [one], together: [two] });
    expect(markedCut(journey, cutKey(two))).toBe(two);
    expect(markedCut(journey, "no/such")).toBeUndefined();
    expect(markedCut(journey, undefined)).toBeUndefined();
  });

  it("part into words and place", () => {
    expect(cutWords("checkout needs x (a b/c.yaml:12)")).toEqual({
      text: "Checkout needs x",
      place: { precision: "exact", source: "a b/c.yaml", line: 12, column: 1 },
    });
    expect(cutWords("losing the region (all of it) stops checkout").place).toBeUndefined();
  });
});
