import type { StructurePlan } from "../../../src/operations/planning/plan-report.ts";
import { signedMoney } from "../bill/bill-money.ts";
import { plural } from "../graph/plural.ts";
import { Badge } from "../symbols/badge.tsx";
import classes from "./plan-view.module.css";
import { riskBadges, stepWords } from "./plan-words.ts";

/** From what is declared to what is planned, in an order that keeps everything up. */
export function StepsPart({ plan: { steps, currency } }: { readonly plan: StructurePlan }) {
  if (steps.length === 0)
    return <p className={classes.words}>What is declared is what is planned: there is nothing to do.</p>;
  return (
    <section className={classes.part} aria-label="Steps">
      <p className={classes.words}>
        {plural(steps.length, "step")}: first what is new, then workloads move, last what is no longer needed goes.
        Between the first and the last both are paid. <code>scantling plan --write</code> edits the documents.
      </p>
      <ol className={classes.steps}>
        {steps.map(({ order, symbol, subject, what, monthly, risk, caution }) => (
          <li key={order}>
            <code className={classes.symbol} data-symbol={symbol} title={stepWords[symbol]}>
              {symbol}
            </code>
            <span className={classes.what}>
              <b>{subject}</b> {what}
            </span>
            <span className={classes.amount}>
              {monthly === undefined ? "cost not known" : monthly === 0 ? "no cost" : signedMoney(monthly, currency)}
            </span>
            <Badge badge={riskBadges[risk]} />
            {caution === "" ? null : <span className={classes.because}>{caution}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
