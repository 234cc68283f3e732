import { describe, expect, it } from "vitest";
import { exactFigure } from "../../../src/estate/figures/figure.ts";
import { loadEstate } from "../../../src/estate/load-estate.ts";
import type { CommitmentCurve } from "../../../src/operations/cost/cost-commit-report.ts";
import type { BearerForecast } from "../../../src/operations/cost/cost-forecast-report.ts";
import type { ScalingCurve } from "../../../src/operations/cost/scaling-economics-report.ts";
import { defaultViewState } from "../view-state/view-state.ts";
import { answerBill } from "./answer-bill.ts";
import { periodMoney, signedMoney } from "./bill-money.ts";
import { type BillRequest, billRequest } from "./bill-request.ts";
import { niceTop, topOf } from "./break-even/break-even-chart.ts";
import { durationPoints, durationWords } from "./commitments/duration-chart.ts";
import { figuresWithin } from "./figures-within.ts";
import { budgetBadge, byBudget } from "./forecast/budget-state.ts";
import { drawnSizes, type SizedPool, type SizePoint, sizeWords } from "./sizing/sizing-chart.ts";

const curve: CommitmentCurve = {
  region: "westeurope",
  group: "Ddsv5 Series",
  vmSizes: ["Standard_D4ds_v5"],
  steps: [
    { units: 4, hoursPerDay: 24 },
    { units: 10, hoursPerDay: 8 },
  ],
  meanUnits: 6,
  peakUnits: 10,
  ownedUnits: 2,
  boughtUnits: 3,
  breakEvens: [],
  unitsByQuantile: [],
};

describe("the load-duration curve", () => {
  it("falls from the busiest hours to what is always there", () => {
    expect(durationPoints(curve)).toEqual([
      [0, 10],
      [8, 10],
      [8, 4],
      [24, 4],
    ]);
    expect(durationWords(curve)).toBe("up to 10 units, 6 on average, 4 all day; 2 owned, 3 to buy");
  });

  it("comes down to nothing where nothing is always there", () => {
    const points = durationPoints({ ...curve, steps: [{ units: 10, hoursPerDay: 8 }] });
    expect(points.slice(-2)).toEqual([
      [8, 0],
      [24, 0],
    ]);
  });
});

describe("the top of the break-even drawing", () => {
  const way = (kind: ScalingCurve["kind"], most: number): ScalingCurve => ({
    way: kind === "held" ? "own-nodes" : "functions",
    label: "",
    kind,
    formula: "",
    points: [{ duty: 1, monthlyCost: most }],
  });

  it("holds all that is held, and cuts what is far above", () => {
    expect(topOf([way("held", 1000), way("used", 9000)])).toBe(1600);
    expect(topOf([way("held", 1000), way("used", 500)])).toBe(1000);
    expect(topOf([way("used", 500)])).toBe(500);
    expect(niceTop(1600)).toBe(2000);
    expect(niceTop(0)).toBe(1);
  });
});

describe("budgets", () => {
  const bearer = (name: string, budget?: BearerForecast["budget"]): BearerForecast => ({
    name,
    declared: true,
    past: [],
    months: [
      {
        month: "2026-12",
        actual: 0,
        likely: 5,
        low: 4,
        high: 6,
        fromSteps: 0,
        figure: exactFigure("x", "x", "EUR/month", 5, []),
      },
    ],
    ...(budget === undefined ? {} : { budget }),
  });
  const budget = { monthly: 5, months: [], crossing: undefined, warning: undefined, passedBefore: [] };
  const passed = bearer("passed", { ...budget, crossing: { month: "2027-01", probability: 0.7 } });
  const warned = bearer("warned", { ...budget, warning: { month: "2027-01", probability: undefined } });

  it("stand worst first, each in words", () => {
    const sorted = byBudget([bearer("none"), bearer("within", budget), warned, passed]);
    expect(sorted.map((each) => budgetBadge(each).text)).toEqual([
      "passes in 2027-01",
      "may pass in 2027-01",
      "within budget",
      "no budget",
    ]);
    expect(budgetBadge(passed).title).toContain("70%");
    expect(budgetBadge({ ...passed, months: [] }).text).toBe("not evaluable");
  });
});

describe("the sizing curve", () => {
  const point = (vmSize: string, vcpu: number, difference: number): SizePoint => ({
    vmSize,
    vcpu,
    memoryGiB: 4 * vcpu,
    osDisk: "Ephemeral",
    nodes: 3,
    monthly: 100 + difference,
    difference,
    overheadShare: 0.1,
    daemonSetShare: 0,
    freeShare: 0.2,
    blastRadius: 0.3,
    unplacedPods: 0,
  });
  const [own, cheap, dear, far] = [
    point("Standard_D8", 8, 0),
    point("Standard_D4", 4, -40),
    point("Standard_D16", 16, 90),
    point("Standard_D64", 64, 900),
  ] as const;
  const pool: SizedPool = {
    cluster: "weu",
    pool: "user",
    region: "westeurope",
    mode: "User",
    zones: 3,
    declared: { vmSize: own.vmSize, nodes: 3, monthly: 100 },
    askedGiBPerVcpu: 4,
    curve: [own, cheap, dear, far],
    own,
    advised: cheap,
    levers: [],
    unpriced: [],
    notTried: 0,
    reason: undefined,
  };

  it("leaves far dearer sizes to the table, and says so", () => {
    expect(drawnSizes(pool)).toEqual([own, cheap, dear]);
    expect(sizeWords(pool, (amount) => signedMoney(amount, "EUR"))).toBe(
      "4 sizes tried, 1 far dearer in the table only; now 3 × D8; advised 3 × D4, −€40.00 a month",
    );
  });

  it("draws every size where its own has no place", () => {
    expect(drawnSizes({ ...pool, own: undefined, advised: undefined })).toHaveLength(4);
  });
});

describe("money", () => {
  it("has the decimals of its period, and a sign where it is a difference", () => {
    expect(periodMoney("EUR", "month")(1234.5)).toBe("€1,234.50");
    expect(periodMoney("EUR", "hour")(0.0123)).toBe("€0.0123");
    expect([5, -5, 0].map((amount) => signedMoney(amount, "EUR"))).toEqual(["+€5.00", "−€5.00", "–"]);
  });
});

describe("figuresWithin", () => {
  it("finds figures at any depth, the outermost of one id", () => {
    const inner = exactFigure("inner", "inner", "EUR", 1, []);
    const outer = exactFigure("outer", "outer", "EUR", 2, [{ kind: "figure", figure: inner }]);
    const found = figuresWithin({ rows: [{ saved: outer }], total: exactFigure("inner", "top", "EUR", 3, []) });
    expect([...found.keys()].toSorted()).toEqual(["inner", "outer"]);
    expect(found.get("inner")?.label).toBe("top");
  });
});

describe("a folder without any estate document", () => {
  const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web:1, resources: {requests: {cpu: 500m, memory: 512Mi}}}]}
`;
  const texts = { "shop/web.yaml": deployment };
  const estate = loadEstate({ texts: new Map(Object.entries(texts)), roots: ["shop"], diagnostics: [] });
  const ask = (request: BillRequest) => answerBill(estate, texts, "2026-11-22", request);

  it("has every part of the bill, or says what it needs", async () => {
    const allocated = await ask(billRequest("allocation", { ...defaultViewState, billBy: "label:app" }));
    expect(allocated).toMatchObject({ labels: ["app"], report: { by: "label:app" } });
    expect(await ask(billRequest("invoice", defaultViewState))).toMatchObject({ kind: "Bill" });
    expect(await ask(billRequest("commitments", defaultViewState))).toMatchObject({ kind: "CostCommitments" });
    expect(await ask(billRequest("forecast", defaultViewState))).toMatchObject({ kind: "CostForecast" });
    const sizing = await ask(billRequest("sizing", defaultViewState));
    expect(sizing).toMatchObject({ workloads: [{ workload: "shop/Deployment/web", hasLoad: false }] });
    const breakEven = await ask(billRequest("breakEven", defaultViewState));
    expect(breakEven).toMatchObject({ report: { problem: expect.any(String) } });
  });

  it("refuses what is no key and no term in words", async () => {
    const by = await ask(billRequest("allocation", { ...defaultViewState, billBy: "gravity" }));
    expect(by).toMatchObject({ problem: expect.stringContaining("gravity") });
    const within = await ask(billRequest("allocation", { ...defaultViewState, billWithin: "=x" }));
    expect(within).toMatchObject({ problem: expect.stringContaining("=x") });
  });
});
