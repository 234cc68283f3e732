import { describe, expect, it } from "vitest";
import { openTexts } from "../assessing/assess-texts.ts";
import { filterFacts, parseFilter } from "../graph/filter.ts";
import { severities } from "../graph/measure-boxes.ts";
import { sampleManifests } from "../intake/sample-manifests.ts";
import { findingGroupings } from "../view-state/view-state.ts";
import { factFindings } from "./finding-facts.ts";
import { groupFindings } from "./group-findings.ts";
import { countBySeverity, countByState, filterFindings, isInState } from "./select-findings.ts";

describe("findings of the sample", () => {
  const opened = openTexts({ "pasted.yaml": sampleManifests }, "2026-11-22");
  const assessment = opened.assessment();
  const audit = opened.reports.audit();
  const all = factFindings(audit.findings, assessment, filterFacts(assessment));
  const found = (text: string) => filterFindings(all, parseFilter(text));

  it("knows where each finding holds", () => {
    expect(all).toHaveLength(audit.findings.length);
    const web = all.find(({ finding }) => finding.subject.endsWith("Deployment/web"));
    expect(web?.facts).toMatchObject({ namespace: ["bookshop"], kind: ["Deployment"], name: ["web"] });
  });

  it("filters by rule, severity and words of the message", () => {
    const rule = all[0]?.facts.rule[0] ?? "";
    expect(found(`rule:${rule}`).every(({ finding }) => finding.rule.startsWith(rule))).toBe(true);
    expect(found("severity:high").length + found("-severity:high").length).toBe(all.length);
    const word = all[0]?.finding.message.split(" ").find((one) => one.length > 5) ?? "";
    expect(found(word)).toContain(all[0]);
    expect(found("nothingiscalledthis")).toEqual([]);
  });

  it("puts every finding in one state", () => {
    const counts = countByState(all);
    expect(counts.open + counts.notEvaluable + counts.silenced).toBe(counts.all);
    expect(counts.all).toBe(all.length);
    expect(counts.open).toBe(severities.reduce((sum, severity) => sum + audit.summary.open[severity], 0));
  });

  it("groups without losing one, the worst group first", () => {
    const open = all.filter(({ finding }) => isInState(finding, "open"));
    for (const by of findingGroupings) {
      if (by === "none") continue;
      const groups = groupFindings(open, by, audit.rules);
      expect(groups.flatMap(({ findings }) => findings)).toHaveLength(open.length);
      const worst = severities.find((severity) => countBySeverity(open)[severity] > 0) ?? "info";
      expect(groups[0]?.counts[worst]).toBeGreaterThan(0);
    }
    expect(groupFindings(open, "rule", audit.rules)[0]?.detail).not.toBe("");
  });
});
