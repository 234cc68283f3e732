import type { FindingSeverity } from "../../../src/audit/finding.ts";
import { severitySymbols } from "../lenses/findings-lens.ts";
import { Sign } from "../symbols/sign.tsx";
import classes from "./severity-word.module.css";

/** Severity as symbol, word and colour, with a count where there is one. */
export function SeverityWord({ severity, count }: { readonly severity: FindingSeverity; readonly count?: number }) {
  return (
    <span className={classes.severity}>
      <span className={`${classes.symbol} tone-severity-${severity}`}>
        <Sign name={severitySymbols[severity]} />
      </span>
      {count === undefined ? severity : `${count} ${severity}`}
    </span>
  );
}
