import type { EvidenceGap } from "../../../src/audit/report/evidence-gaps.ts";
import { plural } from "../graph/plural.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./evidence-gaps.module.css";

/** What would let more be judged, what most rules wait for first. */
export function EvidenceGaps({ gaps }: { readonly gaps: readonly EvidenceGap[] }) {
  const { change } = useWorkbench();
  if (gaps.length === 0) return null;
  return (
    <section className={classes.gaps} aria-labelledby="evidence-gaps">
      <h3 id="evidence-gaps" className={classes.title}>
        What would let more be judged
      </h3>
      <ul className={classes.list}>
        {gaps.map(({ missing, supply, rules, verdicts, example }) => (
          <li key={missing}>
            <strong>{supply.slice(0, 1).toUpperCase() + supply.slice(1)}.</strong>
            <span className={classes.waiting}>
              {plural(verdicts, "verdict")} of{" "}
              {rules.map((rule, index) => (
                <span key={rule}>
                  {index === 0 ? "" : ", "}
                  <button type="button" className={classes.rule} onClick={() => change({ rule })}>
                    {rule}
                  </button>
                </span>
              ))}{" "}
              <code>{missing}</code>
            </span>
            <span className={classes.example}>For example: {example}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
