import type { Reachability } from "../../../src/operations/tenancy/reachability.ts";
import { Badge } from "../symbols/badge.tsx";
import classes from "./tenancy-view.module.css";

type ZoneRule = Reachability["zones"][number];

/** Which classification is never reached from which: proven, or refuted with the path. */
export function ZoneRules({ rules }: { readonly rules: readonly ZoneRule[] }) {
  if (rules.length === 0) return null;
  return (
    <section className={classes.detail} aria-label="Classifications">
      <h3 className={classes.title}>Classifications kept apart</h3>
      <ul className={classes.layers}>
        {rules.map((rule) => (
          <li key={`${rule.source}/${rule.target}`} className={classes.layer}>
            <div className={classes.layerName}>
              {rule.target} never from {rule.source}
            </div>
            <div className={classes.state}>
              <Badge badge={badgeOf(rule)} />
            </div>
            <div className={classes.because}>{rule.because}</div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function badgeOf({ verdict, because }: ZoneRule): Parameters<typeof Badge>[0]["badge"] {
  switch (verdict) {
    case "proven":
      return { symbol: "check", text: "proven", tone: "good", title: because };
    case "refuted":
      return { symbol: "cross", text: "refuted", tone: "bad", title: because };
    case "notEvaluable":
      return { symbol: "question", text: "not evaluable", tone: "plain", title: because };
  }
}
