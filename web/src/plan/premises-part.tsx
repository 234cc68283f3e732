import type { StructurePlan } from "../../../src/operations/planning/plan-report.ts";
import { signedMoney } from "../bill/bill-money.ts";
import classes from "./plan-view.module.css";

const named = 3;

function shortened(changes: readonly string[]): string {
  const rest = changes.length - named;
  return `${changes.slice(0, named).join("; ")}${rest > 0 ? `; and ${rest} more` : ""}`;
}

/** What the plan would be under other premises. */
export function PremisesPart({ plan: { sensitivity, currency, assumptions } }: { readonly plan: StructurePlan }) {
  const widest = Math.max(1, ...sensitivity.map(({ difference }) => Math.abs(difference)));
  return (
    <>
      <section className={classes.part} aria-label="What moves it">
        <p className={classes.words}>
          The plan made again under another premise: nodes and tiers a month against the recommended, as packed.
        </p>
        <ul className={classes.premises}>
          {sensitivity.map(({ premise, difference, nodes, changes }) => (
            <li key={premise}>
              <span className={classes.what}>{premise}</span>
              <span className={classes.swing} aria-hidden="true">
                <span
                  data-sign={difference < 0 ? "less" : "more"}
                  style={{ width: `${(50 * Math.abs(difference)) / widest}%` }}
                />
              </span>
              <span className={classes.amount}>
                {difference === 0 ? "no change" : signedMoney(difference, currency)}
              </span>
              <span className={classes.amount}>
                {nodes === 0 ? "as many nodes" : `${nodes > 0 ? "+" : "−"}${Math.abs(nodes)} nodes`}
              </span>
              {changes.length === 0 ? null : <span className={classes.because}>{shortened(changes)}</span>}
            </li>
          ))}
        </ul>
        {sensitivity.length === 0 ? <p className={classes.words}>Other premises were not compared.</p> : null}
      </section>
      {assumptions.length === 0 ? null : (
        <details className={classes.assumptions}>
          <summary>{assumptions.length} assumptions that the plan stands on</summary>
          <ul>
            {assumptions.map(({ id, subject, text }) => (
              <li key={`${id} ${subject}`}>
                <code>{id}</code> {subject}: {text}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
