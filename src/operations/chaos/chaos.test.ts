import { describe, expect, it } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { document, givenTexts, webService } from "../../estate/testing/given-texts.ts";
import { readObservations } from "./chaos-observations.ts";
import { chaosPlan } from "./chaos-plan.ts";
import { ChaosPlanSchema, ChaosVerificationSchema } from "./chaos-schemas.ts";
import { chaosVerify } from "./chaos-verify.ts";

const journeys = 'journeys: [{name: buy, entryPoint: web, downtimeCostPerMinute: 5, objective: "99%"}]';
const shop = givenTexts({
  "shop.yaml": document("Application", "shop", `\n  manifests: {default: [./m.yaml]}\n  ${journeys}`),
  "m.yaml": webService("web", { type: "LoadBalancer" }),
});
const { plan, files } = chaosPlan(shop, defaultCatalog, { limit: 24 });
const planFile = { file: "plan.json", text: files.get("plan.json") ?? "" };

/** The experiment that kills pods only. */
const killed = plan.experiments.find(({ faults }) => faults.length === 1 && faults[0]?.kind === "pods");

describe("a chaos plan", () => {
  it("is what its schema says", () => {
    expect(ChaosPlanSchema.parse(JSON.parse(planFile.text))).toMatchObject({ kind: "ChaosPlan", estate: plan.estate });
  });

  it("has a manifest for the pods of the shop, and a run-book for the region", () => {
    expect(killed).toMatchObject({ tools: { chaosMesh: true, chaosStudio: true } });
    const manifest = files.get(killed?.files[0] ?? "") ?? "";
    expect(manifest).toContain("action: pod-kill");
    expect(manifest).toContain("abortWithStatusCheck: true");
    expect(plan.drills.map(({ scenario }) => scenario)).toContain("region");
    expect([...files.keys()].toSorted()).toEqual(
      [
        "plan.json",
        ...plan.experiments.flatMap((each) => each.files),
        ...plan.drills.map(({ file }) => file),
      ].toSorted(),
    );
  });

  it("stops at half of what is safely left of the budget", () => {
    for (const { budget, abort } of plan.experiments) {
      if (budget.fits && budget.allowedSeconds !== undefined)
        expect(abort.afterSeconds).toBeLessThanOrEqual(Math.max(10, budget.allowedSeconds));
    }
  });

  it("is bounded, and the same every time", () => {
    const again = chaosPlan(shop, defaultCatalog, { limit: 24 });
    expect(again.files).toEqual(files);
    const short = chaosPlan(shop, defaultCatalog, { limit: 2 }).plan;
    expect(short.experiments.length + short.drills.length).toBe(2);
    expect(short.notPlanned).toBe(short.candidates - 2);
  });

  it("is empty without journeys", () => {
    const bare = givenTexts({ "m.yaml": webService("web") });
    expect(chaosPlan(bare, defaultCatalog, { limit: 24 }).plan).toMatchObject({ experiments: [], drills: [] });
  });
});

describe("verification of a plan", () => {
  it("says what an observation refutes", () => {
    const text = `experiment,journey,downtimeSeconds\n${killed?.id},buy,400\n`;
    const report = chaosVerify(planFile, { file: "seen.csv", text }, 0.25);
    expect(ChaosVerificationSchema.parse(report)).toEqual(report);
    expect(report.observations).toMatchObject([
      { verdict: "worse", refuted: { name: "pod-restart-time", replaceBy: "400s" } },
    ]);
  });

  it("adds up steps by the share of their requests that were bad", () => {
    const text = "experiment,journey,seconds,good,total\na,buy,60,50,100\na,buy,60,0,10\na,buy,60,0,0\n";
    expect(readObservations("seen.csv", text).observations).toEqual([
      { experiment: "a", journey: "buy", downtimeSeconds: 90 },
    ]);
  });

  it.each([
    ["experiment,downtimeSeconds\nnode,-5\n", "no number of seconds"],
    ["experiment,good,total\nnode,9,3\n", "between 0 and total"],
    ["experiment,journey\nnode,buy\n", "neither downtimeSeconds nor good and total"],
    ["journey,downtimeSeconds\nbuy,3\n", "names no experiment"],
    ['{"observations": 3}', "no list"],
    ["{", "no JSON"],
  ])("refuses %j", (text, problem) => {
    const { observations, diagnostics } = readObservations("seen", text);
    expect(observations).toEqual([]);
    expect(diagnostics.map(({ message }) => message).join()).toContain(problem);
  });

  it("refuses what the plan does not have, and what is no plan", () => {
    const text = "experiment,downtimeSeconds\nnobody,3\n";
    const seen = { file: "seen.csv", text };
    expect(chaosVerify(planFile, seen, 0.25).diagnostics.map(({ code }) => code)).toEqual(["EST-844"]);
    for (const broken of ["{", "[]", '{"kind": "ChaosPlan"}'])
      expect(chaosVerify({ file: "p", text: broken }, seen, 0.25).diagnostics.map(({ code }) => code)).toEqual([
        "EST-843",
      ]);
  });
});
