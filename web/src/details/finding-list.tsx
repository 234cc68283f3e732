import { severities } from "../graph/measure-boxes.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./details.module.css";
import { FindingItem } from "./finding-item.tsx";
import { Section } from "./section.tsx";

const shown = 12;

/** Findings on the given subjects, worst first, open ones before those not evaluable. */
export function FindingList({ subjects }: { readonly subjects: readonly string[] }) {
  const { assessment } = useWorkbench();
  const wanted = new Set(subjects);
  const findings = assessment.findings
    .filter((finding) => wanted.has(finding.subject))
    .toSorted(
      (a, b) =>
        Number(a.verdict !== "fail") - Number(b.verdict !== "fail") ||
        severities.indexOf(a.severity) - severities.indexOf(b.severity),
    );
  return (
    <Section title={findings.length === 0 ? "Findings" : `Findings (${findings.length})`}>
      {findings.length === 0 ? <p className={classes.soft}>None.</p> : null}
      <ul className={classes.list}>
        {findings.slice(0, shown).map((finding, index) => (
          <FindingItem key={`${finding.rule} ${finding.subject} ${index}`} finding={finding} />
        ))}
      </ul>
      {findings.length > shown ? (
        <p className={classes.soft}>{findings.length - shown} more in the list of findings.</p>
      ) : null}
    </Section>
  );
}
