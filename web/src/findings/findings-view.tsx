import { useMemo } from "react";
import type { Audit } from "../../../src/operations/audit/audit-report.ts";
import { plural } from "../graph/plural.ts";
import { Awaited } from "../reports/awaited.tsx";
import { RulePageDialog } from "../rule-pages/rule-page-dialog.tsx";
import { Choice } from "../symbols/choice.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import { EvidenceGaps } from "./evidence-gaps.tsx";
import { type FactedFinding, factFindings } from "./finding-facts.ts";
import { FindingGroups } from "./finding-groups.tsx";
import { FindingRows } from "./finding-rows.tsx";
import classes from "./findings-view.module.css";
import { groupFindings } from "./group-findings.ts";
import { countByState, filterFindings, isInState } from "./select-findings.ts";
import { SeverityBar } from "./severity-bar.tsx";

/** Every thing to fix that the rules found: filtered, grouped, worst first, each with place, reason and fix. */
export function FindingsView() {
  return (
    <Awaited name="audit" what="Judging by every rule">
      {(audit) => <AuditedFindings audit={audit} />}
    </Awaited>
  );
}

function AuditedFindings({ audit }: { readonly audit: Audit }) {
  const { assessment, facts, terms, view } = useWorkbench();
  const all = useMemo(() => factFindings(audit.findings, assessment, facts), [audit, assessment, facts]);
  const meeting = useMemo(() => filterFindings(all, terms), [all, terms]);
  const listed = meeting.filter(({ finding }) => isInState(finding, view.findings));
  // The bar offers what a click would leave: severities that the filter has taken out stay in it.
  const offered = filterFindings(
    all,
    terms.filter(({ key }) => key !== "severity"),
  ).filter(({ finding }) => isInState(finding, view.findings));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the list scrolls, which needs the keyboard.
    <section className={classes.view} aria-label="Findings" tabIndex={0}>
      <SeverityBar findings={offered} />
      <Controls counts={countByState(meeting)} />
      <Lead findings={listed} />
      {listed.length === 0 ? (
        <p className={classes.empty}>
          {terms.length > 0
            ? "No finding meets the filter."
            : view.findings === "open"
              ? "No open finding: every rule that applies is met."
              : "None."}
        </p>
      ) : view.findingsBy === "none" ? (
        <FindingRows findings={listed} />
      ) : (
        <FindingGroups groups={groupFindings(listed, view.findingsBy, audit.rules)} by={view.findingsBy} />
      )}
      {view.findings === "open" || view.findings === "notEvaluable" ? <EvidenceGaps gaps={audit.notEvaluable} /> : null}
      <p className={classes.foot}>
        {audit.summary.rules} rules of profile {audit.profile} over {audit.summary.objects.toLocaleString("en-US")}{" "}
        objects on {audit.day}: {audit.summary.verdicts.pass.toLocaleString("en-US")} verdicts passed,{" "}
        {audit.summary.verdicts.fail.toLocaleString("en-US")} failed,{" "}
        {audit.summary.verdicts.notEvaluable.toLocaleString("en-US")} could not be given.
      </p>
      <RulePageDialog rules={audit.rules} />
    </section>
  );
}

/** One thing to fix may hold in many places: the same file rendered to several environments and clusters. */
function Lead({ findings }: { readonly findings: readonly FactedFinding[] }) {
  const { view } = useWorkbench();
  const places = findings.reduce((sum, { finding }) => sum + finding.occurrences.length, 0);
  if (view.findings !== "open" || findings.length === 0) return null;
  const fixable = findings.filter(({ finding }) => finding.fix?.changes !== undefined).length;
  return (
    <p className={classes.lead}>
      {plural(findings.length, "thing")} to fix, in {plural(places, "place")} after rendering
      {fixable === 0 ? "." : `; ${fixable.toLocaleString("en-US")} can be fixed for you: `}
      {fixable === 0 ? null : <code>scantling audit --fix</code>}
    </p>
  );
}

function Controls({ counts }: { readonly counts: ReturnType<typeof countByState> }) {
  const { view, change, narrow } = useWorkbench();
  const number = (value: number) => value.toLocaleString("en-US");
  return (
    <div className={classes.controls}>
      <Choice
        label="Which findings"
        value={view.findings}
        options={[
          { value: "open", label: `Open ${number(counts.open)}` },
          {
            value: "notEvaluable",
            label: `${narrow ? "Unjudged" : "Not evaluable"} ${number(counts.notEvaluable)}`,
            hint: "Something is missing to judge it",
          },
          {
            value: "silenced",
            label: `Silenced ${number(counts.silenced)}`,
            hint: "Exempted, ignored by an annotation, or known by the baseline",
          },
          { value: "all", label: "All" },
        ]}
        onChange={(findings) => change({ findings, finding: undefined })}
      />
      <Choice
        label="Group by"
        value={view.findingsBy}
        options={[
          { value: "rule", label: "By rule" },
          { value: "object", label: "Object" },
          { value: "tenant", label: "Tenant" },
          { value: "none", label: "Flat" },
        ]}
        onChange={(findingsBy) => change({ findingsBy })}
      />
    </div>
  );
}
