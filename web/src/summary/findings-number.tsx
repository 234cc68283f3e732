import { severities } from "../graph/measure-boxes.ts";
import { severitySymbols } from "../lenses/findings-lens.ts";
import { Sign } from "../symbols/sign.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import { BigNumber } from "./big-number.tsx";
import classes from "./summary.module.css";

/** Open findings by severity. */
export function FindingsNumber() {
  const { assessment, change } = useWorkbench();
  const { findings } = assessment.headline;
  const total = severities.reduce((sum, severity) => sum + findings[severity], 0);
  const present = severities.filter((severity) => findings[severity] > 0);
  return (
    <BigNumber
      label="Open findings"
      value={total.toLocaleString("en-US")}
      {...(findings.notEvaluable === 0
        ? {}
        : { unit: `and ${findings.notEvaluable.toLocaleString("en-US")} not evaluable` })}
      note={
        <span className={classes.severities}>
          {present.length === 0 ? "every rule that applies is met" : null}
          {present.map((severity) => (
            <span key={severity} className={`${classes.severity} tone-severity-${severity}`}>
              <Sign name={severitySymbols[severity]} />
              <span className={classes.severityText}>
                {findings[severity].toLocaleString("en-US")} {severity}
              </span>
            </span>
          ))}
        </span>
      }
      hint="Show the list of findings"
      onClick={() => change({ view: "list", table: "findings" })}
    />
  );
}
