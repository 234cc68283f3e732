import type { Finding } from "../../../src/audit/finding.ts";
import { exemptionInWords } from "../../../src/audit/report/exemption-words.ts";
import { likelyValue } from "../../../src/estate/figures/figure.ts";
import { formatMinutes } from "../../../src/estate/figures/format-figure.ts";
import { wholeMoney } from "../figures/money.ts";
import { severitySymbols } from "../lenses/findings-lens.ts";
import { PlaceLink } from "../places/place-link.tsx";
import { Sign } from "../symbols/sign.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./finding-item.module.css";

/** One finding: severity, sentence with its numbers, price, place, fix. */
export function FindingItem({ finding }: { readonly finding: Finding }) {
  return (
    <li className={classes.finding}>
      <FindingHead finding={finding} />
      <p className={classes.message}>{finding.message}</p>
      <FindingPrice finding={finding} />
      <PlaceLink place={finding.place} />
      {finding.fix === undefined ? null : <FindingFix fix={finding.fix} />}
    </li>
  );
}

function FindingHead({ finding }: { readonly finding: Finding }) {
  const isOpen = finding.verdict === "fail";
  return (
    <p className={classes.head}>
      <span className={`${classes.severity} tone-severity-${finding.severity}`} data-open={isOpen}>
        <Sign name={isOpen ? severitySymbols[finding.severity] : "question"} />
        {isOpen ? finding.severity : "not evaluable"}
      </span>
      <code className={classes.rule}>{finding.rule}</code>
      {finding.missing === undefined ? null : <span className={classes.missing}>{finding.missing.join(", ")}</span>}
      {finding.exemptedBy === undefined ? null : (
        <span className={classes.missing} title={finding.exemptedBy.reason}>
          {exemptionInWords(finding.exemptedBy)}
          {finding.exemptedBy.owner === undefined ? "" : `, ${finding.exemptedBy.owner}`}
        </span>
      )}
    </p>
  );
}

function FindingPrice({ finding }: { readonly finding: Finding }) {
  const { assessment } = useWorkbench();
  const cost = finding.monthlyCost && likelyValue(finding.monthlyCost);
  const minutes = finding.downtimeMinutesPerYear && likelyValue(finding.downtimeMinutesPerYear);
  const parts = [
    cost === undefined ? "" : `${wholeMoney(cost, assessment.cost.currency)}/month`,
    minutes === undefined ? "" : `${formatMinutes(minutes)} down a year`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? null : <p className={classes.price}>{parts.join(" · ")}</p>;
}

function FindingFix({ fix }: { readonly fix: NonNullable<Finding["fix"]> }) {
  return (
    <details className={classes.fix}>
      <summary>{fix.description}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, which needs the keyboard. */}
      {fix.patch === undefined ? null : <pre tabIndex={0}>{fix.patch}</pre>}
    </details>
  );
}
