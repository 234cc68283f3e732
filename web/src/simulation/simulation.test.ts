import { describe, expect, it } from "vitest";
import { openTexts } from "../assessing/assess-texts.ts";
import { buildBoxes } from "../graph/build-boxes.ts";
import { measureBoxes } from "../graph/measure-boxes.ts";
import { chartOption } from "./chart-option.ts";
import { chartPanels, unitWords } from "./chart-panels.ts";
import { failureLens } from "./failure-lens.ts";
import { loadChoices } from "./load-choices.ts";
import { loadProfileSample } from "./load-profile-sample.ts";
import { chosenFailure, ofKind, rankFailures, stepFailure } from "./ranked-failures.ts";
import { readStrategies, toggleStrategy } from "./strategy-look.ts";

const estate = `apiVersion: scantling/v1alpha1
kind: Cluster
metadata: {name: main}
spec:
  region: westeurope
  kubernetesVersion: "1.34"
  nodePools:
    - {name: system, mode: System, vmSize: Standard_D4s_v5, zones: ["1", "2", "3"], count: 3}
---
apiVersion: scantling/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  namespace: shop
  manifests: {default: ./shop.yaml}
  entryPoints: [{name: web, workload: shop/Deployment/web, exposure: public}]
`;
const shop = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      topologySpreadConstraints:
        - {topologyKey: topology.kubernetes.io/zone, maxSkew: 1, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}
      containers: [{name: web, image: "web:1", resources: {requests: {cpu: 2, memory: 1Gi}}}]
`;
const today = "2026-11-22";
const opened = openTexts({ "shop/estate.yaml": estate, "shop/shop.yaml": shop }, today);
const request = { environment: "default", entryPoint: "web", days: 1, strategies: undefined } as const;

/** The estate with what the page says to declare, and the profile read from a file beside it where one is named. */
function withProfile(profile: (sample: string) => string, further: { readonly [path: string]: string } = {}) {
  const [choice] = loadChoices(opened.estate).choices;
  if (choice === undefined) throw new Error("there is an entry point");
  const [document = "", fragment = ""] = loadProfileSample(choice).split("---\n");
  const load = fragment.slice(fragment.indexOf("  load:"));
  const texts = { "shop/estate.yaml": `${estate}${load}---\n${profile(document)}`, "shop/shop.yaml": shop, ...further };
  return openTexts(texts, today);
}

describe("load", () => {
  it("names the entry points, and what to declare where there is no profile", () => {
    const { choices, usual } = loadChoices(opened.estate);
    expect(choices).toMatchObject([
      { entryPoint: "web", application: "shop", workload: "shop/Deployment/web", profile: undefined },
    ]);
    expect(usual).toEqual(choices[0]);
    const declared = withProfile((sample) => sample);
    expect(declared.estate.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(loadChoices(declared.estate).choices).toMatchObject([{ entryPoint: "web", profile: "web-day" }]);
  });

  it("draws each strategy and the demand, and says in words what never changes", () => {
    const declared = withProfile((sample) => sample);
    const [choice] = loadChoices(declared.estate).choices;
    const report = declared.load({ ...request, ...choice, strategies: ["reactive", "fixed"] });
    if ("problem" in report) throw new Error(report.problem);
    expect(structuredClone(report)).toEqual(report);
    const panels = chartPanels(report);
    expect(panels.map(({ key }) => key)).toEqual(["demand", "replicas", "nodes", "pending", "cost"]);
    const [demand, , nodes, , cost] = panels;
    expect(demand?.lines.map(({ name }) => name)).toEqual(["Demand", "As declared", "Fixed"]);
    expect(demand?.title).toBe("Demand and what is served, requests a second");
    expect(demand?.lines[0]?.points[0]?.[0]).toBe(Date.parse(report.demand.start));
    expect(nodes).toMatchObject({ flat: true, words: "3 throughout, under every strategy" });
    const spent = cost?.lines[0]?.points.at(-1)?.[1] ?? 0;
    const figure = report.strategies[0]?.cost.result;
    expect(figure?.kind === "exact" ? figure.value : undefined).toBeCloseTo(spent, 1);
    const { series } = chartOption(panels[1] ?? panels[0] ?? expect.fail()) as { series: { lineStyle: object }[] };
    expect(new Set(series.map(({ lineStyle }) => JSON.stringify(lineStyle))).size).toBe(2);
  });

  it("reads the series that a profile names beside its document", () => {
    const series = `spec:\n  unit: requestsPerSecond\n  series: {file: ./load/week%1.csv, timeColumn: at, valueColumn: rate}\n`;
    const csv = "at,rate\n2026-11-22T00:00:00Z,7\n2026-11-22T12:00:00Z,21\n2026-11-23T00:00:00Z,7\n";
    const declared = withProfile((sample) => sample.slice(0, sample.indexOf("spec:")) + series, {
      "shop/load/week%1.csv": csv,
    });
    const [choice] = loadChoices(declared.estate).choices;
    const report = declared.load({ ...request, ...choice, strategies: ["fixed"] });
    expect(report).toMatchObject({ demand: { peak: 21 } });
  });

  it("keeps one strategy at least, in the order of the command line", () => {
    expect(readStrategies("fixed,reactive,gravity")).toEqual(["reactive", "fixed"]);
    expect(readStrategies("gravity")).toBeUndefined();
    expect(toggleStrategy(["reactive"], "prescaled")).toBe("reactive,prescaled");
    expect(toggleStrategy(["reactive", "fixed"], "reactive")).toBe("fixed");
    expect(toggleStrategy(["reactive"], "reactive")).toBe("reactive");
  });

  it("says units in words", () => {
    expect(unitWords("ordersPerSecond")).toBe("orders a second");
    expect(unitWords("messages")).toBe("messages");
  });
});

describe("failure", () => {
  const report = opened.failures();
  const ranked = rankFailures(report);

  it("ranks the failures of all clusters, and steps through them to both ends", () => {
    expect(ranked).toHaveLength(7);
    const zones = ofKind(ranked, "zone");
    expect(zones.map(({ failure }) => failure.kind)).toEqual(["zone", "zone", "zone"]);
    expect(chosenFailure(ranked, "main/node/system-9")).toBe(ranked[0]);
    expect(chosenFailure(ranked, "main/zone/westeurope-2")?.key ?? "").not.toBe("");
    expect(stepFailure(zones, zones[0], -1)).toBe(zones[0]);
    expect(stepFailure(zones, zones[0], 1)).toBe(zones[1]);
    expect(stepFailure(zones, zones[2], 5)).toBe(zones[2]);
    expect(stepFailure([], undefined, 1)).toBeUndefined();
  });

  it("marks what is lost, says every colour in words, and leaves the rest alone", () => {
    const assessment = opened.assessment();
    const boxes = buildBoxes(assessment);
    const measures = measureBoxes(assessment, boxes);
    for (const lost of ranked) {
      const lens = failureLens(assessment, lost);
      const tones = new Set(lens.legend.map(({ tone }) => tone));
      const looks = boxes.flatMap((box) => {
        const measure = measures.get(box.id);
        return measure === undefined ? [] : [[box.kind, lens.look(box, measure)] as const];
      });
      for (const [, look] of looks) {
        expect(tones).toContain(look.tone);
        if (look.tone !== "none") expect(look.words).not.toBe("");
      }
      const pool = looks.find(([kind]) => kind === "pool")?.[1];
      expect(pool?.tone).toBe(lost.failure.kind === "pool" ? "lost" : "lost-part");
      const web = looks.find(([kind]) => kind === "workload")?.[1];
      const own = lost.failure.workloads.find(({ workload }) => workload.endsWith("Deployment/web"));
      const pending = own === undefined ? 0 : own.podsBefore - own.upAfter;
      expect(web?.badges.some(({ tone, text }) => tone === "bad" && text === String(pending))).toBe(pending > 0);
    }
  });

  it("shows nothing before the replay is there", () => {
    const assessment = opened.assessment();
    const [box] = buildBoxes(assessment);
    const measure = measureBoxes(assessment, buildBoxes(assessment)).get(box?.id ?? "");
    if (box === undefined || measure === undefined) throw new Error("there is a box");
    expect(failureLens(assessment, undefined).look(box, measure)).toEqual({ tone: "none", words: "", badges: [] });
  });
});
