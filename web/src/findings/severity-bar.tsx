import type { FindingSeverity } from "../../../src/audit/finding.ts";
import { toggleTerm } from "../graph/filter.ts";
import { severities } from "../graph/measure-boxes.ts";
import { severitySymbols } from "../lenses/findings-lens.ts";
import { Sign } from "../symbols/sign.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import type { FactedFinding } from "./finding-facts.ts";
import { countBySeverity } from "./select-findings.ts";
import classes from "./severity-bar.module.css";

/** Findings by severity as one bar; a click on a severity filters by it. */
export function SeverityBar({ findings }: { readonly findings: readonly FactedFinding[] }) {
  const counts = countBySeverity(findings);
  const present = severities.filter((severity) => counts[severity] > 0);
  return (
    <div className={classes.box}>
      <div className={classes.bar} aria-hidden="true">
        {present.map((severity) => (
          <span key={severity} className={`tone-severity-${severity}`} style={{ flexGrow: counts[severity] }} />
        ))}
      </div>
      <fieldset className={classes.keys}>
        <legend className="visually-hidden">Filter by severity</legend>
        {present.map((severity) => (
          <SeverityKey key={severity} severity={severity} count={counts[severity]} />
        ))}
      </fieldset>
    </div>
  );
}

function SeverityKey({ severity, count }: { readonly severity: FindingSeverity; readonly count: number }) {
  const { view, change } = useWorkbench();
  const term = `severity:${severity}`;
  return (
    <button
      type="button"
      className={`${classes.key} tone-severity-${severity}`}
      aria-pressed={view.filter.split(/\s+/).includes(term)}
      onClick={() => change({ filter: toggleTerm(view.filter, term) })}
    >
      <span className={classes.symbol}>
        <Sign name={severitySymbols[severity]} />
      </span>
      <strong>{count.toLocaleString("en-US")}</strong> {severity}
    </button>
  );
}
