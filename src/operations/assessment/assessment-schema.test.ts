import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { exactFigure, type Figure } from "../../estate/figures/figure.ts";
import { FigureSchema, figureMatches, type Matches } from "../schemas/figure-schema.ts";
import { AssessmentSchema, assessmentJsonSchema, assessmentMatches } from "./assessment-schema.ts";

const figure: Figure = exactFigure("cost/monthly", "bill", "USD/month", 12.5, [
  { kind: "figure", figure: exactFigure("cost/part", "part", "USD/month", 12.5, [{ kind: "formula", text: "a + b" }]) },
  { kind: "declared", name: "count", value: 3, place: { precision: "exact", source: "a.yaml", line: 1, column: 2 } },
]);

const assessment = {
  apiVersion: "scantling/v1alpha1",
  kind: "Assessment",
  estate: {
    name: "estate",
    sources: ["a.yaml"],
    environments: ["default"],
    regions: [],
    clusters: [],
    tenants: [],
    applications: [],
    counts: { objects: 1, workloads: 0, services: 0, dependencies: 0, unknownKinds: 0 },
    workloads: [],
    dependencies: [],
  },
  headline: { monthlyCost: figure, findings: { critical: 0, high: 0, medium: 0, low: 0, info: 0, notEvaluable: 0 } },
  worst: [],
  sharpen: [],
  structure: { clusters: [], tenants: [], pairs: [] },
  cost: {
    currency: "USD",
    pricesAsOf: "2026-11-01",
    monthly: figure,
    partial: false,
    parts: { tenant: 0, sharedPlatform: 0, systemOverhead: 0, idle: 0, fees: 0, unusedCommitment: 0 },
    lines: [],
    allocation: [],
    unpriced: [],
    assumptions: [],
  },
  availability: { journeys: [], assumptions: [] },
  findings: [],
  verdicts: { "AVL-001": { pass: 1, fail: 0, notEvaluable: 0 } },
  assumptions: [],
  diagnostics: [],
  catalog: { pricesAsOf: "2026-11-01", slasAsOf: "2026-11-01" },
};

describe("the schema of the assessment", () => {
  const validate = new Ajv({ strict: false }).compile(assessmentJsonSchema());

  test("takes a report, with figures inside figures", () => {
    expect(validate(assessment), JSON.stringify(validate.errors)).toBe(true);
    expect(AssessmentSchema.safeParse(assessment).success).toBe(true);
  });

  test.each([
    ["a part is missing", { ...assessment, cost: undefined }],
    ["there is a field that nobody published", { ...assessment, extra: 1 }],
    [
      "a reason deep inside is of no known kind",
      { ...assessment, headline: { ...assessment.headline, monthlyCost: { ...figure, reasons: [{ kind: "guess" }] } } },
    ],
  ])("refuses a report when %s", (_what, report) => {
    expect(validate(JSON.parse(JSON.stringify(report)))).toBe(false);
  });

  test("is compared with the type, field by field", () => {
    const same: Matches<z.ZodObject<{ a: z.ZodNumber }>, { readonly a: number }> = true;
    // @ts-expect-error a field that the type lacks
    const more: Matches<z.ZodObject<{ a: z.ZodNumber; b: z.ZodNumber }>, { readonly a: number }> = true;
    // @ts-expect-error a field that the schema lacks, although it may be left out
    const less: Matches<z.ZodObject<{ a: z.ZodNumber }>, { readonly a: number; readonly b?: string }> = true;
    expect([same, more, less]).toEqual([true, true, true]);
    expect([assessmentMatches, ...figureMatches]).not.toContain(false);
    expect(z.safeParse(FigureSchema, figure).success).toBe(true);
  });
});
