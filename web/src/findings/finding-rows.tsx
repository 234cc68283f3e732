import { useState } from "react";
import type { AuditFinding } from "../../../src/audit/report/group-findings.ts";
import { likelyValue } from "../../../src/estate/figures/figure.ts";
import { formatMinutes } from "../../../src/estate/figures/format-figure.ts";
import { wholeMoney } from "../figures/money.ts";
import { plural } from "../graph/plural.ts";
import { severitySymbols } from "../lenses/findings-lens.ts";
import { Sign } from "../symbols/sign.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import { FindingDetail } from "./finding-detail.tsx";
import type { FactedFinding } from "./finding-facts.ts";
import classes from "./finding-rows.module.css";

interface FindingRowsProps {
  readonly findings: readonly FactedFinding[];
  /** The rule stands above them. */
  readonly underRule?: boolean;
}

/** Findings drawn at once. */
const portion = { wide: 50, narrow: 20 } as const;

/** Findings, each unfolded in place to reason, lines, fix. */
export function FindingRows({ findings, underRule = false }: FindingRowsProps) {
  const { view, narrow } = useWorkbench();
  const step = narrow ? portion.narrow : portion.wide;
  const [limit, setLimit] = useState<number>(step);
  const shown = findings.filter(({ finding }, index) => index < limit || finding.fingerprint === view.finding);
  return (
    <ul className={classes.rows}>
      {shown.map((one) => (
        <FindingRow key={one.finding.fingerprint} finding={one.finding} underRule={underRule} />
      ))}
      {findings.length > shown.length ? (
        <li>
          <button type="button" className={classes.more} onClick={() => setLimit(limit + step)}>
            Show {Math.min(step, findings.length - shown.length)} more of {findings.length.toLocaleString("en-US")}
          </button>
        </li>
      ) : null}
    </ul>
  );
}

function FindingRow({ finding, underRule }: { readonly finding: AuditFinding; readonly underRule: boolean }) {
  const { view, change } = useWorkbench();
  const open = view.finding === finding.fingerprint;
  const isFail = finding.verdict === "fail";
  return (
    <li className={classes.row} data-open={open}>
      <button
        type="button"
        className={classes.head}
        aria-expanded={open}
        onClick={() => change({ finding: open ? undefined : finding.fingerprint })}
      >
        <span className={`${classes.symbol} tone-severity-${finding.severity}`} data-fail={isFail}>
          <Sign name={isFail ? severitySymbols[finding.severity] : "question"} />
          <span className="visually-hidden">{isFail ? finding.severity : "not evaluable"}</span>
        </span>
        <span className={classes.message}>
          {finding.message}
          <span className={classes.meta}>
            {underRule && !finding.rule.includes(".") ? null : <code>{finding.rule}</code>}
            <span>{finding.subjectLabel}</span>
            {environmentsOf(finding)}
            <FindingTerms finding={finding} />
            {finding.fix?.changes === undefined ? null : <span className={classes.fixable}>can be fixed for you</span>}
          </span>
        </span>
      </button>
      {open ? <FindingDetail finding={finding} /> : null}
    </li>
  );
}

/** What it costs and how long it lasts, where that is known. */
function FindingTerms({ finding: { monthlyCost, downtimeMinutesPerYear } }: { readonly finding: AuditFinding }) {
  const cost = monthlyCost === undefined ? undefined : likelyValue(monthlyCost);
  const [currency] = monthlyCost?.unit.split("/") ?? [];
  const minutes = downtimeMinutesPerYear === undefined ? undefined : likelyValue(downtimeMinutesPerYear);
  return (
    <>
      {cost === undefined || currency === undefined ? null : <span>{wholeMoney(cost, currency)}/month</span>}
      {minutes === undefined || minutes === 0 ? null : <span>{formatMinutes(minutes)} down a year</span>}
    </>
  );
}

/** Environments, and how many objects, unless it is one. */
function environmentsOf({ occurrences }: AuditFinding) {
  const environments = [...new Set(occurrences.flatMap(({ environment }) => environment ?? []))];
  const count = occurrences.length > 1 ? plural(occurrences.length, "place") : "";
  const words = [environments.join(", "), count].filter((part) => part !== "").join(", ");
  return words === "" ? null : <span>{words}</span>;
}
