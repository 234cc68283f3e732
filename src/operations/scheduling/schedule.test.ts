import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { givenCluster, givenEstate, givenPool, givenWorkload } from "../../scheduling/testing/given-estate.ts";
import { type ScheduleReport, scheduleSnapshots } from "./schedule.ts";
import { scheduleEstate } from "./schedule-estate.ts";
import { ScheduleSchema } from "./schedule-schema.ts";

function node(name: string, more: object = {}): object {
  return { metadata: { name }, status: { allocatable: { cpu: "2", memory: "4Gi", pods: 10 } }, ...more };
}

function pod(name: string, cpu: unknown, more: object = {}): object {
  return { metadata: { name }, spec: { containers: [{ resources: { requests: { cpu } } }], ...more } };
}

function schedule(...snapshots: readonly unknown[]): ScheduleReport {
  const text = snapshots.map((each) => (typeof each === "string" ? each : JSON.stringify(each))).join("\n");
  return scheduleSnapshots(text, "given.jsonl", { kubernetesVersion: "1.34" });
}

function codes({ diagnostics }: ScheduleReport): readonly string[] {
  return diagnostics.map(({ code }) => code);
}

describe("snapshots", () => {
  test("are read as one object, a list, or lines; the report holds to its schema", () => {
    const one = { id: "one", nodes: [node("a")], pods: [pod("p", "1")] };
    for (const text of [
      JSON.stringify(one),
      JSON.stringify([one]),
      `${JSON.stringify(one)}\n\n`,
      JSON.stringify(one, undefined, 2),
    ]) {
      const report = scheduleSnapshots(text, "-", { kubernetesVersion: "1.26" });
      expect(report.cases).toMatchObject([{ id: "one", steps: [{ pod: "p", best: ["a"], chosen: "a" }] }]);
      expect(ScheduleSchema.parse(report)).toEqual(report);
    }
  });

  test("a pod that fits nowhere is explained, with what would help", () => {
    const report = schedule({ nodes: [node("a")], pods: [pod("p", "1500m"), pod("q", "600m")] });
    expect(ScheduleSchema.parse(report)).toEqual(report);
    expect(report.cases[0]?.unschedulable).toMatchObject([
      {
        pod: "default/q",
        summary: "the only node has too little cpu left",
        groups: [{ plugin: "NodeResourcesFit", nodes: 1, examples: ["a"] }],
        changes: [{ text: "lower the cpu request from 600m to 500m, then a takes it" }, { text: "add a node like a" }],
      },
    ]);
  });

  test.each<[string, unknown, string]>([
    ["text that is no JSON", "{", "EST-630"],
    ["a value that is no object", 7, "EST-631"],
    ["pods that are no list", { nodes: [], pods: {} }, "EST-631"],
    ["services that are no list", { nodes: [], pods: [], services: 1 }, "EST-631"],
    ["a negative request", { nodes: [node("a")], pods: [pod("p", "-1")] }, "EST-632"],
    ["a request that is no quantity", { nodes: [node("a")], pods: [pod("p", {})] }, "EST-632"],
    ["an absurd request", { nodes: [node("a")], pods: [pod("p", "9E")] }, "EST-632"],
    ["a pod without a name", { nodes: [node("a")], pods: [{}] }, "EST-632"],
    ["a pod that is no object", { nodes: [node("a")], pods: [null] }, "EST-632"],
    [
      "a node with an absurd quantity",
      { nodes: [{ metadata: { name: "a" }, status: { allocatable: { cpu: "-2" } } }], pods: [] },
      "EST-632",
    ],
    ["a node of the same name", { nodes: [node("a"), node("a")], pods: [] }, "EST-633"],
    ["a pod of the same name", { nodes: [node("a")], pods: [pod("p", "1"), pod("p", "1")] }, "EST-633"],
    [
      "a pod on a node that is not there",
      { nodes: [node("a")], existing: [pod("p", "1", { nodeName: "z" })], pods: [] },
      "EST-634",
    ],
    ["no node", { nodes: [], pods: [pod("p", "1")] }, "EST-636"],
    ["a request beyond every node", { nodes: [node("a")], pods: [pod("p", "3")] }, "EST-638"],
    ["another scheduler", { nodes: [node("a")], pods: [pod("p", "1", { schedulerName: "mine" })] }, "EST-641"],
  ])("%s is diagnosed", (_case, snapshot, code) => {
    const report = schedule(snapshot, { id: "good", nodes: [node("b")], pods: [pod("q", "1")] });
    expect(codes(report)).toContain(code);
    expect(report.cases.at(-1)).toMatchObject({ id: "good", steps: [{ chosen: "b" }] });
    for (const { severity, hint } of report.diagnostics) if (severity !== "note") expect(hint).toBeTruthy();
  });

  const clash = (...expressions: readonly object[]) => ({
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: expressions }] },
      },
    },
  });

  test.each<[string, object]>([
    ["In against In", clash({ key: "k", operator: "In", values: ["a"] }, { key: "k", operator: "In", values: ["b"] })],
    [
      "In against NotIn",
      clash({ key: "k", operator: "NotIn", values: ["a"] }, { key: "k", operator: "In", values: ["a"] }),
    ],
    ["Exists against DoesNotExist", clash({ key: "k", operator: "Exists" }, { key: "k", operator: "DoesNotExist" })],
    ["an empty range", clash({ key: "k", operator: "Gt", values: ["5"] }, { key: "k", operator: "Lt", values: ["6"] })],
    [
      "selector against affinity",
      { nodeSelector: { k: "x" }, ...clash({ key: "k", operator: "NotIn", values: ["x"] }) },
    ],
    ["an empty term", clash()],
    [
      "no term",
      { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } } },
    ],
  ])("contradictory affinity is said: %s", (_case, spec) => {
    const labelled = ["a", "b", "x", "5", "6"].map((value) =>
      node(`n${value}`, { metadata: { name: `n${value}`, labels: { k: value } } }),
    );
    const report = schedule({ nodes: [node("bare"), ...labelled], pods: [pod("p", "1", spec)] });
    expect(codes(report)).toContain("EST-637");
    expect(report.cases[0]?.steps[0]?.chosen).toBe("");
  });

  test("a version outside of what is known is answered by the nearest, with a word on it", () => {
    const text = JSON.stringify({ nodes: [node("a")], pods: [] });
    const report = scheduleSnapshots(text, "-", { kubernetesVersion: "1.40" });
    expect(report.kubernetesVersion).toBe("1.34");
    expect(codes(report)).toEqual(["EST-635"]);
  });

  test("too many answers are cut to the choices, and that is said", () => {
    const nodes = Array.from({ length: 1_001 }, (_, index) => node(`n${index}`));
    const pods = Array.from({ length: 1_000 }, (_, index) => pod(`p${index}`, "1"));
    const report = schedule({ nodes, pods });
    expect(codes(report)).toEqual(["EST-639"]);
    expect(report.cases[0]?.steps[0]).toEqual({ pod: "p0", nodes: {}, best: ["n0"], chosen: "n0" });
  });
});

describe("an estate", () => {
  const options = { kubernetesVersion: undefined, nodes: "minimum" } as const;

  test("is scheduled onto the nodes of its pools, DaemonSets and platform pods included", () => {
    const estate = givenEstate({
      clusters: [givenCluster({ nodePools: [givenPool({ minimumNodes: 3 })] })],
      workloads: [givenWorkload({ name: "web", replicas: 3 })],
    });
    const report = scheduleEstate(estate, defaultCatalog, options);
    expect(report.cases[0]?.nodes).toBe(3);
    expect(report.cases[0]?.unschedulable).toEqual([]);
    const web = report.cases[0]?.steps.filter(({ pod: name }) => name.includes("/web-")) ?? [];
    expect(new Set(web.map(({ chosen }) => chosen)).size).toBe(3);
    expect(ScheduleSchema.parse(report)).toEqual(report);
  });

  test("without nodes keeps every pod pending and says so", () => {
    const estate = givenEstate({
      clusters: [givenCluster({ nodePools: [givenPool({ minimumNodes: 0 })] })],
      workloads: [givenWorkload({ name: "web", replicas: 2 })],
    });
    const report = scheduleEstate(estate, defaultCatalog, options);
    expect(codes(report)).toContain("EST-636");
    expect(report.cases[0]?.unschedulable.map(({ summary }) => summary)).toContain("there is no node");
  });
});
